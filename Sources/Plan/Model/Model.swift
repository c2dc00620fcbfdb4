import Kernels
import Scoring
import Tables

/// What a model answers.
public enum LearningTask: String, Sendable, Hashable, CaseIterable {
  case binary, multiclass, regression
}

extension Set<LearningTask> {
  /// Two classes or more.
  public static let classification: Set<LearningTask> = [.binary, .multiclass]
}

/// The label a model was trained for. Of two classes the second is the positive one.
public struct ModelLabel: Sendable, Hashable {
  public let name: String
  public let task: LearningTask
  /// In the order of the probabilities; empty for a regression.
  public let classes: [Cell]

  public init(name: String, task: LearningTask, classes: [Cell]) {
    self.name = name
    self.task = task
    self.classes = classes
  }

  public var positive: Cell? { task == .binary ? classes.last : nil }
}

/// A figure of a model's board: an algorithm that was tried, with its score.
public struct BoardEntry: Sendable, Equatable {
  public let algorithm: String
  /// The hyperparameters that were written or drawn, as in a script.
  public let options: String
  /// The metric's mean over the folds or on the valid part; nil when it failed.
  public let score: Double?
  /// Standard error over folds, where there are folds.
  public let spread: Double?
  /// Why it failed.
  public let failure: CandidateFailure.Reason?

  public init(
    algorithm: String, options: String, score: Double?, spread: Double?, failure: CandidateFailure.Reason? = nil
  ) {
    self.algorithm = algorithm
    self.options = options
    self.score = score
    self.spread = spread
    self.failure = failure
  }
}

/// A codified objective: a figure that has to be on one side of a bound.
public struct Requirement: Sendable, Hashable {
  public let metric: String
  /// `>=`, `>`, `<=` or `<`.
  public let comparison: String
  public let bound: Double

  public init(metric: String, comparison: String, bound: Double) {
    self.metric = metric
    self.comparison = comparison
    self.bound = bound
  }

  public var words: String { "\(metric) \(comparison) \(Int64(exactly: bound).map { "\($0)" } ?? "\(bound)")" }

  /// Whether a figure meets it; a figure that is not defined does not.
  public func holds(_ value: Double?) -> Bool {
    guard let value else { return false }
    switch comparison {
    case ">=": return value >= bound
    case ">": return value > bound
    case "<=": return value <= bound
    case "<": return value < bound
    default: return false
    }
  }
}

/// A trained model: the scoring graph from raw columns, and what is known of how it came about.
public struct Model: Sendable {
  public let name: String
  public let graph: Graph
  public let scorer: Scorer
  /// What it answers; nil for one that learned from features alone.
  public let label: ModelLabel?
  public let algorithm: String
  /// Every option in force, in the order of the learner's description.
  public let options: [(name: String, value: String)]
  /// The recorded steps and those that training added, as written.
  public let steps: [String]
  /// What the model has to know of what is given to it.
  public let inputs: ModelInputs
  public let notes: [ModelNote]
  public let trainRows: Int
  /// The candidates, best first; empty when there was only one.
  public let board: [BoardEntry]
  /// The metric that ranked the board.
  public let boardMetric: String?
  /// Which rows the board is of, with more figures; nil without a board, or where a package did not keep it.
  public let boardFigures: BoardFigures?
  /// The parts it was trained from; nil for a model that came from a package.
  public let split: Split?
  /// Trains the same again on other rows; nil for a model that came from a package.
  public let trainer: (any Trainer)?
  /// Tells one training from another.
  private let fit = Fit()
  /// What `require` asked of it, for `test` to ask again of the sealed part.
  public private(set) var requirements: [Requirement] = []
  /// What the last test on the sealed part asked, met or not; nil before there was one.
  public private(set) var acceptance: [Requirement]?
  /// How often the sealed part was opened in this run.
  public private(set) var openings = 0
  /// What it scored when it was judged, by part: `valid`, `out of fold`, `test`.
  public private(set) var figures: [(part: String, metric: String, value: Double)] = []

  private final class Fit: Sendable {}

  /// Whether both come from one training, whatever is on the record of each.
  public func isSameFit(as other: Model) -> Bool { fit === other.fit }

  /// The label, for what cannot do without one. Throws `noLabel`.
  public func requiredLabel() throws(EngineError) -> ModelLabel {
    guard let label else { throw EngineError(.label(.ofNoModel(name))) }
    return label
  }

  /// The same model with more required of it.
  public func requiring(_ more: [Requirement]) -> Model {
    var copy = self
    copy.requirements += more.filter { !requirements.contains($0) }
    return copy
  }

  /// The same model after a test on the sealed part that asked this.
  public func tested(for conditions: [Requirement]) -> Model {
    var copy = self
    copy.acceptance = conditions
    return copy
  }

  /// The same model with figures of a part on its record, in place of earlier ones of that part.
  public func recording(_ values: [(metric: String, value: Double)], part: String, openings: Int? = nil) -> Model {
    var copy = self
    copy.figures.removeAll { $0.part == part }
    copy.figures += values.map { (part, $0.metric, $0.value) }
    copy.openings = openings ?? self.openings
    return copy
  }

  public init(
    name: String, graph: Graph, scorer: Scorer, label: ModelLabel?, algorithm: String,
    options: [(name: String, value: String)], steps: [String], notes: [ModelNote], trainRows: Int,
    board: [BoardEntry] = [], boardMetric: String? = nil, boardFigures: BoardFigures? = nil, inputs: ModelInputs? = nil,
    split: Split? = nil, trainer: (any Trainer)? = nil
  ) {
    self.name = name
    self.graph = graph
    self.scorer = scorer
    self.label = label
    self.algorithm = algorithm
    self.options = options
    self.steps = steps
    self.inputs = inputs ?? ModelInputs(graph.inputs, trainedFrom: split)
    self.notes = notes
    self.trainRows = trainRows
    self.board = board
    self.boardMetric = boardMetric
    self.boardFigures = boardFigures
    self.split = split
    self.trainer = trainer
  }
}

/// What can train a model's like again, so that rows can be judged by a model that has not seen them.
public protocol Trainer: Sendable {
  /// Each training row scored by a model of the folds that leave it out. Computed once and kept.
  func outOfFold(_ split: Split, _ progress: Progress) throws(EngineError) -> ScoredRows
}

/// Rows with their true label and a model's answer.
public struct ScoredRows: Sendable {
  /// Places in the split's raw rows, or in the table that was scored.
  public let rows: RowList
  /// The fold that each was scored in; empty when there were none.
  public let folds: [Int32]
  public let labels: Column
  public let prediction: Column
  /// A probability per class; nil for a regression.
  public let probabilities: VectorCells?

  public init(rows: RowList, folds: [Int32] = [], labels: Column, prediction: Column, probabilities: VectorCells?) {
    self.rows = rows
    self.folds = folds
    self.labels = labels
    self.prediction = prediction
    self.probabilities = probabilities
  }
}
