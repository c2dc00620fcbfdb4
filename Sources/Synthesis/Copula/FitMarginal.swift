import Glibc
import Tables

/// What a column's values say of how they are distributed.
struct MarginalFit {
  let marginal: Marginal

  /// Fewer rows of a text would be somebody's own.
  static let leastCount = 5
  /// As many different numbers at most are kept with their shares.
  private static let mostLevels = 64
  private static let mostKnots = 256
  /// How large a share of a text column's cells has to be of texts that enough rows have.
  private static let repeated = 0.8

  private init(_ marginal: Marginal) { self.marginal = marginal }

  /// Of a column's cells at `rows`, of which at least one holds a value; nil for vectors. Of a guarded column no value is kept as it is but
  /// true and false. `order` gives texts their places among each other.
  init?(_ column: Column, at rows: [Int], isGuarded: Bool, order: (Int) -> Double) {
    let rows = rows.filter(column.isValid)
    guard !rows.isEmpty else { return nil }
    switch column {
    case .vector: return nil
    case .bool: self.init(Self.levels(column, rows))
    case .text(let cells): self.init(texts: cells, rows, isGuarded: isGuarded, order: order)
    case .int, .float, .date, .datetime: self.init(numbers: column, rows, isGuarded: isGuarded)
    }
  }

  // MARK: Numbers

  private init?(numbers column: Column, _ rows: [Int], isGuarded: Bool) {
    let numbers = rows.compactMap(column.number).filter(\.isFinite)
    if numbers.isEmpty { return nil }
    if case .int = column, !isGuarded, let sequence = Self.sequence(numbers) {
      self.init(sequence)
    } else {
      let sorted = numbers.sorted()
      if !isGuarded, let levels = Self.levels(sorted, column) {
        self.init(levels)
      } else {
        self.init(.quantiles(Quantiles(knots: Self.knots(sorted), grain: Self.grain(sorted, column))))
      }
    }
  }

  /// Numbers that rise by the same step from row to row count the rows.
  private static func sequence(_ numbers: [Double]) -> Marginal? {
    guard numbers.count >= 20, let first = numbers.first, let start = Int64(exactly: first) else { return nil }
    let step = numbers[1] - first
    guard let whole = Int64(exactly: step), whole > 0 else { return nil }
    for place in 1..<numbers.count where numbers[place] - numbers[place - 1] != step { return nil }
    return .sequence(first: start, step: whole)
  }

  /// Few different values, each of which enough rows have.
  private static func levels(_ sorted: [Double], _ column: Column) -> Marginal? {
    var values: [Double] = []
    var counts: [Double] = []
    for value in sorted {
      if values.last == value {
        counts[counts.count - 1] += 1
      } else {
        if values.count == mostLevels { return nil }
        values.append(value)
        counts.append(1)
      }
    }
    guard counts.allSatisfy({ $0 >= Double(leastCount) }) else { return nil }
    return .levels(Levels(values.map { column.type.cell($0) }, shares: counts))
  }

  /// Means of at least five neighbours around evenly spaced places, so that none is somebody's own value unless several rows have it.
  private static func knots(_ sorted: [Double]) -> [Double] {
    let count = min(mostKnots, max(2, sorted.count / leastCount))
    let width = min(sorted.count, max(leastCount, sorted.count / (count * 4)))
    return (0..<count).map { place in
      let middle = Double(place) / Double(count - 1) * Double(sorted.count - 1)
      let first = min(max(0, Int(middle.rounded()) - width / 2), sorted.count - width)
      let sum = sorted[first..<first + width].reduce(0) { $0 + ($1 - sorted[first]) }
      return sorted[first] + sum / Double(width)
    }
  }

