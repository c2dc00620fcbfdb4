import Descriptions
import Diagnostics
import Display
import Interpreter
import Language
import Learners
import Metrics
import Notation
import Plan
import Tables
import Training

/// `train boost, depth: 3..8, trials: 40`
enum TrainVerb: Verb {
  static let trials = Parameter<Int>(
    "trials", "How many settings to try of each algorithm with something to tune", default: 20, .within(1, 100_000))
  static let search = Parameter<SearchMethod>("search", "How settings are chosen", default: .random)
  static let folds = Parameter<Int>(
    "folds", "Folds to choose by, when there is no valid part", default: 5, .within(2, 100))
  static let minimize = Parameter<String>(
    "minimize", "The metric that chooses, smaller better", otherwise: "log_loss for classes, rmse for numbers",
    .oneOf(MetricCatalog.all.filter { $0.direction == .lower }.map { $0.description.name }))
  static let maximize = Parameter<String>(
    "maximize", "The metric that chooses, larger better", otherwise: "see minimize",
    .oneOf(MetricCatalog.all.filter { $0.direction == .higher }.map { $0.description.name }))
  static let seed = Parameter<Int>("seed", "Trains the same again", otherwise: "the session's seed", .atLeast(0))

  static let description = Description(
    name: "train", summary: "Learn the label from the features", group: "Train",
    signature: "Split → Model · Model → Model",
    details: [
      "A list of algorithms is ranked on a board and the best is kept; a hyperparameter given as a range or a list is tuned. Both are judged on the valid part, or on folds of the training part when there is none: a board has the means over the folds.",
      "At the prompt Ctrl-C ends a search and keeps the best of the trials so far; the model's record says after how many.",
      "One algorithm alone is shown with figures of the valid part, else of the training rows, which flatter it: it has learned from them.",
      "The recorded steps are fitted on the training part, in each fold anew. `train` adds the encode, impute and scale steps that the algorithm needs and says so.",
    ],
    positionals: [Positional("algorithm", .algorithm, "an algorithm or a list of them", minimum: 1, maximum: nil)],
    parameters: [trials, search, folds, minimize, maximize, seed],
    examples: [
      Example(
        "one algorithm", "load titanic\nlabel survived\nsplit test: 0.2, seed: 7\ndrop name\ntrain logistic\neval"),
      Example(
        "a board", "load iris\nlabel species\nsplit test: 0.2, seed: 7\ntrain [dummy, logistic, tree]"),
      Example(
        "tuned",
        "load wine\nlabel cultivar\nsplit test: 0.2, seed: 7\ntrain tree, depth: 2..5, trials: 4, minimize: log_loss"),
    ],
    otherNames: ["fit", "learn"],
    otherOptions: ["n_iter": "trials", "cv": "folds", "nfold": "folds", "k": "folds", "scoring": "maximize"].merging(
      SeedWords.otherOptions
    ) { own, _ in own })
  static let subjects: Set<SubjectKind> = [.split, .model]
  static func showing(_ call: VerbCall, _ planned: PlannedStage) -> ColumnNeeds { .none }

  /// Beside a name that is no algorithm any option may be meant.
  static func companions(of arguments: [Argument]) -> [Description] {
    let named = VerbCall.algorithmNames(arguments).map { LearnerCatalog.named($0.text) }
    return (named.contains { $0 == nil } ? LearnerCatalog.all : named.compactMap { $0 }).map { $0.description }
  }

