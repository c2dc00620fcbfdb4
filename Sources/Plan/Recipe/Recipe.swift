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

  public func appending(_ step: Step) -> Recipe { Recipe(steps: steps + [step], splitAt: splitAt) }

  /// The same steps with the split drawn here.
  public func splitting() -> Recipe { Recipe(steps: steps, splitAt: steps.count) }

  /// The words of the steps in force, for `plan` and a model's record.
  public var words: [String] { steps.map(\.words) }

  /// Runs the steps on raw rows at the cut.
  ///
  /// Steps that choose rows are applied when `choosing` says so; each fitted step is fitted on the rows that reach it.
  /// Throws what a step throws.
  public func fit(on raw: Table, choosing: RowChoice, _ progress: Progress) throws(EngineError) -> FittedRecipe {
    var run = RecipeRun(raw: raw, steps: steps)
    for (place, step) in steps.enumerated() {
      try EngineError.checking { () throws(Cancelled) in
        try progress.checkpoint(Double(place) / Double(steps.count), step.words)
      }
      try run.apply(step, choosing: choosing.includes(place, splitAt: splitAt), progress)
    }
    return run.result
  }

  /// The rows that the steps before the split choose and the label of each, from unfitted columns alone.
  ///
  /// Steps with statistics are passed over with the columns that come of them: a stage that chooses rows or makes the label may
  /// not read those (`fitted-too-early`), so the parts are drawn without having seen any row's statistics.
  public func chooseRows(from raw: Table, _ progress: Progress) throws(EngineError) -> FittedRecipe {
    var run = RecipeRun(raw: raw, steps: steps)
    var unfit: Set<String> = []
    for step in steps {
      switch step {
      case .feature(let feature) where feature.isFitted || feature.reads.contains(where: unfit.contains):
        unfit.formUnion(feature.writes)
        run.hide(feature.writes)
      case .feature(let feature):
        unfit.subtract(feature.writes)
        try run.apply(step, choosing: true, progress)
      case .rename(let pairs):
        for pair in pairs where unfit.remove(pair.old) != nil { unfit.insert(pair.new) }
        try run.apply(.rename(pairs.filter { !unfit.contains($0.new) }), choosing: true, progress)
      case .select(let names):
        try run.apply(.select(names.filter { !unfit.contains($0) }), choosing: true, progress)
      case .drop(let names):
        try run.apply(.drop(names.filter { !unfit.contains($0) }), choosing: true, progress)
      case .choose, .label:
        try run.apply(step, choosing: true, progress)
      }
    }
    return run.result
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

/// A recipe whose statistics are settled: the rows as they came out, and the graph that makes the same columns of any raw row.
public struct FittedRecipe: Sendable {
  /// The rows after the last step.
  public let rows: Table
  /// For each of them its place in the raw rows.
  public let places: [Int]
  /// The lowering of every step, with the port each column's name stands for.
  public let scope: LoweringScope
  public let notes: [StageNote]
  public let label: LabelSpec?
}

/// One line about a stage that ran, kept with the stage's words.
public struct StageNote: Sendable, Hashable {
  public let step: String
  public let text: String

  public init(step: String, text: String) {
    self.step = step
    self.text = text
  }
}
