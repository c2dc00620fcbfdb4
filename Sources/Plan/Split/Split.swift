import Kernels
import Tables

/// Rows at the cut divided into parts, with the recorded steps still unfitted.
public struct Split: Sendable {
  /// What messages call it.
  public let name: String
  /// Raw columns of every chosen row, whose label is known, of all parts.
  public let raw: Table
  /// The label of each of these rows; nil when none was chosen.
  public let labels: Column?
  public let recipe: Recipe
  /// The schema after the recorded steps.
  public let schema: RelationSchema
  /// Places in `raw`.
  public let train: [Int]
  public let valid: [Int]
  public let sealed: SealedRows
  /// The fold 0 ..< foldCount of each row of `train`; empty when no folds were asked for.
  public let folds: [Int]
  public let foldCount: Int
  /// Whether a fold may be judged only by what was learned from earlier ones.
  public let foldsAreOrdered: Bool
  /// Group of each row of `raw`, when the parts were drawn by groups: folds keep them together too.
  public let groups: [Int32]?
  public let seed: UInt64

  public init(
    name: String, raw: Table, labels: Column?, recipe: Recipe, schema: RelationSchema, train: [Int], valid: [Int],
    sealed: SealedRows, folds: [Int] = [], foldCount: Int = 0, foldsAreOrdered: Bool = false,
    groups: [Int32]? = nil, seed: UInt64
  ) {
    self.name = name
    self.raw = raw
    self.labels = labels
    self.recipe = recipe
    self.schema = schema
    self.train = train
    self.valid = valid
    self.sealed = sealed
    self.folds = folds
    self.foldCount = foldCount
    self.foldsAreOrdered = foldsAreOrdered
    self.groups = groups
    self.seed = seed
  }

  public var label: LabelSpec? { schema.label }

  /// The split with one more recorded step. Throws what the step's schema throws.
  public func appending(_ step: Step) throws(EngineError) -> Split {
    Split(
      name: name, raw: raw, labels: labels, recipe: recipe.appending(step), schema: try step.result(schema),
      train: train, valid: valid, sealed: sealed, folds: folds, foldCount: foldCount, foldsAreOrdered: foldsAreOrdered,
      groups: groups, seed: seed)
  }

  /// The training rows with every recorded step fitted on them and applied: what looks show of a split.
  public func trainingRows(_ progress: Progress) throws(EngineError) -> FittedRecipe {
    try recipe.fit(on: raw.take(train), choosing: .afterSplit, progress)
  }
}

/// The rows of the test part. They can be counted by anyone; to read them is to open them, which is counted.
public struct SealedRows: Sendable {
  private let rows: [Int]
  /// Tells one test part from another in the ledger: made of the rows and the data they come from.
  public let mark: UInt64

  public init(_ rows: [Int], mark: UInt64) {
    self.rows = rows
    self.mark = mark
  }

  public var count: Int { rows.count }

  /// The rows, with how often they have been opened, this time included.
  public func open(_ ledger: OpeningLedger) -> (rows: [Int], openings: Int) { (rows, ledger.record(mark)) }
}
