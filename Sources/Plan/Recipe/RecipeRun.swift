import Expressions
import Kernels
import Scoring
import Tables

/// A recipe on its way through the rows: the table so far, where its rows come from, and the graph of what was done.
struct RecipeRun {
  private var table: Table
  private var places: [Int]
  private var scope: LoweringScope
  private var notes: [StageNote] = []
  private var label: LabelSpec?
  /// What the label is called and made of, also while the steps before `label` run.
  private let labelColumns: Set<String>

  init(raw: Table, steps: [Step]) {
    table = raw
    labelColumns = steps.reduce(into: []) { names, step in
      if case .label(let spec) = step { names.formUnion(spec.origins.union([spec.name])) }
    }
    places = Array(0..<raw.rowCount)
    scope = LoweringScope(raw: raw.schema)
  }

  var result: FittedRecipe {
    FittedRecipe(rows: table, places: places, scope: scope, notes: notes, label: label)
  }

  mutating func apply(_ step: Step, choosing: Bool, _ progress: Progress) throws(EngineError) {
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
    table = Table(zip(table.names, table.columns).filter { !hidden.contains($0.0) }, rowCount: table.rowCount)
    for name in names { scope.remove(name) }
  }

  private mutating func keep(_ names: [String]) {
    for name in table.names where !names.contains(name) { scope.remove(name) }
    table = table.select(names)
  }

  private mutating func rename(_ pairs: [Step.Rename]) throws(EngineError) {
    let map = Dictionary(pairs.map { ($0.old, $0.new) }, uniquingKeysWith: { first, _ in first })
    table = Table(
      names: table.names.map { map[$0] ?? $0 }, columns: table.columns, rowCount: table.rowCount)
    if let label, let new = map[label.name] { self.label = label.renamed(new) }
    do {
      try scope.rename(pairs.map { ($0.old, $0.new) })
    } catch {
      throw EngineError(error, format: "the model")
    }
  }

  private mutating func transform(_ step: any FeatureStep, _ progress: Progress) throws(EngineError) {
    let fitted = try step.fit(on: table, progress)
    if let note = fitted.note { notes.append(StageNote(step: step.words, text: note)) }
    try runLowering(of: fitted, words: step.words, progress)
    scope.builder.step = step.words
    do {
      try fitted.lower(into: &scope)
    } catch {
      throw EngineError(error, format: "the model")
    }
  }

  /// Computes the step's columns by running its lowering on the table: there is no second implementation to differ from.
  private mutating func runLowering(
    of fitted: any FittedStep, words: String, _ progress: Progress
  ) throws(EngineError) {
    var local = LoweringScope(raw: table.schema)
    local.builder.step = words
    var wanted: [Port] = []
    do {
      try fitted.lower(into: &local)
      for name in fitted.writes { wanted.append(try local.port(name)) }
    } catch {
      throw EngineError(error, format: "the table")
    }
    let rows = table
    let nodes = local.builder.nodes
    let values = try EngineError.checking { () throws(Cancelled) in
      try GraphRun.evaluate(nodes, wanted: wanted, on: rows, progress)
    }
    for (name, value) in zip(fitted.writes, values.outputs) {
      table = table.with(name, value.column(places: fitted.places(of: name)))
    }
    if values.notANumber > 0 {
      notes.append(
        StageNote(step: words, text: "\(values.notANumber) results were not a number and are missing"))
    }
  }

  private mutating func choose(_ chooser: any RowChooser, _ progress: Progress) throws(EngineError) {
    let before = table.rowCount
    let chosen = try chooser.choose(from: table, progress)
    table = table.take(chosen.rows)
    places = chosen.rows.map { places[$0] }
    var text = "\(before) rows → \(chosen.rows.count)"
    if let note = chosen.note { text += " (\(note))" }
    notes.append(StageNote(step: chooser.words, text: text))
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
      throw EngineError(error, format: "the model")
    }
  }
}
