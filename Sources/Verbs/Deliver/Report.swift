import Display
import Interpreter
import Kernels
import Plan
import Tables
import Training

/// A value as a page: what `export "x.html"` writes.
struct Report {
  let title: String
  let displays: [Display]

  init(_ value: Value, _ context: RunContext) throws(EngineError) {
    switch value {
    case .table(let relation):
      title = relation.name
      displays = try Self.table(
        try context.executor.rows(relation, context.progress).rows, name: relation.name, context)
    case .split(let split):
      title = split.name
      displays =
        [.table(SplitDisplay.table(split))]
        + (try Self.table(
          .whole(split.trainingRows(context.progress).table), name: "\(split.name), training rows", context))
    case .model(let model):
      title = "\(model.name): \(model.purpose)"
      displays = try Self.model(model, context)
    case .service(let service):
      title = "\(service.model.name), served"
      displays = try Self.model(service.model, context)
    case .look(let look):
      title = look.kind
      displays = [look.display]
    case .scalar(let scalar):
      title = "value"
      displays = [.text("\(scalar)")]
    }
  }

  private static func table(_ rows: Rows, name: String, _ context: RunContext) throws(EngineError) -> [Display] {
    let profile = try rows.profile(of: nil, top: 5, context.progress)
    var first = DisplayTable(headOf: try rows.head(20, context.progress), rows: 20, title: name)
    first.totalRows = rows.rowCount
    return ProfileDisplay.displays(profile, rowCount: rows.rowCount, name: name) + [
      .heading("First rows"), .table(first),
    ]
  }

  private static func model(_ model: Model, _ context: RunContext) throws(EngineError) -> [Display] {
    var displays: [Display] = [TrainingResult.display(model)]
    if let board = TrainingResult.board(model) { displays += [.heading("Candidates"), board] }
    if model.split != nil, model.label != nil {
      let judged = try JudgedRows(model, context.progress)
      let all = JudgedFigures(judged.part.rawValue, judged.judgement, judged.label)
      displays += [.heading("Evaluation"), EvaluationDisplay.metrics([all], title: counted(all.rowCount, "row"))]
      if let classes = ClassTable.display(all) { displays.append(classes) }
      if let confusion = EvaluationDisplay.confusion(all) { displays.append(confusion) }
      displays.append(.notes(EvaluationDisplay.notes(ClassFindings(judged), judged.label)))
    }
    let tested = model.figures.filter { $0.part == "test" }
    if !tested.isEmpty {
      let rows = tested.map { MetricsDisplay.Row($0.metric, $0.value) }
      displays += [.heading("Acceptance test"), .metrics(MetricsDisplay(title: "sealed part", rows: rows))]
    }
    if !model.notes.isEmpty { displays += [.heading("Notes"), .notes(model.notes.map { Note($0.words) })] }
    return displays
  }
}
