import Kernels
import Plan
import Tables

/// Makes the rows of a result from pairs of rows.
extension JoinRun {
  /// The columns of the result for pairs of rows. Throws `wrongType` where a key of whole numbers would be rounded.
  func table(_ pairs: PairedRows, _ own: Table, _ other: Table) throws(EngineError) -> Table {
    let other = pairs.others.map { other.coded(toRepeat: $0) } ?? other
    var made: [ColumnStatistics] = []
    for column in columns {
      switch column.source {
      case .own(let name): made.append(try Self.taken(name, pairs.own, own))
      case .other(let name): made.append(try Self.taken(name, pairs.others ?? .whole(other.rowCount), other))
      case .key(let key):
        let cells = try Self.taken(key.own, pairs.own, own)
        let column = try keyed(cells.column, key)
        made.append(column.type == cells.column.type ? cells : ColumnStatistics(column))
      }
      try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
    }
    return Table(names: columns.map(\.name), statistics: made, rowCount: pairs.count)
  }

  /// The same for rows of the other table alone.
  func table(_ rows: TakenRows, of other: Table) throws(EngineError) -> Table {
    var made: [Column] = []
    for column in columns {
      switch column.source {
      case .own: made.append(.missing(type(of: column) ?? .float, count: rows.count))
      case .other(let name): made.append(try Self.taken(name, rows, other).column)
      case .key(let key): made.append(try keyed(try Self.taken(key.other, rows, other).column, key))
      }
    }
    return Table(names: columns.map(\.name), columns: made, rowCount: rows.count)
  }

  /// Both, the pairs first. Columns of one table are taken in one go.
  func table(_ pairs: PairedRows, then rows: TakenRows, _ own: Table, _ other: Table) throws(EngineError) -> Table {
    if rows.count == 0 { return try table(pairs, own, other) }
    let ownRows = pairs.own.followed(by: nil, count: rows.count)
    let otherRows = pairs.others?.followed(by: rows, count: rows.count) ?? rows
    var made: [Column] = []
    for column in columns {
      switch column.source {
      case .own(let name): made.append(try Self.taken(name, ownRows, own).column)
      case .other(let name): made.append(try Self.taken(name, otherRows, other).column)
      case .key(let key):
        var both = ColumnBuilder(expectedRows: pairs.count + rows.count)
        both.append(try keyed(try Self.taken(key.own, pairs.own, own).column, key))
        both.append(try keyed(try Self.taken(key.other, rows, other).column, key))
        made.append(both.finish() ?? .missing(type(of: column) ?? .float, count: 0))
      }
      try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
    }
    return Table(names: columns.map(\.name), columns: made, rowCount: pairs.count + rows.count)
  }

  /// A key's cells as the type that the result has: whole numbers as floats where the other table has such, and some rows are of that
  /// alone.
  private func keyed(_ column: Column, _ key: JoinKey) throws(EngineError) -> Column {
    guard case .int(let cells) = column, type(of: .key(key)) == .float else { return column }
    if let lost = column.firstLost { throw EngineError(.column(.losesDigits(key.own, lost, by: Join.verb))) }
    return .float(Cells(cells.values.map(Double.init), validity: cells.validity))
  }

  private static func taken(_ name: String, _ rows: TakenRows, _ table: Table) throws(EngineError) -> ColumnStatistics {
    guard let cells = table.statistics(of: name) else { throw EngineError(.column(.unknown(name))) }
    // What is known of a column that is taken as a whole stays known.
    if case .whole = rows { return cells }
    return ColumnStatistics(cells.column.taking(rows))
  }
}

extension TakenRows {
  /// The rows, then others, or as many that are none.
  func followed(by others: TakenRows?, count: Int) -> TakenRows {
    let rows = Room<Int32>(self.count + count)
    write(to: rows.base)
    if let others {
      others.write(to: rows.base + self.count)
    } else {
      (rows.base + self.count).update(repeating: -1, count: count)
    }
    return .list(rows, 0..<rows.count, Gaps())
  }

  private func write(to target: UnsafeMutablePointer<Int32>) {
    switch self {
    case .whole(let count): for row in 0..<count { target[row] = Int32(truncatingIfNeeded: row) }
    case .list(let rows, let range, _): target.update(from: rows.base + range.lowerBound, count: range.count)
    }
  }
}
