import Expressions
import Kernels
import Scoring
import Tables

/// A recipe on its way through the rows: the columns so far, where the rows come from, and the graph of what was done.
///
/// Columns that no step has touched stay where they are; only what a step reads is brought together for it.
struct RecipeRun: Sendable {
  private var names: [String]
  private var columns: [String: RecipeColumn]
  private var places: RowList
  private var scope: LoweringScope
  private(set) var notes: [StageNote] = []
  /// What is to be said of the cells that expressions made.
  var counts = EvaluationCounts()
  /// What the last step did to the cells that it read.
  var changes: CellChanges?
  /// What the last step filled.
  var fills: [FilledColumn] = []
  /// Whether other rows come before or after these, of which the same is told together.
  var isPart = false
  /// Of the step that is being applied.
  private var place = 0
  private var label: LabelSpec?
  /// What the label is called and made of, also while the steps before `label` run.
  private let labelColumns: Set<String>

  init(raw: Table, rows: RowList, steps: [Step]) {
    labelColumns = steps.reduce(into: []) { names, step in
      if case .label(let spec) = step { names.formUnion(spec.origins.union([spec.name])) }
    }
    names = raw.names
    columns = [:]
    columns.reserveCapacity(names.count)
    for name in names {
      if let statistics = raw.statistics(of: name) {
        columns[name] = RecipeColumn(statistics: statistics, rows: rows, isRaw: true)
      }
    }
    places = rows
    scope = LoweringScope(raw: raw.schema)
  }

  var result: FittedRecipe {
    FittedRecipe(names: names, columns: columns, places: places, scope: scope, notes: notes, label: label, run: self)
  }

  /// Applies the step at a place of the recipe.
  mutating func apply(_ step: Step, at place: Int, choosing: Bool, _ progress: Progress) throws(EngineError) {
    self.place = place
    switch step {
    case .select(let names): keep(names + (label.map { names.contains($0.name) ? [] : [$0.name] } ?? []))
    case .drop(let names):
      hide(names)
      if let name = label?.name, names.contains(name) { label = nil }
    case .rename(let pairs): try rename(pairs)
    case .feature(let feature): try transform(feature, progress)
    case .choose(let chooser):
      if choosing { try choose(chooser, progress) }
      try recordCondition(of: chooser)
    case .label(let spec): label = spec
    }
  }

  /// Forgets columns.
  mutating func hide(_ names: [String]) {
    let hidden = Set(names)
    self.names.removeAll(where: hidden.contains)
    for name in names {
      columns[name] = nil
      scope.remove(name)
    }
  }

  private mutating func keep(_ wanted: [String]) {
    let kept = Set(wanted)
    for name in names where !kept.contains(name) {
      columns[name] = nil
      scope.remove(name)
    }
    names = wanted.filter { columns[$0] != nil }
  }

