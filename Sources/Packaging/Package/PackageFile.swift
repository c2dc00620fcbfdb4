import Plan
import Scoring
import Tables

/// What a `.mlpkg` file holds: the scoring graph from raw columns and what is known of how the model came about. Data only.
public struct PackageFile: Sendable, Equatable {
  /// An option in force at training, as in a script.
  public struct Option: Sendable, Hashable {
    public let name: String
    public let value: String

    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// How many rows a part had: `train`, `valid`, `test`.
  public struct PartSize: Sendable, Hashable {
    public let part: String
    public let rows: Int

    public init(part: String, rows: Int) {
      self.part = part
      self.rows = rows
    }
  }

  /// A metric as it was measured: one value for a part, or one for each fold.
  public struct Metric: Sendable, Hashable {
    public let name: String
    public let part: String
    public let values: [Double]

    public init(name: String, part: String, values: [Double]) {
      self.name = name
      self.part = part
      self.values = values
    }
  }

  /// A candidate of the search that the model came from.
  public struct Candidate: Sendable, Hashable {
    public let algorithm: String
    public let options: String
    public let score: Double?
    public let spread: Double?
    /// Why it failed, in words.
    public let failure: String?

    public init(algorithm: String, options: String, score: Double?, spread: Double?, failure: String? = nil) {
      self.algorithm = algorithm
      self.options = options
      self.score = score
      self.spread = spread
      self.failure = failure
    }
  }

  /// How much the answer depends on a raw column.
  public struct Importance: Sendable, Hashable {
    public let column: String
    public let value: Double

    public init(column: String, value: Double) {
      self.column = column
      self.value = value
    }
  }

  public var name: String
  public var graph: Graph
  /// nil for a model without a label, and so is its task.
  public var labelName: String?
  public var task: LearningTask?
  public var algorithm: String
  /// Every option in force, in the order of the learner's description.
  public var options: [Option]
  /// The recorded steps and those that training added, as written.
  public var steps: [String]
  public var notes: [String]
  public var partSizes: [PartSize]
  public var metrics: [Metric]
  /// The candidates, best first; empty when there was only one.
  public var board: [Candidate]
  public var boardMetric: String?
  /// Which rows the board is of, with more figures of its candidates.
  public var boardFigures: BoardFigures?
  /// How often the test part had been opened when the package was written.
  public var testOpenings: Int
  /// The version of mlp that trained the model.
  public var madeBy: String
  /// How the raw columns are read, and which steps the model contains; nil in packages from before this was kept.
  public var modelInputs: ModelInputs?
  public var importances: [Importance]?
  /// What the training rows looked like, column by column, for monitoring to compare with.
  public var inputSummaries: [InputSummary]?

  public init(
    name: String, graph: Graph, labelName: String?, task: LearningTask?, algorithm: String, options: [Option] = [],
    steps: [String] = [], notes: [String] = [], partSizes: [PartSize] = [], metrics: [Metric] = [],
    board: [Candidate] = [], boardMetric: String? = nil, boardFigures: BoardFigures? = nil, testOpenings: Int = 0,
    madeBy: String, modelInputs: ModelInputs? = nil, importances: [Importance]? = nil,
    inputSummaries: [InputSummary]? = nil
  ) {
    self.name = name
    self.graph = graph
    self.labelName = labelName
    self.task = task
    self.algorithm = algorithm
    self.options = options
    self.steps = steps
    self.notes = notes
    self.partSizes = partSizes
    self.metrics = metrics
    self.board = board
    self.boardMetric = boardMetric
    self.boardFigures = boardFigures
    self.testOpenings = testOpenings
    self.madeBy = madeBy
    self.modelInputs = modelInputs
    self.importances = importances
    self.inputSummaries = inputSummaries
  }

  /// The names and types of the raw columns, in the order of the graph's inputs.
  public var inputs: [Field] { graph.inputs }

  public var label: ModelLabel? {
    guard let labelName, let task else { return nil }
    return ModelLabel(name: labelName, task: task, classes: graph.classes)
  }

  /// The class that is asked after, of two.
  public var positive: Cell? { label?.positive }
}

/// What one raw column held in the training rows.
public struct InputSummary: Sendable, Hashable {
  public enum Shape: Sendable, Hashable {
    /// `counts[i]` values were at most `edges[i]` (and above the edge before); the last count is of those above all edges.
    case numbers(edges: [Double], counts: [Int])
    /// How many times each word stood there, and all words that are not listed.
    case categories(words: [String], counts: [Int], others: Int)
  }

  public let column: String
  public let rows: Int
  public let missing: Int
  public let shape: Shape

  public init(column: String, rows: Int, missing: Int, shape: Shape) {
    self.column = column
    self.rows = rows
    self.missing = missing
    self.shape = shape
  }
}
