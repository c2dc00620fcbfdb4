import Plan
import Scoring
import Tables

/// A scoring graph as a served model: by the code that the prompt scores with.
public final class GraphModel: ServedModel {
  public let name: String
  public let version: String
  public let label: String?
  public let classes: [Cell]
  public let inputs: [Field]
  public let predictionType: ColumnType
  public let recordedInputs: [Field]
  private let flags: [String]
  /// For each flag that is a guard its rule; nil for a remark.
  private let guards: [BrokenGuard?]
  private let scorers: ScorerPool
  private let masks: [InputMask]
  /// The places of inputs that are not recorded.
  private let withheld: [Int]
  private let hidesOthers: Bool

  /// Throws where the graph cannot be run. `hidesOthers` keeps what is sent beside the inputs out of the log: the rows that the model
  /// learned from had columns that may not be seen.
  public init(
    name: String, version: String, label: String?, graph: Graph, hidesOthers: Bool = false
  ) throws(GraphError) {
    let scorer = try Scorer(graph: graph)
    self.name = name
    self.version = version
    self.label = label
    classes = graph.classes
    inputs = scorer.inputs
    flags = graph.flags.map(\.name)
    guards = graph.flags.map { flag in
      flag.isGuard ? BrokenGuard(rule: flag.name, columns: graph.origins(of: flag.node)) : nil
    }
    scorers = ScorerPool(scorer)
    let masks = try InputMask.all(in: graph)
    self.masks = masks
    withheld = graph.withheldInputs(masked: Set(masks.map(\.input)))
    self.hidesOthers = hidesOthers
    predictionType = graph.nodes[graph.prediction].columnType
    var recorded = scorer.inputs
    for mask in masks { recorded[mask.input] = Field(recorded[mask.input].name, mask.type) }
    recordedInputs = recorded
  }

  public convenience init(_ model: Model, version: String) throws(GraphError) {
    try self.init(
      name: model.name, version: version, label: model.label?.name, graph: model.graph,
      hidesOthers: model.inputs.areGuarded)
  }

  public func score(_ rows: [[Cell]]) -> [ScoredRow] {
    scorers.withScorer { scorer in
      var answer = RowScore()
      return rows.map { row in
        scorer.score(row: row, into: &answer)
        let marked = answer.flags.indices.filter { answer.flags[$0] }
        let broken = marked.compactMap { guards[$0] }
        if !broken.isEmpty { return ScoredRow(prediction: .missing, broken: broken) }
        return ScoredRow(
          prediction: answer.prediction, probabilities: answer.probabilities, notes: marked.map { flags[$0] })
      }
    }
  }

  public var masksInputs: Bool { hidesOthers || !masks.isEmpty || !withheld.isEmpty }

  public func recordable(_ row: [Cell]) -> [Cell] {
    var row = row
    let raw = row
    for mask in masks { row[mask.input] = mask.value(raw) }
    for input in withheld { row[input] = .missing }
    return row
  }
}

extension Graph {
  /// The places of the raw columns of which nothing is recorded: the restricted ones, and the confidential ones without a mask.
  fileprivate func withheldInputs(masked: Set<Int>) -> [Int] {
    let levels = nodes.compactMap { node -> ColumnLevel? in
      guard case .input = node.op else { return nil }
      return if case .classified(let level)? = node.role { level } else { .public }
    }
    return levels.indices.filter { levels[$0] == .restricted || levels[$0] == .confidential && !masked.contains($0) }
  }
}

extension Graph.Node {
  /// The type of the column that it gives; float for one that gives a vector.
  var columnType: ColumnType { if case .column(let type) = output { type } else { .float } }
}
