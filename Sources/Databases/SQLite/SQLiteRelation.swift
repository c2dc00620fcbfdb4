import Tables

/// The table, view or query of a SQLite file that is read.
struct SQLiteRelation {
  /// What gives all of its columns.
  let query: String
  /// A table of its own, of which some columns can be read without the others; nil for a view or a query.
  let table: String?

  /// By what an address names. Throws `noTable` and `whichTable`.
  init(_ part: String?, in database: SQLiteDatabase, shown: String) throws(SourceError) {
    let tables = try Self.names("table", database)
    let all = (tables + (try Self.names("view", database))).sorted()
    guard let part = part ?? (all.count == 1 ? all[0] : nil) else {
      throw SourceError(source: shown, reason: .place(.whichTable(all)))
    }
    // SQLite's names are the same in upper and lower case.
    if let name = all.first(where: { $0 == part }) ?? all.first(where: { $0.lowercased() == part.lowercased() }) {
      query = "SELECT * FROM " + DatabasePart.quoted(name)
      table = tables.contains(name) ? name : nil
    } else if DatabasePart.isQuery(part) {
      query = part
      table = nil
    } else {
      throw SourceError(source: shown, reason: .place(.noTable(part, of: all)))
    }
  }

  private static func names(_ kind: String, _ database: SQLiteDatabase) throws(SourceError) -> [String] {
    try database.prepare(
      "SELECT name FROM sqlite_master WHERE type = '\(kind)' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
    ).texts()
  }

  /// What gives these columns of a table, in the order of its rows: an index might give them in another one.
  func query(_ columns: [String]) -> String? {
    guard let table, !columns.isEmpty else { return nil }
    let list = columns.map(DatabasePart.quoted).joined(separator: ", ")
    return "SELECT \(list) FROM \(DatabasePart.quoted(table)) NOT INDEXED"
  }
}
