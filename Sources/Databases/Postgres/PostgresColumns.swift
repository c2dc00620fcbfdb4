import Formats
import Kernels
import Tables

/// The columns of a table or query on a server.
struct PostgresColumns: Sendable {
  private(set) var read: [PostgresColumn] = []
  /// How many there are with those that are not read.
  let count: Int
  /// What there is to say of them.
  private(set) var notes: [String] = []

  init(_ query: String, on connection: PostgresConnection, _ progress: Progress) throws(SourceError) {
    let described = try connection.describe(query, progress)
    count = described.columnCount
    if count == 0 { throw SourceError(source: connection.shown, reason: .badFormat("it has no column")) }
    let types = (0..<count).map { PostgresType(described.type($0), modifier: described.modifier($0)) }
    let others = (0..<count).filter { types[$0] == nil }.map(described.type)
    let known = try Self.lookUp(others, connection, progress)
    var free = FreeNames(besides: [])
    for place in 0..<count {
      let written = described.name(place)
      guard let type = types[place] ?? known[described.type(place)]?.type else {
        let name = known[described.type(place)]?.name ?? "no type that is known"
        notes.append("column '\(written)' is not read: it is \(name); a query with ::text reads it as text")
        continue
      }
      let name = free.take(written)
      if name != written { notes.append("a further column '\(written)' is called '\(name)'") }
      read.append(PostgresColumn(place: place, name: name, type: type))
    }
  }

  /// What the server says of types that are not built in: enums and other kinds of text are read as text.
  private static func lookUp(
    _ numbers: [UInt32], _ connection: PostgresConnection, _ progress: Progress
  ) throws(SourceError) -> [UInt32: (name: String, type: PostgresType?)] {
    if numbers.isEmpty { return [:] }
    let list = "{" + numbers.map(String.init).joined(separator: ",") + "}"
    let found = try connection.run(
      "select oid::pg_catalog.text, pg_catalog.format_type(oid, null), typtype = 'e' or typcategory = 'S' and typtype = 'b'"
        + " from pg_catalog.pg_type where oid = any ($1::pg_catalog.oid[])", progress, [list])
    var known: [UInt32: (name: String, type: PostgresType?)] = [:]
    for row in 0..<found.rowCount {
      guard let number = UInt32(found.text(row, 0)) else { continue }
      known[number] = (found.text(row, 1), found.text(row, 2) == "t" ? .text : nil)
    }
    return known
  }

  /// What is sent for some of the columns of a query.
  func query(_ columns: [PostgresColumn], of inner: String) -> String {
    let list = columns.map { $0.type.expression($0.alias) }.joined(separator: ", ")
    let aliases = (0..<count).map { "c\($0)" }.joined(separator: ", ")
    // The line break ends a comment at the query's end.
    return "select \(list) from (\(inner)\n) as q (\(aliases))"
  }

  /// The outline, where the types of all columns are known: `found` are those that only values tell.
  func outline(_ found: [Int: LooseType]) -> TypedOutline? {
    var fields: [Field] = []
    var open: Set<String> = []
    for column in read {
      guard let type = column.type.loose ?? found[column.place] else { return nil }
      fields.append(Field(column.name, type.first))
      if type == .number { open.insert(column.name) }
    }
    return TypedOutline(schema: Schema(fields), open: open, notes: notes)
  }
}
