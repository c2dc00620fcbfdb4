import Formats
import Kernels
import Tables

/// A query in a transaction of its own that cannot write, its columns known and its rows not yet asked for.
final class PostgresQuery: Sendable {
  /// The rows that are asked for first: what of the numbers is not declared is settled by them.
  private static let firstRows = 1_000
  /// Those that are asked for at a time, and about how many bytes they may have.
  private static let mostRows = 10_000
  private static let mostBytes = 8 << 20

  private let connection: PostgresConnection
  private let relation: PostgresRelation
  private let columns: PostgresColumns
  /// What only values tell of a table's columns.
  private let found: [Int: LooseType]
  private let shown: String
  let outline: TypedOutline?

  init(
    _ address: PostgresAddress, isLoopbackOnly: Bool, shown: String, _ progress: Progress
  ) throws(SourceError) {
    self.shown = shown
    connection = try PostgresConnection(
      address.keywords(isLoopbackOnly: isLoopbackOnly), seconds: address.connectSeconds, shown: shown, progress)
    try connection.run("begin transaction isolation level repeatable read read only", progress)
    relation = try PostgresRelation(address.part, on: connection, shown: shown, progress)
    columns = try PostgresColumns(relation.query, on: connection, progress)
    // A table's rows come in their own order, whatever columns are asked for and whoever else reads them.
    if relation.isTable {
      try connection.attempt("set local synchronize_seqscans = off", progress)
      try connection.attempt("set local enable_indexonlyscan = off", progress)
    }
    found = relation.isTable ? try Self.sampled(columns, relation, connection, progress) : [:]
    outline = columns.outline(found)
  }

  /// What the numbers of a table are of which nothing is declared, by its first rows.
  private static func sampled(
    _ columns: PostgresColumns, _ relation: PostgresRelation, _ connection: PostgresConnection, _ progress: Progress
  ) throws(SourceError) -> [Int: LooseType] {
    let open = columns.read.filter { $0.type.loose == nil }
    if open.isEmpty { return [:] }
    let query = columns.query(open, of: relation.query) + " limit \(firstRows)"
    return types(open, try connection.run(query, progress, isBinary: true))
  }

  /// What the numbers of the open columns are, which come in that order.
  private static func types(_ open: [PostgresColumn], _ rows: PostgresResult) -> [Int: LooseType] {
    var types: [Int: LooseType] = [:]
    for (place, column) in open.enumerated() where column.type.loose == nil {
      let isLossy = (0..<rows.rowCount).contains { PostgresCell.losesDigits(rows.bytes($0, place)) }
      types[column.place] = isLossy ? .of(.text) : .number
    }
    return types
  }

  // MARK: Rows

  func scan(
    _ wanted: TypedRequest, _ progress: Progress, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> TypedReport {
    try refuseUnknown(wanted)
    let chosen = columns.read.filter { wanted.takes($0.name) }
    try connection.run(
      "declare mlp_rows no scroll cursor for " + columns.query(chosen, of: relation.query), progress)
    var rows = PostgresRows(chosen, wanted, shown: shown)
    if let limit = wanted.limit, limit <= 0 { rows.settle(found) }
    var most = Self.firstRows
    while true {
      let count = wanted.limit.map { min(most, $0 - rows.count) } ?? most
      if count <= 0 { break }
      let result = try connection.run(
        "fetch forward \(count) from mlp_rows", progress, isBinary: true, rows: rows.count)
      if rows.count == 0 { rows.settle(found.isEmpty ? Self.types(chosen, result) : found) }
      progress.report(0, "reading \(shown): \(rows.count) rows")
      let step = try rows.give(result, take)
      if step == .stop || result.rowCount < count { break }
      most = max(1, min(Self.mostRows, Self.mostBytes / max(1, rows.byteCount / max(1, rows.count))))
    }
    return rows.report(columns.notes)
  }

  private func refuseUnknown(_ wanted: TypedRequest) throws(SourceError) {
    let names = columns.read.map(\.name)
    guard let stranger = wanted.columns?.subtracting(names).sorted().first else { return }
    throw SourceError(source: shown, reason: .place(.noColumn(stranger, of: names)))
  }
}
