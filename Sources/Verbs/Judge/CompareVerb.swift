import Descriptions
import Diagnostics
import Display
import Interpreter
import Language
import Plan
import Training

/// `compare a, b`
enum CompareVerb: Verb {
  static let description = Description(
    name: "compare", summary: "Put the figures of models side by side", group: "Judge", signature: "Model → look",
    details: [
      "Each is judged as `eval` judges it. Names are given with `as`; without names the last model stands alone.",
      "`compare \"model:churn@2\", \"model:churn@champion\"` sets published versions side by side by what the registry keeps of them: the figures of when they were published, inputs that differ, size, acceptance.",
    ],
    positionals: [
      Positional("models", .value, "names of models, or published ones in quotes", minimum: 1, maximum: nil)
    ],
    parameters: [RegistryPlace.option],
    examples: [
      Example(
        "two models",
        "load wine\nlabel cultivar\nsplit valid: 0.3, test: 0.2, seed: 7\nas parts\ntrain tree\nas small\nparts |> train logistic\nas straight\ncompare small, straight"
      )
    ])
  static let subjects: Set<SubjectKind> = [.nothing]

  static func recovered(_ arguments: [Argument], _ subject: ValueType) -> ValueType { .unknown }

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    if comparesPublished(call) { return planPublished(call, &sink) }
    var names: [String] = []
    var last: ValueType?
    for place in call.positionals.indices {
      guard let (name, type) = call.namedValue(at: place, &sink) else { return nil }
      guard case .model(let model) = type.subject else {
        if case .unknown = type.subject { return nil }
        sink.report(.wrongType, "'\(name)' is \(type.word), not a model", at: call.positionals[place].range)
        return nil
      }
      guard call.split(of: model, &sink) != nil else { return nil }
      names.append(name)
      last = type.subject
    }
    guard let last else { return nil }
    let wanted = names
    return PlannedStage(result: .look(LookType(kind: "comparison", figures: nil, subject: last))) {
      _, context throws(EngineError) in
      var judged: [JudgedRows] = []
      for name in wanted {
        guard case .model(let model)? = context.named[name]?.subject else {
          throw EngineError(.subject(.noModel(name)))
        }
        judged.append(try JudgedRows(model, context.progress))
      }
      let parts = Set(judged.map { "\($0.words), \(counted($0.judgement.rowCount, "row"))" })
      let title = "models on \(parts.sorted().joined(separator: " and "))"
      let columns = zip(wanted, judged).map { JudgedFigures($0, $1.judgement, $1.label) }
      let display = EvaluationDisplay.metrics(columns, title: title)
      guard let model = judged.last?.model else { throw EngineError(.subject(.noModel(nil))) }
      return Outcome(.look(Look(kind: "comparison", subject: .model(model), display: display)), [display])
    }
  }
}