  private static func grain(_ sorted: [Double], _ column: Column) -> Quantiles.Grain {
    switch column {
    case .int: .multiple(unit(sorted, of: [1000, 500, 100, 50, 25, 10, 5]))
    case .date: .multiple(1)
    // A day, an hour, a minute, a second, a millisecond.
    case .datetime: .multiple(unit(sorted, of: [86_400_000_000, 3_600_000_000, 60_000_000, 1_000_000, 1000]))
    case .float: decimals(sorted)
    case .bool, .text, .vector: .free
    }
  }

  /// The first of some units that all numbers are whole multiples of.
  private static func unit(_ sorted: [Double], of units: [Int64]) -> Int64 {
    units.first { unit in sorted.allSatisfy { $0.remainder(dividingBy: Double(unit)) == 0 } } ?? 1
  }

  private static func decimals(_ sorted: [Double]) -> Quantiles.Grain {
    let most = max(abs(sorted[0]), abs(sorted[sorted.count - 1]))
    for digits in 0...Quantiles.Grain.mostDecimals {
      let grain = Quantiles.Grain.decimals(digits)
      if most * pow(10, Double(digits)) > 1e15 { return .free }
      if sorted.allSatisfy({ grain.rounded($0) == $0 }) { return grain }
    }
    return .free
  }

  // MARK: Few values

  private static func levels(_ column: Column, _ rows: [Int]) -> Marginal {
    let truths = rows.count { column[$0] == .bool(true) }
    if truths == 0 || truths == rows.count { return .levels(Levels([.bool(truths > 0)], shares: [1])) }
    return .levels(Levels([.bool(false), .bool(true)], shares: [Double(rows.count - truths), Double(truths)]))
  }

  private init(texts: TextCells, _ rows: [Int], isGuarded: Bool, order: (Int) -> Double) {
    var found: [TextBytes: (first: Int, count: Int, sum: Double)] = [:]
    for row in rows {
      guard let text = texts[row] else { continue }
      let before = found[TextBytes(text)] ?? (row, 0, 0)
      found[TextBytes(text)] = (before.first, before.count + 1, before.sum + order(row))
    }
    let common = found.values.filter { $0.count >= Self.leastCount }
    let covered = common.reduce(0) { $0 + $1.count }
    guard !isGuarded, !common.isEmpty, Double(covered) >= Self.repeated * Double(rows.count) else {
      self.init(.form(TextForm(rows.compactMap { texts[$0] }, keepsCommon: !isGuarded)))
      return
    }
    let ordered = common.sorted { left, right in
      let (a, b) = (left.sum / Double(left.count), right.sum / Double(right.count))
      return a == b ? left.first < right.first : a < b
    }
    self.init(.levels(Levels(ordered.map { .text(texts[$0.first] ?? "") }, shares: ordered.map { Double($0.count) })))
  }
}

extension Column {
  /// The cell as a number, of numbers, dates and moments; nil where it is missing.
  func number(_ row: Int) -> Double? {
    guard isValid(row) else { return nil }
    switch self {
    case .int(let cells), .datetime(let cells): return Double(cells.values[row])
    case .float(let cells): return cells.values[row]
    case .date(let cells): return Double(cells.values[row])
    case .bool, .text, .vector: return nil
    }
  }
}

extension ColumnType {
  /// A number as a cell of the type; missing where it has no such value.
  func cell(_ number: Double) -> Cell {
    switch self {
    case .int: Int64(exactly: number.rounded()).map(Cell.int) ?? .missing
    case .float: .float(number)
    case .date: Int32(exactly: number.rounded()).map(Cell.date) ?? .missing
    case .datetime: Int64(exactly: number.rounded()).map(Cell.datetime) ?? .missing
    case .bool, .text, .vector: .missing
    }
  }
}

extension Cell {
  /// The value as a number, of numbers, dates and moments.
  var place: Double? {
    switch self {
    case .int(let value), .datetime(let value): Double(value)
    case .float(let value): value
    case .date(let value): Double(value)
    case .missing, .bool, .text, .vector: nil
    }
  }
}
