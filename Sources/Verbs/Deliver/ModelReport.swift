import Diagnostics
import Display
import Interpreter
import Metrics
import Plan
import Tables
import Training

/// A model in a report: what it is, its figures of every part that it was judged by beside each other, and pictures.
enum ModelReport {
  static func sections(_ model: Model, _ context: RunContext) throws(EngineError) -> [Page.Section] {
    let judged =
      model.split != nil && model.label != nil ? try JudgedRows(model, context.progress) : nil as JudgedRows?
    let card = [TrainingResult.display(model)] + (TrainingResult.board(model).map { [$0] } ?? [])
    let notes = model.notes.map { Note($0.words) }
    return [
      Page.Section("Model", card + [.notes(notes)]),
      Page.Section("Figures", figures(model, judged, isWhole: context.look == nil)),
      Page.Section("Pictures", (judged.map(pictures) ?? []) + importances(context.flow)),
    ]
  }

  /// `isWhole` where no look shows the rest of an evaluation.
  private static func figures(_ model: Model, _ judged: JudgedRows?, isWhole: Bool) -> [Display] {
    guard let judged else { return [byPart(model)] }
    let all = JudgedFigures(judged.part.rawValue, judged.judgement, judged.label)
    let parts = byPart(model.recording(all.recorded, part: judged.part.rawValue))
    guard isWhole else { return [parts] }
    let more = [ClassTable.display(all), EvaluationDisplay.confusion(all)].compactMap { $0 }
    return [parts] + more + [.notes(EvaluationDisplay.notes(ClassFindings(judged), judged.label))]
  }

  /// The figures on a model's record, a column for each part, the sealed one last.
  private static func byPart(_ model: Model) -> Display {
    var parts: [String] = []
    var names: [String] = []
    var values: [String: [String: Double]] = [:]
    for (part, metric, value) in model.figures {
      if !parts.contains(part) { parts.append(part) }
      if !names.contains(metric) { names.append(metric) }
      values[metric, default: [:]][part] = value
    }
    let test = JudgedRows.Part.test.rawValue
    parts = parts.filter { $0 != test } + parts.filter { $0 == test }
    let rows = names.map { name in
      MetricsDisplay.Row(
        name, parts.map { values[name]?[$0].map { MetricsDisplay.Figure($0) } },
        better: MetricCatalog.named(name).map { $0.direction == .higher ? .higher : .lower })
    }
    return .metrics(
      MetricsDisplay(title: "\(model.algorithm), by the rows it was judged by", columns: parts, rows: rows))
  }

  private static func pictures(_ judged: JudgedRows) -> [Display] {
    guard judged.label.task != .regression else {
      return drawn { () throws(EngineError) in try ResidualPlot(judged).displays() }
    }
    return drawn { () throws(EngineError) in try RankingCurves(judged).receiver() }
      + drawn { () throws(EngineError) in try RankingCurves(judged).precision() }
      + drawn { () throws(EngineError) in try CalibrationCurves(judged, bins: 10).displays() }
  }

  /// The drawing, or why there is none.
  private static func drawn(_ draw: () throws(EngineError) -> [Display]) -> [Display] {
    do throws(EngineError) { return try draw() } catch {
      return [.note(Diagnostic(error, at: nil).message)]
    }
  }

  /// Those that `explain` showed last.
  private static func importances(_ flow: FlowRecord) -> [Display] {
    let shown = flow.stages.last { $0.place.verb == ExplainVerb.description.name }?.displays ?? []
    for case .table(let table) in shown {
      guard let data = FigureTable.of(.table(table)), data.names.count > 1 else { continue }
      return [.plot(Plot(.bar, x: data.names[0], y: data.names[1], title: table.title, data: data))]
    }
    return []
  }
}
