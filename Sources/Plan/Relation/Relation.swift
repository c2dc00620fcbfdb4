import Kernels
import Tables

/// A table as it is to be computed: a source and the steps recorded since.
///
/// A value: appending a step gives another relation. Nothing above `Plan` asks where the rows live; an `Executor` collects them.
public struct Relation: Sendable {
  public let name: String
  public let origin: Origin
  public let recipe: Recipe
  public let schema: RelationSchema
  /// Where an executor keeps the rows once it has collected them; shared by copies of this relation.
  public let kept: CollectedRows
  /// The rows of the relation that the last step was appended to, while somebody still holds them.
  public let previous: WeakRows
  /// How many steps were appended to that relation.
  public let stepsSince: Int
  /// The raw rows at the cut, read once.
  public let base: CollectedRows

  /// Where the raw rows at the cut come from.
  public indirect enum Origin: Sendable {
    /// The columns named, or all of them; the filters are the first steps that will be recorded, and nothing looks at the rows before.
    case source(any TableSource, columns: Set<String>?, filters: [any RowChooser])
    /// Another relation's rows, changed as a whole: what is not row by row moves the cut.
    case transformed(Relation, any TableTransform)
  }

  /// The rows of a source, before any step. By a plan, nothing will ask for cells of another column: the schema lists it, and it is
  /// not read.
  public init(
    source: any TableSource, declared: DeclaredSchema?, reading: ReadingID? = nil, plan: ReadingPlan = .whole
  ) {
    name = source.name
    let columns: Set<String>? = if case .columns(let needed) = plan.columns { needed } else { nil }
    origin = .source(source, columns: columns, filters: plan.filters)
    recipe = Recipe()
    var schema =
      declared.map { RelationSchema(name: source.name, raw: $0.schema, openTypes: $0.open) }
      ?? RelationSchema(name: source.name)
    schema.sampled = SampledTexts(declared?.texts ?? [:])
    schema.isOpen = declared == nil
    schema.missingWords = source.missingWords
    schema.reading = reading
    self.schema = schema
    base = CollectedRows()
    kept = base
    previous = WeakRows(nil)
    stepsSince = 0
  }

  private init(_ old: Relation, name: String, steps: [Step], schema: RelationSchema) {
    self.name = name
    origin = old.origin
    recipe = old.recipe.appending(steps)
    self.schema = schema
    base = old.base
    kept = steps.isEmpty ? old.kept : CollectedRows()
    previous = steps.isEmpty ? old.previous : WeakRows(old.kept)
    stepsSince = steps.isEmpty ? old.stepsSince : steps.count
  }

  /// Rows that are there already.
  public init(rows: Rows, name: String) {
    let source = RowsSource(name: name, rows: rows)
    self = Relation(source: source, declared: source.declaredSchema()).settled(by: rows)
    base.keep(Collected(rows: rows, notes: []))
  }

  /// The rows of `previous` changed as a whole; what was recorded before is no part of a model any more. With `reading` the columns are
  /// asked for by that, as those of a source are.
  public init(
    _ previous: Relation, transformedBy transform: any TableTransform, reading: ReadingID? = nil
  ) throws(EngineError) {
    name = previous.name
    origin = .transformed(previous, transform)
    var schema = try transform.result(previous.schema)
    recipe = Recipe(
      steps: (Classify(carrying: schema).map { [.feature($0)] } ?? []) + (schema.label.map { [.label($0)] } ?? []))
    schema.reading = reading
    for (name, facts) in schema.guarded { schema.rawLevels[name] = facts.sensitivity.shows }
    self.schema = schema
    base = CollectedRows()
    kept = recipe.steps.isEmpty ? base : CollectedRows()
    self.previous = WeakRows(nil)
    stepsSince = 0
  }

  /// The relation with one more step. Throws what the step's schema throws.
  public func appending(_ step: Step) throws(EngineError) -> Relation { try appending([step]) }

  /// The relation with more steps, which are computed together.
  public func appending(_ steps: [Step]) throws(EngineError) -> Relation {
    var next = schema
    for step in steps { try step.apply(to: &next) }
    return Relation(self, name: name, steps: steps, schema: next)
  }

  /// The raw rows at the cut, before any step; `rows` are these.
  public func atCut(_ rows: Rows) -> Relation {
    Relation(rows: rows, name: name)
  }

