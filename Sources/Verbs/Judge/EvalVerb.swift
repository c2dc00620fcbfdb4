import Descriptions
import Diagnostics
import Display
import Interpreter
import Metrics
import Plan
import Tables
import Training

/// `eval by: country`
enum EvalVerb: Verb {
  static let by = Parameter<String>(
    "by", "A column: the figures for each of its values too", otherwise: "the whole only", meaning: .column)
  static let threshold = Parameter<Double>(
    "threshold", "Probability from which the positive class is decided", otherwise: "the more probable class",
    .within(0, 1))
  static let on = Parameter<String>("on", "The part to judge by", otherwise: "valid, else out-of-fold rows")

  static let description = Description(
    name: "eval", summary: "Judge a model by rows it has not learned from", group: "Judge", signature: "Model → look",
    details: [
      "The rows are the valid part; without one, each training row is scored by a model of the folds that leave it out, and the figures are of all folds together (a board has means over them). The test part stays sealed: only `test` opens it.",
      "A figure is read by name: `eval`, `as report`, then `report.auc`.",
      "What is nothing over nothing has no value: precision where no row was given the positive class, for example. It is shown as `·` with the reason below, is missing in a script and meets no requirement. Means over classes are of those that have a value, and say of how many.",
    ],
    parameters: [by, threshold, on],
    examples: [
      Example(
        "whole and per slice",
        "load titanic\nlabel survived\nsplit valid: 0.3, test: 0.2, seed: 7\ndrop name\ntrain logistic\neval by: sex"),
      Example(
        "a figure",
        "load wine\nlabel cultivar\nsplit test: 0.2, seed: 7\ntrain tree\neval\nas report\nreport.accuracy"),
    ],
    otherNames: ["evaluate", "score", "metrics"], otherOptions: ["slice": "by", "group": "by"])
  static let subjects: Set<SubjectKind> = [.model]

  static func showing(_ call: VerbCall, _ planned: PlannedStage) -> ColumnNeeds {
    .columns(Set(call.options[by].map { [$0] } ?? []))
  }

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard case .model(let model) = subject, let split = call.split(of: model, &sink) else { return nil }
    if let on = call.options[on], on != "valid" {
      sink.report(
        on == "test" ? .sealed : .badOption,
        on == "test" ? "the test part is sealed" : "there is no part '\(on)' to judge by", at: call.optionRanges["on"],
        label: on == "test" ? "`test` opens it" : nil,
        help: ["without `on`, eval takes the valid part, else out-of-fold rows"])
      return nil
    }
    if call.options.has(on), !split.hasValid {
      sink.report(.emptyPart, "there is no valid part", at: call.optionRanges["on"], label: "split … valid: 0.2")
      return nil
    }
    let by = call.options[by]
    if let by, split.schema[by] == .absent, !split.schema.isOpen, split.schema.label?.name != by,
      !Set(split.schema.columns.flatMap { $0.facts.origins }).contains(by)
    {
      _ = call.column(option: "by", in: split.schema, &sink)
      return nil
    }
    let threshold = call.options[threshold]
    let metrics = model.task.map { MetricCatalog.metrics(for: $0) } ?? MetricCatalog.all
    let figures = metrics.map { $0.description.name } + ["rows"]
    return PlannedStage(
      result: .look(LookType(kind: "evaluation", figures: figures, subject: subject)),
      words: call.wordsInFull(description)
    ) { value, context throws(EngineError) in
      guard case .model(let model)? = value else { throw EngineError(.subject(.wrong(.model))) }
      return try evaluate(model, by: by, threshold: threshold, context)
    }
  }

  private static func evaluate(
    _ model: Model, by: String?, threshold: Double?, _ context: RunContext
  ) throws(EngineError) -> Outcome {
    let label = try model.requiredLabel()
    if threshold != nil, label.task != .binary {
      throw EngineError(.option(.threshold(label: label.name)))
    }
    let judged = try JudgedRows(model, context.progress)
    let answers = threshold.map(judged.judgement.deciding) ?? judged.judgement
    let all = JudgedFigures("all", answers, label)
    var columns = [all]
    if let by {
      guard let column = try judged.column(by, context.progress) else {
        throw EngineError(.column(.notJudged(by)))
      }
      columns += Slices(of: column).parts.map { JudgedFigures($0.name, answers.take($0.rows), label) }
    }
    let title = "\(model.algorithm) on \(counted(all.rowCount, "row")), \(judged.words)"
    var displays = [EvaluationDisplay.metrics(columns, title: title, withRows: by != nil)]
    if let classes = ClassTable.display(all) { displays.append(classes) }
    if let confusion = EvaluationDisplay.confusion(all) { displays.append(confusion) }
    displays.append(.notes(EvaluationDisplay.notes(ClassFindings(judged), label)))
    let recorded = model.recording(all.recorded, part: judged.part.rawValue)
    let look = Look(
      kind: "evaluation", subject: .model(recorded), display: .group(displays), figures: all.readable)
    return Outcome(.look(look), displays)
  }
}

extension VerbCall {
  /// The parts that a model was trained from; reports `no-split` for a model from a package.
  func split(of model: ModelType, _ sink: inout DiagnosticSink) -> SplitType? {
    if let split = model.split { return split }
    sink.report(
      .noSplit, "'\(verb.text)' needs the rows a model was trained from, and this one came from a package", at: range,
      help: ["`predict TABLE` scores rows with it"])
    return nil
  }
}
