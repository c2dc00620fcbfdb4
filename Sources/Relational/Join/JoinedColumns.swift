import Plan
import Tables

/// A column of a join's result.
struct JoinedColumn: Sendable {
  enum Source: Sendable, Hashable {
    case own(String)
    case other(String)
    /// The key's cells of the table at hand, or of the other for rows that are in that alone.
    case key(JoinKey)
  }

  let name: String
  let source: Source
}

extension Join {
  /// The columns of the other table that rows are found by, which the result has from the table at hand.
  private var otherKeys: Set<String> { Set(keys.map(\.other) + (nearest.map { [$0.other] } ?? [])) }

  /// The columns of the result where the other table has these. Throws `duplicateName`.
  func columns(besides others: [String]) throws(EngineError) -> [JoinedColumn] {
    let byOwn = Dictionary(keys.map { ($0.own, $0) }, uniquingKeysWith: { first, _ in first })
    var columns = ownNames.map { name in
      JoinedColumn(name: name, source: byOwn[name].map { .key($0) } ?? .own(name))
    }
    if kind.onlyChooses { return columns }
    let own = Set(ownNames)
    var taken = own
    let carried = others.filter { !otherKeys.contains($0) }
    // A name that stays comes before one that is made.
    for name in carried where !own.contains(name) { taken.insert(name) }
    for name in carried {
      guard own.contains(name) else {
        columns.append(JoinedColumn(name: name, source: .other(name)))
        continue
      }
      guard taken.insert(name + suffix).inserted else { throw EngineError(.join(.takenName(name + suffix, for: name))) }
      columns.append(JoinedColumn(name: name + suffix, source: .other(name)))
    }
    return columns
  }

  public func result(_ schema: RelationSchema) throws(EngineError) -> RelationSchema {
    try requireKeys(in: schema)
    try schema.refuseFitted()
    try other.refuseFitted()
    let types = JoinTypes(self) {
      schema.facts(of: $0)?.type
    } other: {
      other.facts(of: $0)?.type
    }
    try types.check(schema.name)
    let columns = try columns(besides: other.names)
    try types.checkGaps(columns, schema.name)
    var next = RelationSchema(
      name: schema.name,
      columns: columns.map { ($0.name, facts(of: $0, types.type(of: $0.source), schema)) },
      isOpen: schema.isOpen || other.isOpen && !kind.onlyChooses)
    next.missingWords = schema.missingWords + other.missingWords.filter { !schema.missingWords.contains($0) }
    next.unlisted = schema.unlisted.joined(other.unlisted)
    next.label = schema.labelAtNewCut
    return next
  }

  private func facts(of column: JoinedColumn, _ type: ColumnType?, _ schema: RelationSchema) -> ColumnFacts {
    let sensitivity =
      switch column.source {
      case .own(let name): schema.sensitivity(of: [name])
      case .other(let name): other.sensitivity(of: [name])
      case .key(let key): schema.sensitivity(of: [key.own]).joined(other.sensitivity(of: [key.other]))
      }
    return ColumnFacts(type: type, origins: [column.name], sensitivity: sensitivity)
  }

  private func requireKeys(in schema: RelationSchema) throws(EngineError) {
    let own = keys.map(\.own) + (nearest.map { [$0.own] } ?? [])
    for name in own where schema[name] == .absent { throw EngineError(.column(.unknown(name, in: schema.name))) }
    for name in otherKeys.sorted() where other[name] == .absent {
      throw EngineError(.column(.unknown(name, in: other.name)))
    }
  }

  /// The columns of both tables that each column of the result is made of. Throws `duplicateName`.
  public func origins() throws(EngineError) -> [(name: String, own: String?, other: String?)] {
    try columns(besides: other.names).map { column in
      switch column.source {
      case .own(let name): (column.name, name, nil)
      case .other(let name): (column.name, nil, name)
      case .key(let key): (column.name, key.own, key.other)
      }
    }
  }
}

/// The types of a join's columns, as far as they are known.
struct JoinTypes {
  private let join: Join
  private let own: (String) -> ColumnType?
  private let other: (String) -> ColumnType?

  init(_ join: Join, own: @escaping (String) -> ColumnType?, other: @escaping (String) -> ColumnType?) {
    self.join = join
    self.own = own
    self.other = other
  }

  /// Whether values of the two types may be equal.
  static func areAlike(_ one: ColumnType, _ other: ColumnType) -> Bool {
    one == other || one.isNumeric && other.isNumeric
  }

  func type(of source: JoinedColumn.Source) -> ColumnType? {
    switch source {
    case .own(let name): return own(name)
    case .other(let name): return other(name)
    case .key(let key):
      guard join.kind.keepsOthers else { return own(key.own) }
      guard let one = own(key.own), let second = other(key.other) else { return nil }
      return one == second ? one : .float
    }
  }

  /// Throws `wrongType` where keys cannot be compared; `name` is that of the table at hand.
  func check(_ name: String) throws(EngineError) {
    for key in join.keys { try check(key, name) }
    if let nearest = join.nearest {
      try check(JoinKey(own: nearest.own, other: nearest.other), name)
      for (type, column, table) in [
        (own(nearest.own), nearest.own, name), (other(nearest.other), nearest.other, join.other.name),
      ] {
        if let type, !NearestKey.isOrdered(type) {
          throw EngineError(.join(.noOrder(Field(column, type), in: table)))
        }
      }
    }
  }

  private func check(_ key: JoinKey, _ name: String) throws(EngineError) {
    let (one, second) = (own(key.own), other(key.other))
    if one == .vector { throw EngineError(.join(.noKey(Field(key.own, .vector), in: name))) }
    if second == .vector { throw EngineError(.join(.noKey(Field(key.other, .vector), in: join.other.name))) }
    guard let one, let second, !Self.areAlike(one, second) else { return }
    throw EngineError(.join(.unlikeKeys(Field(key.own, one), Field(key.other, second), in: join.other.name)))
  }

  /// Throws `wrongType` for a column that would be missing in some rows and cannot be.
  func checkGaps(_ columns: [JoinedColumn], _ name: String) throws(EngineError) {
    for column in columns {
      switch column.source {
      case .own(let own) where join.kind.keepsOthers && self.own(own) == .vector:
        throw EngineError(.join(.neverMissing(own, in: name)))
      case .other(let other) where join.kind.keepsOwn && self.other(other) == .vector:
        throw EngineError(.join(.neverMissing(other, in: join.other.name)))
      case .own, .other, .key: continue
      }
    }
  }
}
