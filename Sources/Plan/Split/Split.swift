import Kernels
import Synchronization
import Tables

/// Rows at the cut divided into parts, with the recorded steps still unfitted.
///
/// The parts are lists of rows beside the raw table: dividing copies no cell.
public struct Split: Sendable {
  /// What messages call it.
  public let name: String
  /// All raw rows at the cut, those of no part among them.
  public let raw: Table
  /// The label of the raw rows, as learners take it; nil when none was chosen. A row of a part has one.
  public let encoding: LabelEncoding?
  public let recipe: Recipe
  /// The schema after the recorded steps.
  public let schema: RelationSchema
  /// Rows of `raw`.
  public let train: RowList
  public let valid: RowList
  public let sealed: SealedRows
  /// The folds of the train part that were asked for.
  public let folds: SplitFolds?
  /// By what the parts were drawn.
  public let keys: SplitKeys
  public let seed: UInt64
  private let kept: KeptTraining

  public init(
    name: String, raw: Table, encoding: LabelEncoding?, recipe: Recipe, schema: RelationSchema, train: RowList,
    valid: RowList, sealed: SealedRows, folds: SplitFolds? = nil, keys: SplitKeys = SplitKeys(), seed: UInt64
  ) {
    self.init(
      name: name, raw: raw, encoding: encoding, recipe: recipe, schema: schema, train: train, valid: valid,
      sealed: sealed, folds: folds, keys: keys, seed: seed, kept: KeptTraining(recipe, after: nil))
  }

  private init(
    name: String, raw: Table, encoding: LabelEncoding?, recipe: Recipe, schema: RelationSchema, train: RowList,
    valid: RowList, sealed: SealedRows, folds: SplitFolds?, keys: SplitKeys, seed: UInt64, kept: KeptTraining
  ) {
    self.name = name
    self.raw = raw
    self.encoding = encoding
    self.recipe = recipe
    self.schema = schema
    self.train = train
    self.valid = valid
    self.sealed = sealed
    self.folds = folds
    self.keys = keys
    self.seed = seed
    self.kept = kept
  }

  public var label: LabelSpec? { schema.label }
  /// The label of each raw row.
  public var labels: Column? { encoding?.cells }
  public var foldCount: Int { folds?.count ?? 0 }

  /// Whether it is the very same value.
  public func isSame(as other: Split) -> Bool { kept === other.kept }

  /// The split with one more recorded step. Throws what the step's schema throws.
  public func appending(_ step: Step) throws(EngineError) -> Split {
    let recipe = recipe.appending(step)
    return Split(
      name: name, raw: raw, encoding: encoding, recipe: recipe, schema: try step.result(schema), train: train,
      valid: valid, sealed: sealed, folds: folds, keys: keys, seed: seed, kept: KeptTraining(recipe, after: kept))
  }

  /// The training rows with every recorded step fitted on them and applied: what looks show of a split, and what training starts
  /// from. Computed once and kept; of a step more, only that step is fitted.
  public func trainingRows(_ progress: Progress) throws(EngineError) -> FittedRecipe {
    try kept.fitted(raw, train, progress)
  }
}

/// The fitted training rows of a split, or until they are asked for those of the split that it came from.
private final class KeptTraining: Sendable {
  private struct State {
    var rows: FittedRecipe?
    /// The nearest one before whose rows were fitted; let go once its own are.
    var shorter: KeptTraining?
  }

  private let recipe: Recipe
  private let state: Mutex<State>

  init(_ recipe: Recipe, after shorter: KeptTraining?) {
    self.recipe = recipe
    state = Mutex(State(shorter: shorter?.nearest))
  }

  private var nearest: KeptTraining? { state.withLock { $0.rows == nil ? $0.shorter : self } }
  private var current: FittedRecipe? { state.withLock { $0.rows } }

  func fitted(_ raw: Table, _ train: RowList, _ progress: Progress) throws(EngineError) -> FittedRecipe {
    if let done = current { return done }
    let made: FittedRecipe
    if let shorter = nearest, let before = shorter.current {
      made = try recipe.fit(after: before, of: shorter.recipe, choosing: .afterSplit, progress)
    } else {
      made = try recipe.fit(on: raw, rows: train, choosing: .afterSplit, progress)
    }
    state.withLock { $0 = State(rows: made) }
    return made
  }
}

/// The rows of the test part. They can be counted by anyone; to read them is to open them, which is counted.
public struct SealedRows: Sendable {
  private let rows: RowList
  /// Tells one test part from another in the ledger: made of the rows and the data they come from.
  public let mark: UInt64

  public init(_ rows: RowList, mark: UInt64) {
    self.rows = rows
    self.mark = mark
  }

  public var count: Int { rows.count }

  /// The rows, with how often they have been opened, this time included.
  public func open(_ ledger: OpeningLedger) -> (rows: RowList, openings: Int) { (rows, ledger.record(mark)) }
}
