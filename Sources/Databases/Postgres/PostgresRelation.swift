import Kernels
import Tables

/// The table, view or query of a database that is read.
struct PostgresRelation: Sendable {
  /// What gives all of its columns.
  let query: String
  let isTable: Bool

  /// By what an address names. Throws `noTable`, `whichTable` and what the server says.
  init(
    _ part: String?, on connection: PostgresConnection, shown: String, _ progress: Progress
  ) throws(SourceError) {
    guard let part else {
      let tables = try Self.tables(connection, progress)
      guard tables.count == 1 else {
        throw SourceError(source: shown, reason: .place(.whichTable(tables.map(\.shown))))
      }
      self.init(table: tables[0])
      return
    }
    if let table = try Self.table(part, connection, progress) {
      self.init(table: table)
    } else if DatabasePart.isQuery(part) {
      self.init(query: part, isTable: false)
    } else {
      let tables = try Self.tables(connection, progress)
      throw SourceError(source: shown, reason: .place(.noTable(part, of: tables.map(\.shown))))
    }
  }

  private struct Table {
    let schema: String
    let name: String
    let isVisible: Bool

    var shown: String { isVisible ? name : "\(schema).\(name)" }
  }

  private init(query: String, isTable: Bool) {
    self.query = query
    self.isTable = isTable
  }

  private init(table: Table) {
    self.init(
      query: "select * from \(DatabasePart.quoted(table.schema)).\(DatabasePart.quoted(table.name))", isTable: true)
  }

  /// Tables, parted and foreign ones, and views.
  private static let all = """
    select n.nspname, c.relname, pg_catalog.pg_table_is_visible(c.oid)::pg_catalog.text
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'f')
    """

  private static func tables(_ connection: PostgresConnection, _ progress: Progress) throws(SourceError) -> [Table] {
    rows(
      try connection.run(
        all + " and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema' order by 1, 2 limit 1000",
        progress))
  }

  /// The one of a name, with its schema or on the search path; where both are there the name as a whole comes first.
  private static func table(
    _ name: String, _ connection: PostgresConnection, _ progress: Progress
  ) throws(SourceError) -> Table? {
    rows(
      try connection.run(
        all
          + " and (c.relname = $1 and pg_catalog.pg_table_is_visible(c.oid) or n.nspname || '.' || c.relname = $1)"
          + " order by c.relname = $1 desc limit 1", progress, [name])
    ).first
  }

  private static func rows(_ result: PostgresResult) -> [Table] {
    (0..<result.rowCount).map { row in
      Table(schema: result.text(row, 0), name: result.text(row, 1), isVisible: result.text(row, 2) == "true")
    }
  }
}
