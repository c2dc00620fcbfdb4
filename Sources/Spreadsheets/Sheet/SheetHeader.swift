import Formats
import Notation
import Tables

/// Which of a sheet's first rows names the columns.
struct SheetHeader {
  /// Rows above the header that are passed over without being told, at most.
  private static let most = 20

  /// The row that names the columns; nil where none does.
  private(set) var row: SheetRow?
  /// The number of the first row of data may not be less.
  private(set) var firstRow = 1
  private(set) var notes: [String] = []

  /// `head` are the first rows that hold something.
  init(_ head: [SheetRow], _ options: SheetOptions, _ strings: SharedStrings) {
    guard let first = head.first else { return }
    firstRow = first.number
    if options.header == false { return }
    let isNamed = first.cells.contains { cell in
      (cell.value?.written(strings)).map { options.named.contains(String(decoding: $0, as: UTF8.self)) } ?? false
    }
    let above = options.skip == nil && !isNamed ? Self.rowsAbove(head, strings) : 0
    let top = head[above]
    if above > 0 { notes.append(Self.note(on: top.number - 1)) }
    firstRow = top.number
    let rest = Array(head[(above + 1)...])
    guard above > 0 || isNamed || options.header == true || options.units || isHeader(top, rest) else { return }
    row = top
    firstRow = top.number + 1
    if above == 0, options.skip == nil, let note = Self.noteOnWidth(top, rest) { notes.append(note) }
  }

  private static func note(on last: Int) -> String {
    let which = last == 1 ? "row 1 stands above the table and is" : "rows 1 to \(last) stand above the table and are"
    return "\(which) passed over; `skip: \(last)` says so, `skip: 0` begins with the first"
  }

  /// How many of the first rows are titles and remarks: where the row below them holds a text for each column, some column is of another
  /// type below that, and none of them could be a row of the table. 0 where that is not certain.
  private static func rowsAbove(_ head: [SheetRow], _ strings: SharedStrings) -> Int {
    for (place, row) in head.prefix(most + 1).enumerated() where place > 0 {
      let rest = head[(place + 1)...]
      guard !rest.isEmpty else { return 0 }
      let columns = Set(rest.flatMap { $0.cells.map(\.column) })
      let remarks = head[..<place]
      guard remarks.allSatisfy({ $0.cells.count <= 2 }) else { return 0 }
      let names = row.cells.compactMap { $0.value?.kind == .text ? $0.value?.written(strings) : nil }
      guard remarks.allSatisfy({ $0.cells.count < row.cells.count }), row.cells.count > 1,
        names.count == row.cells.count, Set(names).count == names.count,
        columns.isSubset(of: row.cells.map(\.column))
      else { continue }
      return kinds(rest).values.contains { !$0.isEmpty && !$0.contains(.text) } ? place : 0
    }
    return 0
  }

  /// What the cells of each column are.
  private static func kinds(_ rows: some Collection<SheetRow>) -> [Int: CellKinds] {
    rows.reduce(into: [:]) { kinds, row in
      for cell in row.cells {
        if let kind = cell.value?.kind { kinds[cell.column, default: []].insert(kind) }
      }
    }
  }

  /// As of other texts: a row of words is a header unless it looks like the rows below, and one with a number is not.
  private mutating func isHeader(_ first: SheetRow, _ rest: [SheetRow]) -> Bool {
    var looksLikeData = false
    let below = Self.kinds(rest)
    for cell in first.cells {
      guard let kind = cell.value?.kind else { continue }
      let kinds = below[cell.column] ?? []
      if kinds.isEmpty || kinds.contains(.text) {
        if kinds.isEmpty, kind != .text { looksLikeData = true }
      } else if kind == .text {
        return true
      } else {
        looksLikeData = true
      }
    }
    if looksLikeData { notes.append("the first row reads as data, so there is no header; `header: true` makes it one") }
    return !looksLikeData
  }

  /// Says where the header names few of the columns that the rows below have: it is most likely a title.
  private static func noteOnWidth(_ header: SheetRow, _ rest: [SheetRow]) -> String? {
    guard let wide = rest.first(where: { $0.cells.count >= 2 * header.cells.count + 1 }), wide.number > 1 else {
      return nil
    }
    let columns = Set(rest.flatMap { $0.cells.map(\.column) }).count
    return
      "row \(header.number) names \(header.cells.count) of \(columns) columns; `skip: \(wide.number - 1)` begins with row \(wide.number)"
  }
}
