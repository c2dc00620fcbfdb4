import Descriptions
import Diagnostics
import Display
import Explanation
import Interpreter
import Kernels
import Metrics
import Notation
import Plan
import Tables

/// `explain`
enum ExplainVerb: Verb {
  static let metric = Parameter<String>(
    "metric", "The metric whose fall is measured", otherwise: "log_loss for classes, rmse for numbers",
    .oneOf(MetricCatalog.all.map { $0.description.name }))
  static let repeats = Parameter<Int>("repeats", "How often each column is shuffled", default: 5, .within(1, 1000))
  static let seed = Parameter<Int>("seed", "Shuffles the same again", otherwise: "the session's seed", .atLeast(0))
  static let narrate = Parameter<Bool>("narrate", "Whether sentences say the same in words", default: false)

  static let description = Description(
    name: "explain", summary: "Show which inputs a model relies on", group: "Judge", signature: "Model → look",
    details: [
      "Permutation importance: how much worse the metric gets when one raw column is shuffled, on the valid part, or on the training rows when there is none (the model knows those, so importances come out larger).",
      "Of `linear`, `ridge` and `logistic` the coefficients are shown too, with the largest first: in the unit of the input, per standard deviation where training scaled it, and of two classes as the ratio by which a step of 1 multiplies the odds. Of `tree` its first rules are shown, with the training rows that come to each; `plot tree` shows more of them.",
      "`narrate` adds what follows from the same values in words: the inputs that matter most and in which direction, what a tree asks first, and how far the answers are from those that need no model.",
    ],
    parameters: [metric, repeats, seed, narrate],
    examples: [
      Example(
        "importances",
        "load penguins\nlabel species\nsplit valid: 0.3, test: 0.2, seed: 7\ntrain tree\nexplain metric: accuracy"),
      Example(
        "in words",
        "load titanic\nlabel survived\nsplit valid: 0.3, test: 0.2, seed: 7\ndrop name\ntrain logistic\nexplain narrate: true"
      ),
    ],
    otherNames: ["importance", "permutation_importance", "feature_importance", "coef"],
    otherOptions: SeedWords.otherOptions,
    references: ["Breiman, Random Forests, Machine Learning 45 (2001)"])
  static let subjects: Set<SubjectKind> = [.model]

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard case .model(let model) = subject, call.split(of: model, &sink) != nil, measures(call, model, &sink) else {
      return nil
    }
    let options = call.options
    return PlannedStage(
      result: .look(LookType(kind: "explanation", figures: nil, subject: subject)), words: call.wordsInFull(description)
    ) { value, context throws(EngineError) in
      guard case .model(let model)? = value else { throw EngineError(.subject(.wrong(.model))) }
      return try explain(model, options, context)
    }
  }

  /// Whether the metric is one of labels as the model's, as far as that is known; reports where it is not.
  private static func measures(_ call: VerbCall, _ model: ModelType, _ sink: inout DiagnosticSink) -> Bool {
    guard let asked = call.options[metric].flatMap(MetricCatalog.named), let isNumber = model.isOfNumber else {
      return true
    }
    let tasks: [LearningTask] = isNumber ? [.regression] : model.task.map { [$0] } ?? [.binary, .multiclass]
    if tasks.contains(where: asked.tasks.contains) { return true }
    let fitting = MetricCatalog.all.filter { one in tasks.contains(where: one.tasks.contains) }
    sink.report(
      .badOption, "'\(asked.description.name)' is not for \(isNumber ? "numbers" : "classes")",
      at: call.optionRanges[metric.name] ?? call.range,
      help: ["figures: \(NameList.of(fitting.map { $0.description.name }, most: 24))"])
    return false
  }

  /// Rules below each other that are shown of a tree.
  private static let levels = 3

  private static func explain(_ model: Model, _ options: Options, _ context: RunContext) throws(EngineError) -> Outcome
  {
    let importances = try Importances(
      model, context, metric: options[metric].flatMap(MetricCatalog.named), repeats: options[repeats] ?? 5,
      seed: options[seed])
    let reading = try ReadableModel(model, context.progress)
    var displays = [importances.table]
    switch reading {
    case .coefficients(let coefficients): displays.append(coefficients.table)
    case .tree(let tree): displays.append(.tree(tree.display(levels: levels)))
    case .answersOnly: break
    }
    if options[narrate] == true {
      displays.append(.text(try Narration(model, importances, reading, context.progress).text))
    }
    let look = Look(
      kind: "explanation", subject: .model(model), display: .group(displays),
      figures: importances.measured.entries.map { Look.Figure($0.column, .cell(.float($0.importance))) })
    return Outcome(.look(look), displays)
  }
}

/// What of a model can be read.
enum ReadableModel {
  case coefficients(CoefficientsDisplay)
  case tree(TreeReading)
  case answersOnly

  init(_ model: Model, _ progress: Progress) throws(EngineError) {
    if Coefficients(model.graph) != nil {
      self = .coefficients(try CoefficientsDisplay(model))
    } else if FittedTree(model.graph) != nil {
      self = .tree(try TreeReading(model, progress))
    } else {
      self = .answersOnly
    }
  }
}
