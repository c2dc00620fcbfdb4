import Descriptions
import Diagnostics
import Display
import Interpreter
import Plan
import Training

/// `test` or `test auc >= 0.8`
enum TestVerb: Verb {
  static let description = Description(
    name: "test", summary: "Accept a model on the sealed part, once", group: "Judge", signature: "Model → look",
    details: [
      "Without conditions it asks what `require` asked in the flow. The opening is counted in the model's record: a part that was opened often tells less each time."
    ],
    positionals: [Positional("conditions", .metricCondition, "figures and bounds", maximum: nil)],
    examples: [
      Example(
        "the flow's requirements",
        "load iris\nlabel species\nsplit test: 0.2, seed: 7\ntrain logistic\nrequire accuracy >= 0.9\ntest")
    ],
    otherNames: ["accept", "last_fit"])
  static let subjects: Set<SubjectKind> = [.model]

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard case .model(let model) = subject, let split = call.split(of: model, &sink) else { return nil }
    guard split.hasTest else {
      sink.report(.noTestPart, "there is no test part", at: call.range, label: "split … test: 0.2")
      return nil
    }
    guard let asked = call.requirements(model, &sink) else { return nil }
    let look = LookType(kind: "acceptance", figures: nil, subject: subject)
    return PlannedStage(result: .look(look), repetition: .opening) { value, context throws(EngineError) in
      guard case .model(let model)? = value, let split = model.split else {
        throw EngineError(.rows(.noTestPart))
      }
      return try accept(
        JudgedRows(opening: split, of: model, context.ledger, context.progress), asked)
    }
  }

  private static func accept(_ judged: JudgedRows, _ asked: [Requirement]) throws(EngineError) -> Outcome {
    let required = asked.isEmpty ? judged.model.requirements : asked
    let all = JudgedFigures("test", judged.judgement, judged.label)
    let openings = judged.model.openings
    var displays = [
      EvaluationDisplay.metrics([all], title: "acceptance test on \(counted(all.rowCount, "sealed row"))")
    ]
    if let classes = ClassTable.display(all) { displays.append(classes) }
    if let confusion = EvaluationDisplay.confusion(all) { displays.append(confusion) }
    if !required.isEmpty { displays.append(EvaluationDisplay.requirements(required, all)) }
    displays.append(.notes(EvaluationDisplay.notes(ClassFindings(judged), judged.label)))
    if openings > 1 {
      displays.append(.warning("the test part was opened \(openings) times in this run: it tells less each time"))
    }
    let recorded = judged.model.recording(all.recorded, part: judged.part.rawValue, openings: openings)
      .tested(for: required)
    let look = Look(
      kind: "acceptance", subject: .model(recorded), display: .group(displays),
      figures: all.readable)
    let unmet = EvaluationDisplay.unmet(required, all)
    let failure =
      unmet.isEmpty ? nil : EngineError(.scoring(.unmet(unmet, onTest: true)))
    return Outcome(.look(look), displays, failure: failure)
  }
}
