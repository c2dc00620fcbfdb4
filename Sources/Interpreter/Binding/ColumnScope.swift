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
  public private(set) var names: [String]
  private let find: @Sendable (String) -> Lookup
  private let isListed: @Sendable (String) -> Bool
  /// Columns made or changed since.
  private var made: [String: Lookup] = [:]

  /// `isListed` says of a name whether it is one of `names`.
  public init(
    tableName: String, names: [String], isListed: @escaping @Sendable (String) -> Bool,
    _ find: @escaping @Sendable (String) -> Lookup
  ) {
    self.tableName = tableName
    self.names = names
    self.isListed = isListed
    self.find = find
  }

  /// The columns of a schema that is wholly known.
  public init(_ schema: Schema, tableName: String) {
    let types = Dictionary(schema.fields.map { ($0.name, $0.type) }, uniquingKeysWith: { first, _ in first })
    self.init(tableName: tableName, names: schema.fields.map(\.name), isListed: { types[$0] != nil }) { name in
      types[name].map(Lookup.known) ?? .absent
    }
  }

  public subscript(_ name: String) -> Lookup { made[name] ?? find(name) }

  /// Makes or changes a column; `type` nil while it is not known. O(1).
  public mutating func set(_ name: String, _ type: ColumnType?) {
    if made.updateValue(type.map(Lookup.known) ?? .open, forKey: name) == nil, !isListed(name) { names.append(name) }
  }
}

extension ColumnScope {
  /// The columns of a stage's subject.
  public init(_ schema: RelationSchema) {
    self.init(tableName: schema.name, names: schema.names, isListed: { schema.facts(of: $0) != nil }) { name in
      switch schema[name] {
      case .known(let facts): facts.type.map(Lookup.known) ?? .open
      case .unknownYet: .open
      case .absent: .absent
      }
    }
  }
}
