import Tables

/// The rows that a statistic is of: all of a column, or some of them, in order.
enum StatisticRows: Sendable {
  case all(Int)
  case some(ArraySlice<Int>)

  var count: Int {
    switch self {
    case .all(let count): count
    case .some(let rows): rows.count
    }
  }

  /// Calls `body` with each row.
  @inline(__always)
  func forEach(_ body: (Int) -> Void) {
    switch self {
    case .all(let count): for row in 0..<count { body(row) }
    case .some(let rows): for row in rows { body(row) }
    }
  }
}

extension Column {
  /// The numbers among the cells of `rows` that are not missing; bools as 0 and 1.
  func numbers(_ rows: StatisticRows) -> [Double] {
    var numbers: [Double] = []
    numbers.reserveCapacity(rows.count)
    switch self {
    case .float(let cells): rows.forEach { if cells.isValid($0) { numbers.append(cells.values[$0]) } }
    case .int(let cells): rows.forEach { if cells.isValid($0) { numbers.append(Double(cells.values[$0])) } }
    case .bool(let cells): rows.forEach { if cells.isValid($0) { numbers.append(cells.values[$0] ? 1 : 0) } }
    case .text, .date, .datetime, .vector: break
    }
    return numbers
  }

  /// The cells of `rows` that are not missing as whole numbers: ints, days, microseconds, bools as 0 and 1. Nil for other types.
  func wholes(_ rows: StatisticRows) -> [Int64]? {
    var wholes: [Int64] = []
    wholes.reserveCapacity(rows.count)
    switch self {
    case .int(let cells), .datetime(let cells):
      rows.forEach { if cells.isValid($0) { wholes.append(cells.values[$0]) } }
    case .date(let cells): rows.forEach { if cells.isValid($0) { wholes.append(Int64(cells.values[$0])) } }
    case .bool(let cells): rows.forEach { if cells.isValid($0) { wholes.append(cells.values[$0] ? 1 : 0) } }
    case .float, .text, .vector: return nil
    }
    return wholes
  }
}
