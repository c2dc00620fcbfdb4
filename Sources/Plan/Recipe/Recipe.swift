import Expressions
import Kernels
import Scoring
import Tables

/// The steps recorded after the cut, unfitted. Fitting them on the rows of a part is the only fitting there is: the prompt, each
/// fold and the final model do it alike.
public struct Recipe: Sendable {
  public private(set) var steps: [Step]
  /// How many steps stood before `split`; nil before there is one.
  public private(set) var splitAt: Int?

  public init(steps: [Step] = [], splitAt: Int? = nil) {
    self.steps = steps
    self.splitAt = splitAt
  }

  public func appending(_ step: Step) -> Recipe { appending([step]) }

  public func appending(_ more: [Step]) -> Recipe { Recipe(steps: steps + more, splitAt: splitAt) }

  /// The same steps with the split drawn here.
  public func splitting() -> Recipe { Recipe(steps: steps, splitAt: steps.count) }

  /// The steps in force, for a model's record.
  public var told: [StepWords] { steps.map(\.told) }

  /// Runs the steps on rows of the raw table at the cut.
  ///
  /// Steps that choose rows are applied when `choosing` says so; each fitted step is fitted on the rows that reach it.
  /// Throws what a step throws.
  public func fit(
    on raw: Table, rows: RowList, choosing: RowChoice, _ progress: Progress
  ) throws(EngineError) -> FittedRecipe {
    try go(on: RecipeRun(raw: raw, rows: rows, steps: steps), from: 0, choosing, progress)
  }

  /// Goes on where a shorter recipe's fit ended, whose steps these begin with.
  public func fit(
    after fitted: FittedRecipe, of shorter: Recipe, choosing: RowChoice, _ progress: Progress
  ) throws(EngineError) -> FittedRecipe {
    try go(on: fitted.run, from: shorter.steps.count, choosing, progress)
  }

  private func go(
    on start: RecipeRun, from first: Int, _ choosing: RowChoice, _ progress: Progress
  ) throws(EngineError) -> FittedRecipe {
    var run = start
    for (place, step) in steps.enumerated().dropFirst(first) {
      try EngineError.checking { () throws(Cancelled) in
        try progress.checkpoint(Double(place) / Double(steps.count), step.words)
      }
      try run.apply(step, at: place, choosing: choosing.includes(place, splitAt: splitAt), progress)
    }
    return run.result
  }

  /// The rows that the steps before the split choose and the label of each, from unfitted columns alone.
  ///
  /// Steps with statistics are passed over with the columns that come of them: a stage that chooses rows or makes the label may
  /// not read those (`fitted-too-early`), so the parts are drawn without having seen any row's statistics.
  public func chooseRows(from raw: Table, _ progress: Progress) throws(EngineError) -> FittedRecipe {
    let unfitted = Recipe(steps: withoutStatistics)
    return try unfitted.fit(on: raw, rows: RowList(0..<raw.rowCount), choosing: .all, progress)
  }

  /// The steps without those that have statistics, and without what they do to columns that come of these: such columns are dropped.
  public var withoutStatistics: [Step] {
    var kept: [Step] = []
    var unfit: Set<String> = []
    for step in steps {
      switch step {
      case .feature(let feature) where feature.isFitted || feature.reads.contains(where: unfit.contains):
        var hidden = Set(feature.writes)
        for part in feature.withoutStatistics where !part.reads.contains(where: unfit.contains) {
          kept.append(.feature(part))
          unfit.subtract(part.writes)
          hidden.subtract(part.writes)
        }
        unfit.formUnion(hidden)
        kept.append(.drop(feature.writes.filter(hidden.contains)))
      case .feature(let feature):
        unfit.subtract(feature.writes)
        kept.append(step)
      case .rename(let pairs):
        for pair in pairs where unfit.remove(pair.old) != nil { unfit.insert(pair.new) }
        kept.append(.rename(pairs.filter { !unfit.contains($0.new) }))
      case .select(let names): kept.append(.select(names.filter { !unfit.contains($0) }))
      case .drop(let names): kept.append(.drop(names.filter { !unfit.contains($0) }))
      case .choose, .label: kept.append(step)
      }
    }
    return kept
  }
}

/// Which of the steps that choose rows are applied when a recipe is fitted.
public enum RowChoice: Sendable {
  /// All: the rows at hand, as the prompt shows them.
  case all
  /// Those after the split: the rows before it were chosen when the parts were drawn.
  case afterSplit
  /// None: rows that are to be looked at as they are.
  case none

  func includes(_ place: Int, splitAt: Int?) -> Bool {
    switch self {
    case .all: true
    case .afterSplit: place >= (splitAt ?? 0)
    case .none: false
    }
  }
}

/// A recipe whose statistics are settled: the columns as they came out, and the graph that makes the same ones of any raw row.
public struct FittedRecipe: Sendable {
  /// The columns after the last step, in order.
  public let names: [String]
  private let columns: [String: RecipeColumn]
  /// For each row that is left its place in the raw table.
  public let places: RowList
  /// The lowering of every step, with the port each column's name stands for.
  public let scope: LoweringScope
  public let notes: [StageNote]
  public let label: LabelSpec?
  /// Where a longer recipe goes on.
  let run: RecipeRun

  init(
    names: [String], columns: [String: RecipeColumn], places: RowList, scope: LoweringScope, notes: [StageNote],
    label: LabelSpec?, run: RecipeRun
  ) {
    self.names = names
    self.columns = columns
    self.places = places
    self.scope = scope
    self.notes = notes
    self.label = label
    self.run = run
  }

  public var rowCount: Int { places.count }

  /// A column of the rows that are left.
  public subscript(_ name: String) -> RecipeColumn? { columns[name] }

  /// About how many bytes `table` takes beside what is there.
  public var tableByteCount: Int {
    names.compactMap { columns[$0] }.reduce(0) { sum, column in
      let cells = column.statistics.column
      if column.rows.isWhole(of: cells.count) { return sum }
      return sum + Int(Double(cells.byteCount) / Double(max(1, cells.count)) * Double(column.rows.count))
    }
  }

  /// The rows that are left as a table of their own; columns that no step chose from or changed are the raw table's. O(cells).
  public var table: Table {
    let found = names.compactMap { columns[$0] }
    return Table(
      names: names, statistics: parallelMap(found.count) { RecipeRun.aligned(found[$0]) }, rowCount: rowCount)
  }
}