  private mutating func rename(_ pairs: [Step.Rename]) throws(EngineError) {
    let map = Dictionary(pairs.map { ($0.old, $0.new) }, uniquingKeysWith: { first, _ in first })
    columns = Dictionary(columns.map { (map[$0.key] ?? $0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    names = names.map { map[$0] ?? $0 }
    if let label, let new = map[label.name] { self.label = label.renamed(new) }
    do {
      try scope.rename(pairs.map { ($0.old, $0.new) })
    } catch {
      throw EngineError(error, by: .model)
    }
  }

  private static func made(_ statistics: ColumnStatistics) -> RecipeColumn {
    RecipeColumn(statistics: statistics, rows: RowList(0..<statistics.column.count), isRaw: false)
  }

  /// The columns named, at the rows at hand.
  func table(_ wanted: [String]) -> Table {
    let wanted = Set(wanted)
    let found = names.compactMap { name in wanted.contains(name) ? columns[name].map { (name, $0) } : nil }
    return Table(names: found.map(\.0), statistics: found.map(\.1).map(Self.aligned), rowCount: places.count)
  }

  static func aligned(_ column: RecipeColumn) -> ColumnStatistics { column.statistics.take(column.rows) }

  private mutating func transform(_ step: any FeatureStep, _ progress: Progress) throws(EngineError) {
    let fitted = try step.fit(on: table(step.reads), progress)
    if let remark = fitted.remark { notes.append(StageNote(step: step.words, place: place, remark)) }
    try transform(step, by: fitted, progress)
  }

  /// Makes the columns of a step whose statistics are settled.
  mutating func transform(
    _ step: any FeatureStep, by fitted: any FittedStep, _ progress: Progress
  ) throws(EngineError) {
    try runLowering(of: fitted, on: table(step.reads), words: step.words, progress)
    scope.builder.step = step.words
    do {
      try fitted.lower(into: &scope)
    } catch {
      throw EngineError(error, by: .model)
    }
  }

  /// Computes the step's columns by running its lowering on the rows: there is no second implementation to differ from.
  private mutating func runLowering(
    of fitted: any FittedStep, on rows: Table, words: String, _ progress: Progress
  ) throws(EngineError) {
    if fitted.writes.isEmpty { return }
    var local = LoweringScope(raw: rows.schema)
    local.builder.step = words
    var wanted: [Port] = []
    do {
      try fitted.lower(into: &local)
      for name in fitted.writes { wanted.append(try local.port(name)) }
    } catch {
      throw EngineError(error, by: .table)
    }
    let nodes = local.builder.nodes
    let values: (outputs: [PortValue], counts: EvaluationCounts)
    do throws(GraphRunFailure) {
      values = try GraphRun.evaluate(nodes, wanted: wanted, on: rows, progress)
    } catch {
      throw EngineError(error)
    }
    var made: [Column] = []
    for (name, value) in zip(fitted.writes, values.outputs) {
      let column = value.column(places: fitted.places(of: name))
      set(name, column)
      made.append(column)
    }
    counts += values.counts
    notes += values.counts.remarks.map { StageNote(step: words, place: place, $0) }
    changes = try fitted.changes(of: rows, into: made, progress)
    if let remark = changes?.remark { notes.append(StageNote(step: words, place: place, remark)) }
    fills = fitted.fills(of: rows, into: made, isPart: isPart)
    if let remark = fills.remark { notes.append(StageNote(step: words, place: place, remark)) }
  }

  /// How many rows are at hand.
  var rowCount: Int { places.count }

  /// Puts a column made for the rows at hand in the place of the one of that name, or at the end.
  private mutating func set(_ name: String, _ column: Column) {
    if columns[name] == nil { names.append(name) }
    columns[name] = Self.made(ColumnStatistics(column))
  }

  private mutating func choose(_ chooser: any RowChooser, _ progress: Progress) throws(EngineError) {
    var count = ChoiceCount()
    let rows = table(chooser.reads)
    let settled = chooser.choice == .statistics ? try chooser.settled(on: rows, progress) : chooser
    let chosen = try settled.choose(from: rows, progress)
    count.add(chosen, of: places.count)
    keep(rows: RowList(chosen.rows))
    notes += count.remarks(of: settled).map { StageNote(step: chooser.words, place: place, $0) }
  }

  /// Keeps rows by their places among those at hand.
  mutating func keep(rows: RowList) {
    places = places.at(rows)
    let places = places
    columns = columns.mapValues { column in
      column.isRaw
        ? RecipeColumn(statistics: column.statistics, rows: places, isRaw: true)
        : Self.made(ColumnStatistics(column.gathered.take(rows)))
    }
  }

  /// A condition over features is kept in the model, so that a scored row outside it is flagged. One that reads the label
  /// cannot be asked of a row to be scored.
  private mutating func recordCondition(of chooser: any RowChooser) throws(EngineError) {
    guard let condition = chooser.condition else { return }
    if condition.columns.contains(where: { $0 == label?.name || labelColumns.contains($0) }) { return }
    scope.builder.step = chooser.words
    let outside = Expression.call(.not, [.call(.coalesce, [condition, .literal(.bool(false))])])
    do {
      try scope.flag("outside `\(chooser.words)`", where: outside)
    } catch {
      throw EngineError(error, by: .model)
    }
  }
}
