import Notation
import Tables

/// What cells such as `3/4/2026` tell of the order of day, month and year.
struct DateSample: Sendable {
  /// The orders in which every cell is a day of the calendar.
  private(set) var orders = DateOrder.allCases
  /// Whether a cell does not have its year of four digits in front.
  private(set) var needsOrder = false
  private(set) var hasShortYears = false
  private(set) var hasTimes = false
  /// How many cells are dates of numbers.
  private var count = 0
  /// The first of them, and the first that only one order reads.
  private(set) var example: String?
  private(set) var proof: String?

  /// Whether all cells are dates, some of them of numbers in an order to be told.
  var isOfDates: Bool { count > 0 && !orders.isEmpty }

  /// The order that the cells leave no doubt about. A year of two digits does.
  var order: DateOrder? {
    if !isOfDates || hasShortYears { return nil }
    return needsOrder ? (orders.count == 1 ? orders[0] : nil) : .ymd
  }

  mutating func add(_ cell: SampleCell) {
    if orders.isEmpty { return }
    if cell.shape.contains(.datetime) { hasTimes = true }
    if !cell.shape.isEmpty, cell.shape.isSubset(of: [.date, .datetime]) { return }
    guard cell.shape == .text, let date = cell.numberedDate else {
      orders = []
      return
    }
    let fitting = DateOrder.allCases.filter { date.moment($0) != nil }
    orders.removeAll { !fitting.contains($0) }
    count += 1
    needsOrder = needsOrder || !date.startsWithYear
    hasShortYears = hasShortYears || date.hasShortYear
    hasTimes = hasTimes || date.hasTime
    example = example ?? cell.trimmed
    if fitting.count == 1, !date.hasShortYear { proof = proof ?? cell.trimmed }
  }

  /// Takes up the cells of the same column in another text.
  mutating func add(_ other: DateSample) {
    orders.removeAll { !other.orders.contains($0) }
    count += other.count
    needsOrder = needsOrder || other.needsOrder
    hasShortYears = hasShortYears || other.hasShortYears
    hasTimes = hasTimes || other.hasTimes
    example = example ?? other.example
    proof = proof ?? other.proof
  }
}

extension SampleCell {
  /// The cell as a date of numbers.
  var numberedDate: NumberedDate? {
    guard bytes.first.map({ $0 &- 0x30 <= 9 || $0 == 0x20 || $0 == 0x09 }) ?? false else { return nil }
    return bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return nil }
      let (start, end) = CellShape.trimmed(base, 0, buffer.count)
      return NumberedDate(base, start, end)
    }
  }
}

/// Settles which columns hold dates of numbers, and in which order these are written.
enum DateFinding {
  /// Gives columns of such dates their order and, unless it is fixed, their type; says what was found and what is in doubt. `stated`
  /// is the order that the options state: it is then the only one.
  static func settle(
    _ columns: inout [Survey.SurveyedColumn], stated: DateOrder?, isFixed: (Survey.SurveyedColumn) -> Bool
  ) -> [String] {
    let places = columns.indices.filter { columns[$0].dates.isOfDates && mayBeDate(columns[$0], isFixed) }
    // Cells further down may be such dates where the sample has none.
    for place in Set(columns.indices).subtracting(places) {
      let type = columns[place].type
      columns[place].dateOrder = type == nil || type == .date || type == .datetime ? stated : nil
    }
    let proven = places.filter { columns[$0].dates.needsOrder && columns[$0].dates.order != nil }
    let known = Set(proven.compactMap { columns[$0].dates.order })
    let usual = known.count == 1 ? known.first : nil
    var notes: [String] = []
    for place in places {
      let column = columns[place]
      let own = stated == nil ? column.dates.order : nil
      let other = stated ?? (column.dates.hasShortYears ? nil : usual)
      let order = own ?? other.flatMap { column.dates.orders.contains($0) || !column.dates.needsOrder ? $0 : nil }
      columns[place].dateOrder = order
      if order != nil, !isFixed(column) { columns[place].type = column.dates.hasTimes ? .datetime : .date }
      if stated != nil || !column.dates.needsOrder { continue }
      if let order {
        notes.append(found(column, order, source: own == nil ? proven.first.map { columns[$0].name } : nil))
      } else if !isFixed(column) {
        notes.append(doubt(column))
      }
    }
    return notes
  }

  private static func mayBeDate(
    _ column: Survey.SurveyedColumn, _ isFixed: (Survey.SurveyedColumn) -> Bool
  ) -> Bool {
    if isFixed(column) { return column.type == .date || column.type == .datetime }
    return !column.isOpenToAll && (column.type == .text || column.dateOrder != nil)
  }

  private static func found(_ column: Survey.SurveyedColumn, _ order: DateOrder, source: String?) -> String {
    let reason = source.map { "as column '\($0)' is" } ?? "as '\(column.dates.proof ?? "")' shows"
    let text = ScriptText.code("types: {\(ScriptText.key(column.name)): text}")
    return
      "column '\(column.name)' is read \(words(order)), \(reason); `dates: \(order.rawValue)` says so, \(text) keeps the text"
  }

  private static func doubt(_ column: Survey.SurveyedColumn) -> String {
    let options = column.dates.orders.map { "`dates: \($0.rawValue)`" }.joined(separator: " or ")
    let orders = column.dates.orders.map(words).joined(separator: " or ")
    let reason = column.dates.hasShortYears ? "has a year of two digits" : "may be \(orders)"
    return "column '\(column.name)' is text: '\(column.dates.example ?? "")' \(reason); \(options) reads it as a date"
  }

  private static func words(_ order: DateOrder) -> String {
    switch order {
    case .dmy: "day first"
    case .mdy: "month first"
    case .ymd: "year first"
    }
  }
}
