/// One recorded step of a relation after its cut.
public enum Step: Sendable {
  case select([String])
  case drop([String])
  case rename([Rename])
  case feature(any FeatureStep)
  case choose(any RowChooser)
  case label(LabelSpec)

  /// A column's old and new name.
  public struct Rename: Sendable, Hashable {
    public let old: String
    public let new: String

    public init(_ old: String, _ new: String) {
      self.old = old
      self.new = new
    }
  }

  /// The step as it is written in a script.
  public var words: String {
    switch self {
    case .select(let names): "select " + names.joined(separator: ", ")
    case .drop(let names): "drop " + names.joined(separator: ", ")
    case .rename(let pairs): "rename " + pairs.map { "\($0.new) = \($0.old)" }.joined(separator: ", ")
    case .feature(let step): step.words
    case .choose(let chooser): chooser.words
    case .label(let label): "label \(label.name)"
    }
  }

  /// The columns whose cells it reads.
  public var reads: [String] {
    switch self {
    case .select, .drop: []
    // The model's graph is told of the columns that it renames.
    case .rename(let pairs): pairs.map(\.old)
    case .feature(let step): step.reads
    case .choose(let chooser): chooser.reads
    case .label(let label): [label.name]
    }
  }

  /// The schema after the step. Throws `unknownColumn`, `duplicateName`, `wrongType`, or `fittedTooEarly` when a step that chooses
  /// rows or makes the label reads a fitted column.
  public func result(_ schema: RelationSchema) throws(EngineError) -> RelationSchema {
    var next = schema
    switch self {
    case .select(let names):
      try require(names, in: schema)
      var kept = names
      // The label is kept: a select after `label` chooses features.
      if let label = schema.label, !names.contains(label.name) { kept.append(label.name) }
      next.keep(kept)
      if schema.isOpen {
        for name in names where next.facts(of: name) == nil { next.set(name, .open(name, in: schema)) }
      }
      next.isOpen = false
    case .drop(let names):
      try require(names, in: schema)
      for name in names { next.remove(name) }
      if let label = schema.label, names.contains(label.name) { next.label = nil }
    case .rename(let pairs):
      try require(pairs.map(\.old), in: schema)
      try rename(pairs, &next)
    case .feature(let step):
      next = try step.result(schema)
    case .choose(let chooser):
      try require(chooser.reads, in: schema)
      try refuseFitted(chooser.reads, in: schema)
      next.rowCount = nil
    case .label(let label):
      try require([label.name], in: schema)
      try refuseFitted([label.name], in: schema)
      try refuseGuarded(label, in: schema)
      next.label = label
    }
    return next
  }

  /// Changes a schema to the one after the step, as `result`.
  public func apply(to schema: inout RelationSchema) throws(EngineError) {
    if case .feature(let step) = self { try step.apply(to: &schema) } else { schema = try result(schema) }
  }

  private func rename(_ pairs: [Rename], _ schema: inout RelationSchema) throws(EngineError) {
    let olds = Set(pairs.map(\.old))
    var taken = Set(schema.names.filter { !olds.contains($0) })
    for pair in pairs where !taken.insert(pair.new).inserted {
      throw EngineError(.column(.taken(pair.new)))
    }
    if schema.isOpen {
      for pair in pairs where schema.facts(of: pair.old) == nil { schema.set(pair.old, .open(pair.old, in: schema)) }
    }
    schema.rename(pairs.map { ($0.old, $0.new) })
  }

  private func require(_ names: [String], in schema: RelationSchema) throws(EngineError) {
    for name in names where schema[name] == .absent {
      throw EngineError(.column(.unknown(name, in: schema.name)))
    }
  }

  /// A guard asks requests for its columns, and what tells the label is not there yet.
  private func refuseGuarded(_ label: LabelSpec, in schema: RelationSchema) throws(EngineError) {
    let tells = label.origins.union([label.name])
    for (name, facts) in schema.columns {
      guard let words = facts.guardedBy, tells.contains(name) || !facts.origins.isDisjoint(with: tells) else {
        continue
      }
      throw EngineError(.label(.guarded(name, by: words)))
    }
  }

  private func refuseFitted(_ names: [String], in schema: RelationSchema) throws(EngineError) {
    for name in names {
      guard let words = schema.facts(of: name)?.fittedBy else { continue }
      throw EngineError(.column(.fitted(name, by: words)))
    }
  }
}

extension ColumnFacts {
  /// A column that is expected but not known yet.
  static func open(_ name: String, in schema: RelationSchema) -> ColumnFacts {
    ColumnFacts(type: nil, origins: [name], sensitivity: schema.unlisted)
  }
}
