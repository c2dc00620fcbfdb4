import Kernels
import Plan
import Tables

/// Puts the rows of other tables below those at hand, column by column of a name. It moves the cut: a model that is trained afterwards
/// takes the columns of the result raw.
public struct Union: TableTransform {
  /// The columns of the other tables, and their names.
  private let below: [RelationSchema]
  /// A column to be made that tells which table a row is from.
  private let source: String?
  private let own: RelationSchema
  /// The columns of the result that are made; nil for all.
  private var wanted: Set<String>?
  public private(set) var others: [Relation] = []
  public let words: String

  /// Of tables of these columns, while it is only planned.
  public init(of schema: RelationSchema, with others: [RelationSchema], source: String? = nil, words: String) {
    own = schema
    below = others
    self.source = source
    self.words = words
  }

  /// The same with the rows of the other tables, of whose result some columns are asked for.
  public func taking(_ others: [Relation], _ needs: ColumnNeeds = .all) -> Union {
    var union = self
    union.others = others
    if case .columns(let columns) = needs { union.wanted = columns }
    return union
  }

  public func result(_ schema: RelationSchema) throws(EngineError) -> RelationSchema {
    let tables = [schema] + below
    var columns = UnitedColumns()
    for table in tables {
      try table.refuseFitted()
      for (name, facts) in table.columns { try columns.add(name, facts.type, in: table.name) }
    }
    if let source { try columns.add(source: source) }
    var next = RelationSchema(
      name: schema.name,
      columns: columns.all.map { column in
        let sensitivity = tables.reduce(Sensitivity()) { joined, table in
          table.facts(of: column.name).map { joined.joined($0.sensitivity) } ?? joined
        }
        return (column.name, ColumnFacts(type: column.type, origins: [column.name], sensitivity: sensitivity))
      },
      isOpen: tables.contains(where: \.isOpen))
    for words in tables.map(\.missingWords) {
      next.missingWords += words.filter { !next.missingWords.contains($0) }
    }
    next.unlisted = tables.reduce(Sensitivity()) { $0.joined($1.unlisted) }
    next.label = schema.labelAtNewCut
    return next
  }

  public func apply(
    _ inputs: [Rows], _ executor: any Executor, _ progress: Progress
  ) throws(EngineError) -> Collected {
    let names = [own.name] + below.map(\.name)
    var columns = UnitedColumns()
    for (rows, name) in zip(inputs, names) {
      for column in rows.columns { try columns.add(column.field.name, column.field.type, in: name) }
    }
    // Columns stand where the schema has them, also where not all of them were read.
    columns.order(by: [own] + below)
    if let source { try columns.add(source: source) }
    columns.keep(wanted)
    let run = UnionRun(columns: columns.all, source: source, names: names, inputs: inputs, progress)
    let rows = try run.rows(executor)
    return Collected(rows: rows, notes: [StageNote(step: words, .united(counts(inputs)))])
  }

  /// What there is to say, whichever columns were asked for.
  private func counts(_ inputs: [Rows]) -> UnionCounts {
    let names = zip([own] + below, inputs).map { table, rows in
      table.isOpen ? rows.columns.map(\.field.name) : table.names
    }
    var all: [String] = []
    var seen: Set<String> = []
    for name in names.joined() where seen.insert(name).inserted { all.append(name) }
    let parts = zip(zip([own] + below, inputs), names).map { table, names in
      let there = Set(names)
      return UnionCounts.Part(
        name: table.0.name, rows: table.1.rowCount, lacking: all.filter { !there.contains($0) })
    }
    return UnionCounts(parts: parts)
  }
}

/// The columns that several tables have together.
struct UnitedColumns {
  struct Column: Sendable {
    let name: String
    /// nil while it is not known.
    var type: ColumnType?
    /// The table that the type is from.
    var table: String
  }

  private(set) var all: [Column] = []
  private var places: [String: Int] = [:]

  /// Adds a column of a table. Throws `wrongType` where the name has another type in a table before.
  mutating func add(_ name: String, _ type: ColumnType?, in table: String) throws(EngineError) {
    if type == .vector { throw EngineError(.join(.vectors(name, in: table))) }
    guard let place = places[name] else {
      places[name] = all.count
      all.append(Column(name: name, type: type, table: table))
      return
    }
    guard let known = all[place].type else {
      (all[place].type, all[place].table) = (type, table)
      return
    }
    guard let type, type != known else { return }
    guard known.isNumeric, type.isNumeric else {
      let (first, second) = (FieldPlace(known, in: all[place].table), FieldPlace(type, in: table))
      throw EngineError(.join(.unlikeColumn(name, first: first, second: second)))
    }
    all[place].type = .float
  }

  /// Adds the column that tells which table a row is from. Throws `duplicateName`.
  mutating func add(source name: String) throws(EngineError) {
    guard places[name] == nil else { throw EngineError(.column(.taken(name))) }
    places[name] = all.count
    all.append(Column(name: name, type: .text, table: ""))
  }

  /// Puts the columns in the order in which the tables name them.
  mutating func order(by tables: [RelationSchema]) {
    var next: [Column] = []
    var seen: Set<String> = []
    for name in tables.flatMap(\.names) + all.map(\.name) {
      guard let place = places[name], seen.insert(name).inserted else { continue }
      next.append(all[place])
    }
    set(next)
  }

  /// Leaves out columns that nobody asks for; nil keeps all.
  mutating func keep(_ wanted: Set<String>?) {
    if let wanted { set(all.filter { wanted.contains($0.name) }) }
  }

  private mutating func set(_ columns: [Column]) {
    all = columns
    places = Dictionary(all.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }
}