  /// The same rows under another name.
  public func named(_ name: String) -> Relation {
    var schema = schema
    schema.name = name
    return Relation(self, name: name, steps: [], schema: schema)
  }

  /// Whether it is the very same value, with all that is known of its rows.
  public func isSame(as other: Relation) -> Bool {
    kept === other.kept && base === other.base && name == other.name && schema == other.schema
  }

  /// The same rows with types as they arrived.
  public func settled(by rows: Rows) -> Relation { settled(by: rows, rows.columns) }

  /// The same where all columns were settled before the last steps, which may be of those that change no column but some: then only
  /// these are looked at.
  public func settled(by rows: Rows, changed steps: [Step]) -> Relation {
    var names: [String] = []
    for step in steps {
      guard case .feature(let feature) = step, !schema.isOpen else { return settled(by: rows) }
      names += feature.writes
    }
    return settled(by: rows, rows.columns(names))
  }

  private func settled(by rows: Rows, _ columns: [(field: Field, missing: Int)]) -> Relation {
    var schema = schema
    schema.rowCount = rows.rowCount
    schema.isOpen = false
    for (field, missing) in columns {
      var facts =
        schema.facts(of: field.name)
        ?? ColumnFacts(type: field.type, origins: [field.name], sensitivity: schema.unlisted)
      facts.type = field.type
      facts.missing = missing
      schema.set(field.name, facts)
    }
    return Relation(self, name: name, steps: [], schema: schema)
  }
}

/// A change of a whole table that is not row by row, such as filling from the row before or joining another table.
public protocol TableTransform: Sendable {
  /// As it is written in a script.
  var words: String { get }
  /// The other tables that it takes rows of.
  var others: [Relation] { get }
  /// The schema after it. Throws `unknownColumn` or `wrongType`.
  func result(_ schema: RelationSchema) throws(EngineError) -> RelationSchema
  /// The rows after it. `inputs` are those of the table before it and of `others`, in that order; what may be larger than memory is
  /// given to `executor` chunk by chunk.
  func apply(_ inputs: [Rows], _ executor: any Executor, _ progress: Progress) throws(EngineError) -> Collected
}

extension TableTransform {
  public var others: [Relation] { [] }
}

/// Rows that were computed, with what the stages had to say.
public struct Collected: Sendable {
  public let rows: Rows
  /// What the last step said.
  public let notes: [StageNote]

  public init(rows: Rows, notes: [StageNote]) {
    self.rows = rows
    self.notes = notes
  }

  public init(table: Table, notes: [StageNote]) { self.init(rows: .whole(table), notes: notes) }
}

/// Refers to kept rows without holding them.
public struct WeakRows: Sendable {
  private final class Reference: @unchecked Sendable {
    // Written once in the initialiser; weak loads are atomic.
    weak let target: CollectedRows?
    init(_ target: CollectedRows?) { self.target = target }
  }
  private let reference: Reference

  init(_ target: CollectedRows?) { reference = Reference(target) }

  public var rows: CollectedRows? { reference.target }
}

/// What collects a relation's rows. A second engine is a second executor.
public protocol Executor: Sendable {
  /// The rows; kept with the relation, so that asking again costs nothing. Throws what sources and steps throw.
  func rows(_ relation: Relation, _ progress: Progress) throws(EngineError) -> Collected
  /// The columns named (nil: all) as one table in memory. Throws `tooLarge` where that is beyond the bound.
  func table(_ relation: Relation, columns: Set<String>?, _ progress: Progress) throws(EngineError) -> Table
  /// The raw rows at the cut, in memory or not.
  func baseRows(_ relation: Relation, _ progress: Progress) throws(EngineError) -> Rows
  /// The rows that `make` gives chunk by chunk, all of one schema: in memory, or elsewhere from where they would fill the bound. Throws
  /// what `make` throws, and `cannotWrite` where they cannot be kept.
  func collect(
    _ progress: Progress, _ make: (_ keep: (Table) throws(EngineError) -> Void) throws(EngineError) -> Void
  ) throws(EngineError) -> Rows
  /// The raw rows at the cut. Throws `tooLarge` where they are beyond the bound.
  func base(_ relation: Relation, _ progress: Progress) throws(EngineError) -> Table
}
