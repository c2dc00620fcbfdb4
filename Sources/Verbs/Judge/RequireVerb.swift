import Descriptions
import Diagnostics
import Display
import Interpreter
import Metrics
import Plan
import Training

/// `require auc >= 0.80, recall >= 0.60`
enum RequireVerb: Verb {
  static let description = Description(
    name: "require", summary: "Stop unless a model meets objectives", group: "Judge", signature: "Model → look",
    details: [
      "Judged by the same rows as `eval`. What is not met is the error `requirement-not-met`, exit status 4. `test` without conditions asks the same of the sealed part."
    ],
    positionals: [
      Positional("conditions", .metricCondition, "figures and bounds: `auc >= 0.8`", minimum: 1, maximum: nil)
    ],
    examples: [
      Example(
        "two objectives",
        "load iris\nlabel species\nsplit test: 0.2, seed: 7\ntrain logistic\nrequire accuracy >= 0.9, log_loss < 0.5")
    ],
    otherNames: ["expect", "assert", "ensure"])
  static let subjects: Set<SubjectKind> = [.model]

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard case .model(let model) = subject, call.split(of: model, &sink) != nil else { return nil }
    guard let required = call.requirements(model, &sink) else { return nil }
    let look = LookType(kind: "evaluation", figures: nil, subject: subject)
    return PlannedStage(result: .look(look)) { value, context throws(EngineError) in
      guard case .model(let model)? = value else { throw EngineError(.subject(.wrong(.model))) }
      let judged = try JudgedRows(model, context.progress)
      let all = JudgedFigures("all", judged.judgement, judged.label)
      let display = EvaluationDisplay.requirements(required, all)
      let recorded = model.recording(all.recorded, part: judged.part.rawValue).requiring(required)
      let look = Look(
        kind: "evaluation", subject: .model(recorded), display: display, figures: all.readable)
      let unmet = EvaluationDisplay.unmet(required, all)
      let failure =
        unmet.isEmpty ? nil : EngineError(.scoring(.unmet(unmet, onTest: false)))
      return Outcome(.look(look), [display], failure: failure)
    }
  }
}

extension VerbCall {
  /// The conditions on figures that the model's task has; nil after an error, which is reported.
  func requirements(_ model: ModelType, _ sink: inout DiagnosticSink) -> [Requirement]? {
    let known = (model.task.map(MetricCatalog.metrics) ?? MetricCatalog.all).map { $0.description.name }
    return metricConditions(known, &sink)?.map {
      Requirement(metric: $0.metric, comparison: $0.comparison.rawValue, bound: $0.bound)
    }
  }
}
