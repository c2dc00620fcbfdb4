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
  private let scorers: ScorerPool
  private let masks: [InputMask]

  /// Throws where the graph cannot be run.
  public init(name: String, version: String, label: String?, graph: Graph) throws(GraphError) {
    let scorer = try Scorer(graph: graph)
    self.name = name
    self.version = version
    self.label = label
    classes = graph.classes
    inputs = scorer.inputs
    flags = graph.flags.map(\.name)
    scorers = ScorerPool(scorer)
    masks = try InputMask.all(in: graph)
    predictionType = graph.nodes[graph.prediction].columnType
    var recorded = scorer.inputs
    for mask in masks { recorded[mask.input] = Field(recorded[mask.input].name, mask.type) }
    recordedInputs = recorded
  }

  public convenience init(_ model: Model, version: String) throws(GraphError) {
    try self.init(name: model.name, version: version, label: model.label?.name, graph: model.graph)
  }

  public func score(_ rows: [[Cell]]) -> [ScoredRow] {
    scorers.withScorer { scorer in
      var answer = RowScore()
      return rows.map { row in
        scorer.score(row: row, into: &answer)
        let notes = zip(flags, answer.flags).filter { $0.1 }.map { $0.0 }
        return ScoredRow(prediction: answer.prediction, probabilities: answer.probabilities, notes: notes)
      }
    }
  }

  public var masksInputs: Bool { !masks.isEmpty }

  public func recordable(_ row: [Cell]) -> [Cell] {
    var row = row
    let raw = row
    for mask in masks { row[mask.input] = mask.value(raw) }
    return row
  }
}

extension Graph.Node {
  /// The type of the column that it gives; float for one that gives a vector.
  var columnType: ColumnType { if case .column(let type) = output { type } else { .float } }
}
