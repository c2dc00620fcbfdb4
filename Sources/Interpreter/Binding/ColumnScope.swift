import Plan
import Tables

/// The columns that a row expression can see.
public struct ColumnScope: Sendable {
  /// What is known about a name before anything runs.
  public enum Lookup: Sendable, Hashable {
    case known(ColumnType)
    /// Its type, or whether it is there at all, shows only when the rows arrive; or it failed and was reported.
    case open
    case absent
  }

  /// What messages call the table: `titanic`.
  public let tableName: String
  /// The names that are known, in order.
  public let names: [String]
  private let find: @Sendable (String) -> Lookup

  public init(tableName: String, names: [String], _ find: @escaping @Sendable (String) -> Lookup) {
    self.tableName = tableName
    self.names = names
    self.find = find
  }

  /// The columns of a schema that is wholly known.
  public init(_ schema: Schema, tableName: String) {
    let types = Dictionary(schema.fields.map { ($0.name, $0.type) }, uniquingKeysWith: { first, _ in first })
    self.init(tableName: tableName, names: schema.fields.map(\.name)) { name in
      types[name].map(Lookup.known) ?? .absent
    }
  }

  public subscript(_ name: String) -> Lookup { find(name) }
}

extension ColumnScope {
  /// The columns of a stage's subject.
  public init(_ schema: RelationSchema) {
    self.init(tableName: schema.name, names: schema.names) { name in
      switch schema[name] {
      case .known(let facts): facts.type.map(Lookup.known) ?? .open
      case .unknownYet: .open
      case .absent: .absent
      }
    }
  }

  /// The same with a column made or changed; `type` nil while it is not known.
  public func with(_ name: String, _ type: ColumnType?) -> ColumnScope {
    let before = self
    let lookup = type.map(Lookup.known) ?? .open
    return ColumnScope(tableName: tableName, names: names.contains(name) ? names : names + [name]) { asked in
      asked == name ? lookup : before[asked]
    }
  }
}
