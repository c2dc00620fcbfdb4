import Tables

/// The columns of a relation in order, with what is known of each, and the label if one was chosen.
public struct RelationSchema: Sendable, Hashable {
  public private(set) var names: [String]
  private var facts: FactsTable
  /// Whether columns that are not listed may be there when the rows arrive.
  public var isOpen: Bool
  /// How sensitive columns are that are not listed.
  public var unlisted = Sensitivity()
  public var label: LabelSpec?
  /// Columns that the parts were drawn by: they are there, and no features unless they are selected.
  public private(set) var asides: Set<String> = []
  /// How guarded the raw columns at the cut are, whatever masks were put on what came of them, and whether they are still there.
  public var rawLevels: [String: ColumnLevel] = [:]
  /// How many rows, if that is known.
  public var rowCount: Int?
  /// What messages call it: `titanic`.
  public var name: String
  /// The words that stood for a missing cell in the files that the rows come from.
  public var missingWords = [""]
  /// What a sample of the source tells of its columns' texts, while no step has changed them.
  public var sampled = SampledTexts()
  /// The reading that the origins of the columns belong to; nil where they are those of a table changed as a whole, of which nobody
  /// says what its columns are made of.
  public var reading: ReadingID?

  public init(name: String, columns: [(String, ColumnFacts)] = [], isOpen: Bool = false, rowCount: Int? = nil) {
    self.name = name
    names = columns.map(\.0)
    facts = FactsTable(Dictionary(columns, uniquingKeysWith: { first, _ in first }))
    self.isOpen = isOpen
    self.rowCount = rowCount
  }

  /// The schema of rows as they come from a source: each column is its own origin. Of the open columns those that are ints so far
  /// count as ints until the rows arrive; the others have no type yet.
  public init(name: String, raw schema: Schema, openTypes: Set<String> = [], rowCount: Int? = nil) {
    self.init(
      name: name,
      columns: schema.fields.map { field in
        let isOpen = openTypes.contains(field.name) && field.type != .int
        return (field.name, ColumnFacts(type: isOpen ? nil : field.type, origins: [field.name]))
      }, rowCount: rowCount)
  }

  public subscript(_ name: String) -> ColumnLookup {
    guard let found = facts[name] else { return isOpen ? .unknownYet : .absent }
    return found.type == nil ? .unknownYet : .known(found)
  }

  /// The facts of a listed column, its type known or not.
  public func facts(of name: String) -> ColumnFacts? { facts[name] }

  /// Columns in order with their facts.
  public var columns: [(name: String, facts: ColumnFacts)] {
    names.compactMap { name in facts[name].map { (name, $0) } }
  }

  /// The columns that a model may learn from: all but the label and those set aside.
  public var features: [String] { names.filter { $0 != label?.name && !asides.contains($0) } }

  /// Leaves columns out of the features, until they are selected by name.
  public mutating func setAside(_ columns: [String]) { asides.formUnion(columns) }

  /// Puts a column in the place of the one of that name, or at the end. `isChanged` says whether its cells are others.
  public mutating func set(_ name: String, _ new: ColumnFacts, isChanged: Bool = true) {
    if facts[name] == nil { names.append(name) }
    facts[name] = new
    if isChanged { sampled.forget(name) }
  }

  public mutating func remove(_ name: String) {
    names.removeAll { $0 == name }
    facts[name] = nil
    sampled.forget(name)
  }

  public mutating func keep(_ kept: [String]) {
    let wanted = Set(kept)
    asides.subtract(wanted)
    facts = FactsTable(facts.all.filter { wanted.contains($0.key) })
    names = kept.filter { facts[$0] != nil }
  }

  public mutating func rename(_ pairs: [(old: String, new: String)]) {
    let map = Dictionary(pairs.map { ($0.old, $0.new) }, uniquingKeysWith: { first, _ in first })
    facts = FactsTable(
      Dictionary(facts.all.map { (map[$0.key] ?? $0.key, $0.value) }, uniquingKeysWith: { first, _ in first }))
    names = names.map { map[$0] ?? $0 }
    sampled.rename(map)
    asides = Set(asides.map { map[$0] ?? $0 })
    if let label, let new = map[label.name] { self.label = label.renamed(new) }
  }

  /// The facts of a value computed from columns: their origins together, fitted where one of them is, and as sensitive as they are.
  public func facts(reading columns: [String], type: ColumnType?, fittedBy: String? = nil) -> ColumnFacts {
    let read = columns.map { facts[$0] ?? ColumnFacts(type: nil, origins: [$0]) }
    let sensitivity = sensitivity(of: columns)
    return ColumnFacts(
      type: type, origins: read.reduce(into: []) { $0.formUnion($1.origins) },
      fittedBy: fittedBy ?? read.lazy.compactMap(\.fittedBy).first,
      sensitivity: fittedBy.map(sensitivity.learned) ?? sensitivity)
  }
}
