import Kernels
import Tables

/// The different values of a column that comes chunk by chunk, each with a place, in the order in which they are met.
struct ValuePlaces {
  /// Of a column that tells groups apart; far fewer are drawn.
  static let mostGroups = 100

  /// Of so many values the places are kept; rows with others are counted.
  let most: Int
  private(set) var values: [Cell] = []
  private(set) var rows: [Int] = []
  private(set) var rowsBeyond = 0
  private var places: [Cell: Int] = [:]

  init(most: Int = 10_000) { self.most = most }

  /// The place of each row's value, a missing cell's among them; −1 for a value too many. O(rows + values log values).
  mutating func places(of column: Column) -> [Int] {
    let codes = CategoryCodes(column)
    let known = (0..<codes.count).map { place(codes.values[$0], codes.counts[$0]) }
    let missing = column.missingCount > 0 ? place(.missing, column.missingCount) : -1
    return codes.codes.map { $0 < 0 ? missing : known[Int($0)] }
  }

  private mutating func place(_ value: Cell, _ count: Int) -> Int {
    if let place = places[value] {
      rows[place] += count
      return place
    }
    guard values.count < most else {
      rowsBeyond += count
      return -1
    }
    places[value] = values.count
    values.append(value)
    rows.append(count)
    return values.count - 1
  }

  /// Places as they are shown: texts from the most frequent one, all else in rising order, missing last.
  var order: [Int] {
    func isBefore(_ left: Int, _ right: Int) -> Bool {
      switch (values[left], values[right]) {
      case (.missing, .missing): left < right
      case (.missing, _): false
      case (_, .missing): true
      case (.text, .text): rows[left] == rows[right] ? left < right : rows[left] > rows[right]
      case (let a, let b): (a.place ?? 0, left) < (b.place ?? 0, right)
      }
    }
    return values.indices.sorted(by: isBefore)
  }
}

extension Cell {
  /// Where on an axis it stands: a number, a date in days, a moment in microseconds, false and true as 0 and 1; nil for all else.
  var place: Double? {
    switch self {
    case .int(let value), .datetime(let value): Double(value)
    case .float(let value): value.isFinite ? value : nil
    case .date(let days): Double(days)
    case .bool(let value): value ? 1 : 0
    case .missing, .text, .vector: nil
    }
  }

  /// The value at a place of an axis of that type, from the first whole one on.
  static func at(_ place: Double, _ type: ColumnType) -> Cell {
    switch type {
    case .date: Int32(exactly: place.rounded(.up)).map(Cell.date) ?? .missing
    case .datetime: Int64(exactly: place.rounded(.up)).map(Cell.datetime) ?? .missing
    case .bool, .int, .float, .text, .vector: .float(place)
    }
  }
}

/// Rows drawn evenly by their numbers, the same ones however the rows are cut into chunks: of more than `most`, between a half of
/// that and all of it.
struct ThinnedRows<Value> {
  let most: Int
  private(set) var values: [Value] = []
  private var rarities: [Int] = []
  private var least = 0
  private let random = CounterRandom(seed: 0)

  init(most: Int) { self.most = most }

  var isThinned: Bool { least > 0 }

  mutating func add(_ value: Value, row: Int) {
    let rarity = random.bits(at: UInt64(row)).leadingZeroBitCount
    guard rarity >= least else { return }
    values.append(value)
    rarities.append(rarity)
    while values.count > most {
      least += 1
      let kept = rarities.indices.filter { rarities[$0] >= least }
      values = kept.map { values[$0] }
      rarities = kept.map { rarities[$0] }
    }
  }
}
