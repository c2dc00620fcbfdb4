import Plan
import Scoring

extension PackageFile {
  /// A model with what only the caller knows of it: measured metrics, openings of the test part, importances, summaries; and the
  /// words for its notes and for why each candidate of its board failed, as a package keeps them.
  public init(
    _ model: Model, madeBy: String, notes: [String], failures: [String?], metrics: [Metric] = [], testOpenings: Int = 0,
    importances: [Importance]? = nil, inputSummaries: [InputSummary]? = nil
  ) {
    var sizes = [PartSize(part: "train", rows: model.trainRows)]
    if let split = model.split, !split.valid.isEmpty { sizes.append(PartSize(part: "valid", rows: split.valid.count)) }
    if let split = model.split, split.sealed.count > 0 {
      sizes.append(PartSize(part: "test", rows: split.sealed.count))
    }
    self.init(
      name: model.name, graph: model.graph, labelName: model.label?.name, task: model.label?.task,
      algorithm: model.algorithm, options: model.options.map { Option(name: $0.name, value: $0.value) },
      steps: model.steps, notes: notes, partSizes: sizes, metrics: metrics,
      board: zip(model.board, failures).map(Candidate.init),
      boardMetric: model.boardMetric, boardFigures: model.boardFigures, testOpenings: testOpenings, madeBy: madeBy,
      modelInputs: model.inputs.steps == nil ? nil : model.inputs, importances: importances,
      inputSummaries: inputSummaries)
  }

  /// The model, ready to score; it has no split and cannot be trained again. Throws where an expression does not compile: a pattern
  /// that is none, a unit that is not known.
  public func model() throws(GraphError) -> Model {
    var model = Model(
      name: name, graph: graph, scorer: try Scorer(graph: graph), label: label, algorithm: algorithm,
      options: options.map { (name: $0.name, value: $0.value) }, steps: steps, notes: notes.map(ModelNote.kept),
      trainRows: partSizes.first { $0.part == "train" }?.rows ?? 0, board: board.map(\.entry), boardMetric: boardMetric,
      boardFigures: boardFigures, inputs: modelInputs)
    var parts: [String] = []
    for metric in metrics where !parts.contains(metric.part) { parts.append(metric.part) }
    for part in parts {
      // A figure of each fold has no place in a model's record.
      let figures = metrics.filter { $0.part == part && $0.values.count == 1 }.map { ($0.name, $0.values[0]) }
      model = model.recording(figures, part: part)
    }
    return model.recording([], part: "", openings: testOpenings)
  }
}

extension PackageFile.Candidate {
  fileprivate init(_ entry: BoardEntry, failure: String?) {
    self.init(
      algorithm: entry.algorithm, options: entry.options, score: entry.score, spread: entry.spread, failure: failure)
  }

  fileprivate var entry: BoardEntry {
    BoardEntry(
      algorithm: algorithm, options: options, score: score, spread: spread,
      failure: failure.map(CandidateFailure.Reason.kept))
  }
}