  static func recovered(_ arguments: [Argument], _ subject: ValueType) -> ValueType {
    let split: SplitType?
    switch subject {
    case .split(let own): split = own
    case .model(let model): split = model.split
    default: split = nil
    }
    guard let split else { return .unknown }
    let label = split.schema.label?.name
    return .model(ModelType(name: split.schema.name, labelName: label, task: nil, inputs: nil, split: split))
  }

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    let descriptions = LearnerCatalog.all.map { $0.description }
    let uses = call.algorithms(descriptions, &sink)
    let needsLabel = uses?.contains { LearnerCatalog.named($0.name.text)?.learnsLabel ?? true } ?? true
    guard let split = split(of: subject, needsLabel: needsLabel, call, &sink), let uses else { return nil }
    let features = FeatureCheck(split.schema)
    features.report(at: call.range, &sink)
    SensitiveFeatures(split.schema).report(at: call.range, &sink)
    if sink.hasErrors { return nil }
    let candidates = uses.compactMap { candidate($0, call) }
    guard checkTasks(candidates, uses, split.schema, &sink) else { return nil }
    let metric = (call.options[minimize] ?? call.options[maximize]).flatMap(MetricCatalog.named)
    if call.options.has(minimize), call.options.has(maximize) {
      sink.report(.badOption, "'train' takes minimize or maximize, not both", at: call.range)
      return nil
    }
    let model = ModelType(
      name: split.schema.name, labelName: split.schema.label?.name, task: nil, inputs: nil, split: split,
      algorithms: candidates.map(\.name))
    let options = call.options
    return PlannedStage(
      result: .model(model), words: words(call, uses),
      additions: candidates.flatMap { additions($0, split.schema) }, repetition: .training
    ) { value, context throws(EngineError) in
      let training = Training(
        candidates, metric: metric, trials: options[trials] ?? 20, method: options[search] ?? .random,
        folds: options[folds] ?? 5, seed: options[seed].map { UInt64($0) } ?? context.seed,
        keepsBest: context.isInteractive)
      return try TrainingResult.outcome(of: training, on: value, context)
    }
  }

  /// The stage in full: beside one algorithm stand its hyperparameters too.
  private static func words(_ call: VerbCall, _ uses: [AlgorithmUse]) -> String {
    guard uses.count == 1, uses[0].options.values.isEmpty, let learner = LearnerCatalog.named(uses[0].name.text) else {
      return call.wordsInFull(description)
    }
    return call.wordsInFull(description, learner.description)
  }

  /// The parts to train on: a model's are those it was trained from.
  private static func split(
    of subject: ValueType, needsLabel: Bool, _ call: VerbCall, _ sink: inout DiagnosticSink
  ) -> SplitType? {
    let split: SplitType?
    switch subject {
    case .split(let own): split = own
    case .model(let model): split = model.split
    default: split = nil
    }
    guard let split else {
      sink.report(.noSplit, "this model came from a package and has no rows to train on", at: call.range)
      return nil
    }
    guard !needsLabel || split.schema.label != nil else {
      sink.report(
        .unusedLabel, "no label was chosen", at: call.range, label: "`label COLUMN` before `split`")
      return nil
    }
    return split
  }

  /// The algorithm with the options of its own call, and those beside the list that it has.
  private static func candidate(_ use: AlgorithmUse, _ call: VerbCall) -> Candidate? {
    guard let learner = LearnerCatalog.named(use.name.text) else { return nil }
    var options = Options()
    for parameter in learner.description.parameters where description.parameter(parameter.name) == nil {
      if let value = call.options.values[parameter.name] { options.set(parameter.name, value) }
    }
    for (name, value) in use.options.values { options.set(name, value) }
    return Candidate(learner, options)
  }

  /// What the label's type already rules out.
  private static func checkTasks(
    _ candidates: [Candidate], _ uses: [AlgorithmUse], _ schema: RelationSchema, _ sink: inout DiagnosticSink
  ) -> Bool {
    guard let label = schema.label else { return true }
    let type = schema.facts(of: label.name)?.type
    let isClasses = type == .text || type == .bool || label.task == .classification
    let isNumber = type == .float && label.task != .classification || label.task == .regression
    var isSound = true
    for (candidate, use) in zip(candidates, uses) where candidate.learner.learnsLabel {
      let tasks = candidate.learner.tasks
      let wrong =
        isClasses && tasks.isDisjoint(with: [.binary, .multiclass]) || isNumber && !tasks.contains(.regression)
      guard wrong else { continue }
      isSound = false
      let fitting = LearnerCatalog.all.filter {
        isNumber ? $0.tasks.contains(.regression) : !$0.tasks.isDisjoint(with: [.binary, .multiclass])
      }.map { $0.description.name }
      sink.report(
        .unsupported,
        "\(candidate.name) does not learn \(isNumber ? "a number" : "classes"), and the label '\(label.name)' \(isNumber ? "is one" : "has them")",
        at: use.range,
        help: ["for this label: " + fitting.joined(separator: ", ")]
          + (isNumber && !tasks.isDisjoint(with: Set<LearningTask>.classification)
            ? [
              "\(ScriptText.code("label \(ScriptText.name(label.name)), task: classification")) takes its values as classes"
            ] : []))
    }
    return isSound
  }

  /// The steps that training will add to those that were recorded, for `mlp plan`.
  private static func additions(_ candidate: Candidate, _ schema: RelationSchema) -> [String] {
    let needs = candidate.learner.needs
    let texts = schema.features.filter { schema.facts(of: $0)?.type == .text }
    var lines: [String] = []
    if !texts.isEmpty {
      lines.append(
        "encode [\(texts.joined(separator: ", "))] = \(needs.categories == .codes ? "categories" : "onehot")")
    }
    if !needs.takesMissing, let columns = numbers(lacking: .filled, schema) {
      lines.append("impute \(columns) = median")
    }
    if needs.scales, let columns = numbers(lacking: .standard, schema) { lines.append("scale \(columns) = standard") }
    return lines.map { "\(candidate.name): \($0)" }
  }

  /// The number columns that no recorded step has settled, as the target of a step; nil where there is none.
  private static func numbers(lacking settled: Settled, _ schema: RelationSchema) -> String? {
    let numbers = schema.features.filter { name in
      let type = schema.facts(of: name)?.type
      return type != .text && type != .vector
    }
    let lacking = numbers.filter { !(schema.facts(of: $0)?.settled.contains(settled) ?? false) }
    if schema.isOpen || lacking.count == numbers.count { return schema.isOpen || !numbers.isEmpty ? "numeric()" : nil }
    return lacking.isEmpty ? nil : "[\(lacking.joined(separator: ", "))]"
  }
}
