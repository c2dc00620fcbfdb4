import Descriptions
import Diagnostics
import Display
import Explanation
import Interpreter
import Kernels
import Metrics
import Plan
import Tables

/// `explain`
enum ExplainVerb: Verb {
  static let metric = Parameter<String>(
    "metric", "The metric whose fall is measured", otherwise: "log_loss for classes, rmse for numbers",
    .oneOf(MetricCatalog.all.map { $0.description.name }))
  static let repeats = Parameter<Int>("repeats", "How often each column is shuffled", default: 5, .within(1, 1000))
  static let seed = Parameter<Int>("seed", "Shuffles the same again", otherwise: "the session's seed", .atLeast(0))

  static let description = Description(
    name: "explain", summary: "Show which inputs a model relies on", group: "Judge", signature: "Model → look",
    details: [
      "Permutation importance: how much worse the metric gets when one raw column is shuffled, on the valid part, or on the training rows when there is none (the model knows those, so importances come out larger)."
    ],
    parameters: [metric, repeats, seed],
    examples: [
      Example(
        "importances",
        "load penguins\nlabel species\nsplit valid: 0.3, test: 0.2, seed: 7\ntrain tree\nexplain metric: accuracy")
    ],
    otherNames: ["importance", "permutation_importance", "feature_importance"],
    otherOptions: SeedWords.otherOptions,
    references: ["Breiman, Random Forests, Machine Learning 45 (2001)"])
  static let subjects: Set<SubjectKind> = [.model]

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard case .model(let model) = subject, call.split(of: model, &sink) != nil else { return nil }
    let options = call.options
    return PlannedStage(
      result: .look(LookType(kind: "explanation", figures: nil, subject: subject)), words: call.wordsInFull(description)
    ) { value, context throws(EngineError) in
      guard case .model(let model)? = value else { throw EngineError(.subject(.wrong(.model))) }
      return try explain(model, options, context)
    }
  }

  private static func explain(_ model: Model, _ options: Options, _ context: RunContext) throws(EngineError) -> Outcome
  {
    let label = try model.requiredLabel()
    guard let split = model.split, let labels = split.labels else {
      throw EngineError(.rows(.noneOfModel(model.name)))
    }
    let rows = split.valid.isEmpty ? split.train : split.valid
    let metric = options[metric].flatMap(MetricCatalog.named) ?? MetricCatalog.standard(for: label.task)
    let importance = try PermutationImportance(
      model, raw: split.raw.take(rows), labels: labels.take(rows), metric: metric, repeats: options[repeats] ?? 5,
      seed: options[seed].map { UInt64($0) } ?? context.seed, context.progress)
    let part = split.valid.isEmpty ? "the training rows" : "the valid part"
    let cells: [[Cell]] = importance.entries.map { [.text($0.column), .float($0.importance), .float($0.spread)] }
    let table = DisplayTable(
      ["column", "importance", "±"], rows: cells,
      title: "fall of \(metric.description.name) when a column is shuffled, on \(part)")
    let look = Look(
      kind: "explanation", subject: .model(model), display: .table(table),
      figures: importance.entries.map { Look.Figure($0.column, .cell(.float($0.importance))) })
    return Outcome(.look(look), [.table(table)])
  }
}
