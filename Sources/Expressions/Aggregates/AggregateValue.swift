import Tables

extension Aggregate {
  /// The statistic of whole columns: one per argument, of `rowCount` cells each (none for `count()`); `part` is quantile's q.
  ///
  /// Missing where there is nothing to give: no value, an overflow, a variance of one.
  public func value(_ columns: [Column], part: Double? = nil, rowCount: Int) -> Cell {
    computed(columns, part: part, .all(rowCount)) ?? .missing
  }

  /// The same, nil where there are values and the statistic is past what its type holds.
  func computed(_ columns: [Column], part: Double?, rowCount: Int) -> Cell? {
    computed(columns, part: part, .all(rowCount))
  }

  private func computed(_ columns: [Column], part: Double?, _ rows: StatisticRows) -> Cell? {
    guard let first = columns.first else { return self == .count ? .int(Int64(rows.count)) : .missing }
    switch self {
    case .count, .countMissing:
      var missing: Int64 = 0
      rows.forEach { if !first.isValid($0) { missing += 1 } }
      return .int(self == .count ? Int64(rows.count) - missing : missing)
    case .sum: return Self.sum(first, rows)
    case .mean: return Self.mean(first, rows)
    case .var: return Self.cell(first.numbers(rows), least: 2, Statistics.variance)
    case .sd: return Self.cell(first.numbers(rows), least: 2, Statistics.deviation)
    case .median: return Self.cell(first.numbers(rows), least: 1) { Statistics.quantile($0, 0.5) }
    case .quantile:
      guard let part else { return .missing }
      return Self.cell(first.numbers(rows), least: 1) { Statistics.quantile($0, part) }
    case .correlation: return Self.correlation(columns, rows)
    case .first, .last: return Self.end(first, rows, isLast: self == .last)
    case .any: return .bool(first.wholes(rows)?.contains(1) ?? false)
    case .all: return .bool(!(first.wholes(rows)?.contains(0) ?? false))
    case .min, .max, .mode, .countDistinct: return ordered(first, rows)
    }
  }

  private static func cell(_ number: Double?) -> Cell {
    number.flatMap { $0.isFinite ? .float($0) : nil } ?? .missing
  }

  /// A statistic of at least so many numbers: missing for fewer, nil where it is not finite.
  private static func cell(_ numbers: [Double], least: Int, _ statistic: ([Double]) -> Double?) -> Cell? {
    if numbers.count < least { return .missing }
    return statistic(numbers).flatMap { $0.isFinite ? .float($0) : nil }
  }

  private static func sum(_ column: Column, _ rows: StatisticRows) -> Cell? {
    guard let wholes = column.wholes(rows) else { return cell(column.numbers(rows), least: 1, Statistics.sum) }
    return wholes.isEmpty ? .missing : Int64(exactly: Statistics.total(wholes)).map(Cell.int)
  }

  private static func mean(_ column: Column, _ rows: StatisticRows) -> Cell? {
    guard let wholes = column.wholes(rows) else { return cell(column.numbers(rows), least: 1, Statistics.mean) }
    return wholes.isEmpty ? .missing : .float(Statistics.mean(ofTotal: Statistics.total(wholes), count: wholes.count))
  }

  private static func correlation(_ columns: [Column], _ rows: StatisticRows) -> Cell {
    guard columns.count == 2 else { return .missing }
    var both: [Int] = []
    rows.forEach { if columns[0].isValid($0), columns[1].isValid($0) { both.append($0) } }
    let pairs = StatisticRows.some(both[...])
    return cell(Statistics.correlation(columns[0].numbers(pairs), columns[1].numbers(pairs)))
  }

  private static func end(_ column: Column, _ rows: StatisticRows, isLast: Bool) -> Cell {
    var found: Int?
    rows.forEach { if isLast || found == nil, column.isValid($0) { found = $0 } }
    return found.map { column[$0] } ?? .missing
  }

  // MARK: Least, greatest, most frequent, distinct

  private func ordered(_ column: Column, _ rows: StatisticRows) -> Cell {
    if case .text(let cells) = column { return text(cells, rows) }
    if let wholes = column.wholes(rows) {
      return pick(wholes).map { Self.cell($0, of: column.type) } ?? countOrMissing(wholes)
    }
    let numbers = column.numbers(rows)
    return pick(numbers).map(Cell.float) ?? countOrMissing(numbers)
  }

  private func pick<Value: Comparable>(_ values: [Value]) -> Value? {
    switch self {
    case .min: values.min()
    case .max: values.max()
    case .mode: Statistics.runs(values.sorted()).mode
    case .count, .sum, .mean, .median, .sd, .var, .quantile, .countDistinct, .first, .last, .countMissing, .any, .all,
      .correlation:
      nil
    }
  }

  private func countOrMissing<Value: Comparable>(_ values: [Value]) -> Cell {
    self == .countDistinct ? .int(Int64(Statistics.runs(values.sorted()).distinct)) : .missing
  }

  private static func cell(_ whole: Int64, of type: ColumnType) -> Cell {
    switch type {
    case .bool: .bool(whole != 0)
    case .date: .date(Int32(clamping: whole))
    case .datetime: .datetime(whole)
    case .int, .float, .text, .vector: .int(whole)
    }
  }

  private func text(_ cells: TextCells, _ rows: StatisticRows) -> Cell {
    var counts: [TextBytes: Int] = [:]
    rows.forEach { if let word = cells[$0] { counts[TextBytes(word), default: 0] += 1 } }
    if self == .countDistinct { return .int(Int64(counts.count)) }
    // The order of bytes breaks every tie, so the dictionary's own order never shows.
    let best = counts.max { left, right in
      if self == .mode, left.value != right.value { return left.value < right.value }
      let isBefore = left.key.text.utf8.lexicographicallyPrecedes(right.key.text.utf8)
      return self == .max ? isBefore : !isBefore
    }
    return best.map { .text($0.key.text) } ?? .missing
  }
}
