import Tables

/// What is known about a column's name before anything runs.
public enum ColumnLookup: Sendable, Hashable {
  case known(ColumnType)
  /// Its type, or whether it is there at all, shows only when the rows arrive; or it failed and was reported.
  case open
  case absent
}

/// The columns that a row expression can see.
public struct ColumnScope: Sendable {
  /// What messages call the table: `titanic`.
  public let tableName: String
  /// The names that are known, in order.
  public let names: [String]
  private let find: @Sendable (String) -> ColumnLookup

  public init(tableName: String, names: [String], _ find: @escaping @Sendable (String) -> ColumnLookup) {
    self.tableName = tableName
    self.names = names
    self.find = find
  }

  /// The columns of a schema that is wholly known.
  public init(_ schema: Schema, tableName: String) {
    let types = Dictionary(schema.fields.map { ($0.name, $0.type) }, uniquingKeysWith: { first, _ in first })
    self.init(tableName: tableName, names: schema.fields.map(\.name)) { name in
      types[name].map(ColumnLookup.known) ?? .absent
    }
  }

  public subscript(_ name: String) -> ColumnLookup { find(name) }
}
