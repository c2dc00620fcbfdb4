import Display
import Interpreter
import Metrics
import Plan
import Tables
import Training

/// Figures of merit as they are shown.
enum EvaluationDisplay {
  /// More classes than this are not all told apart in a confusion matrix.
  static let matrixLimit = 12

  /// `withRows` shows how many rows, and positive ones, each column is about; `named` their headings.
  static func metrics(
    _ columns: [JudgedFigures], title: String, withRows: Bool = false, named: Bool = true
  ) -> Display {
    var rows = withRows ? sizes(columns) : []
    let baseline = Baseline(columns)
    for metric in shown(columns) {
      rows.append(
        MetricsDisplay.Row(
          metric.name, columns.map { figure($0, metric.name) }, better: metric.direction == .higher ? .higher : .lower))
      if metric == Accuracy.self, let baseline { rows.append(baseline.row) }
    }
    return .metrics(
      MetricsDisplay(
        title: title, columns: named ? columns.map(\.name) : [], rows: rows,
        notes: (baseline.map { [$0.note] } ?? []) + remarks(columns)))
  }

  /// More columns than this are not all told of.
  private static let mostRemarked = 6

  /// The reasons of all columns; of many the first, and how many more have some.
  private static func remarks(_ columns: [JudgedFigures]) -> [String] {
    let told = columns.map { remarks($0, named: columns.count > 1) }.filter { !$0.isEmpty }
    let more = told.count - mostRemarked
    let shown = told.prefix(more > 1 ? mostRemarked : told.count).flatMap { $0 }
    return shown + (more > 1 ? ["… and \(more) more have figures without a value; `--json` tells each reason"] : [])
  }

  /// The metrics of all columns, each once.
  private static func shown(_ columns: [JudgedFigures]) -> [any Metric.Type] {
    var shown: [any Metric.Type] = []
    for (metric, _) in columns.flatMap(\.values) where !shown.contains(where: { $0 == metric }) { shown.append(metric) }
    return shown
  }

  private static func figure(_ column: JudgedFigures, _ metric: String) -> MetricsDisplay.Figure? {
    column.value(of: metric).map { MetricsDisplay.Figure($0.number, reason: column.remark($0)) }
  }

  private static func sizes(_ columns: [JudgedFigures]) -> [MetricsDisplay.Row] {
    var rows = [MetricsDisplay.Row("rows", columns.map { MetricsDisplay.Figure(Double($0.rowCount)) })]
    if let positive = columns.first?.label.positive {
      let counts = columns.map { column in
        MetricsDisplay.Figure(Double(column.judgement.counts.support[column.judgement.positive]))
      }
      rows.append(MetricsDisplay.Row("rows of \(positive.name)", counts))
    }
    return rows
  }

  /// A line for each reason, with the metrics that it stops.
  private static func remarks(_ column: JudgedFigures, named: Bool) -> [String] {
    var order: [String] = []
    var metrics: [String: [String]] = [:]
    for (metric, value) in column.values {
      guard let remark = column.remark(value) else { continue }
      if metrics[remark] == nil { order.append(remark) }
      metrics[remark, default: []].append(metric.name)
    }
    return order.map { remark in
      (named ? "\(ValueName.of(column.name)): " : "") + metrics[remark, default: []].joined(separator: ", ") + " "
        + remark
    }
  }

  /// nil for a regression. Of many classes, those with the most wrong answers.
  static func confusion(_ figures: JudgedFigures, title: (String) -> String = { $0 }) -> Display? {
    guard figures.label.task != .regression else { return nil }
    let all = figures.judgement.counts
    let codes = ConfusionMatrix.codes(all, limit: matrixLimit)
    let matrix = ConfusionMatrix(figures.judgement, of: codes)
    let counts = codes.indices.map { truth in codes.indices.map { matrix[truth, $0] } }
    let isCut = codes.count < all.classCount
    return .confusion(
      ConfusionMatrixDisplay(
        title: title(
          isCut
            ? "confusion matrix: the \(codes.count) of \(all.classCount) classes with the most wrong answers"
            : "confusion matrix"),
        classes: codes.map { figures.label.classes[$0].description }, counts: counts,
        whole: isCut ? .init(classes: all.classCount, rows: all.rowCount, right: all.correct) : nil))
  }

  /// Requirements beside what was reached.
  static func requirements(_ required: [Requirement], _ figures: JudgedFigures) -> Display {
    let rows: [[Cell]] = required.map { requirement in
      let value = figures.value(of: requirement.metric)?.number
      let verdict = value == nil ? "undefined" : requirement.holds(value) ? "met" : "not met"
      return [.text(requirement.words), value.map(Cell.float) ?? .missing, .text(verdict)]
    }
    return .table(DisplayTable(["requirement", "reached", "verdict"], types: [.text, .float, .text], rows: rows))
  }

  /// Those that are not met, with what was reached.
  static func unmet(_ required: [Requirement], _ figures: JudgedFigures) -> [UnmetRequirement] {
    required.compactMap { requirement in
      let value = figures.value(of: requirement.metric) ?? .undefined(.otherTask)
      if let number = value.number {
        return requirement.holds(number) ? nil : UnmetRequirement(requirement, .value(number))
      }
      return UnmetRequirement(
        requirement, .undefined(figures.undefined(requirement.metric, value.reason ?? .otherTask)))
    }
  }

  /// Classes that the judged rows say little or nothing about.
  static func notes(_ findings: ClassFindings, _ label: ModelLabel) -> [Note] {
    var notes: [Note] = []
    if !findings.absent.isEmpty {
      notes.append(Note(.warning, "no judged row is of \(names(findings.absent, label))"))
    }
    if !findings.unlearned.isEmpty {
      notes.append(
        Note(
          .warning,
          "not learned by the model that judged them, which had no training row of them: \(names(findings.unlearned, label, withRows: true))"
        ))
    }
    if !findings.single.isEmpty {
      notes.append(Note(.warning, "only one judged row is of \(names(findings.single, label))"))
    }
    return notes
  }

  private static func names(
    _ entries: [ClassFindings.Entry], _ label: ModelLabel, withRows: Bool = false
  ) -> String {
    let named = entries.prefix(5).map { entry in
      label.classes[entry.code].quotedName + (withRows ? " (\(counted(entry.rows, "row")))" : "")
    }
    let rest = entries.count - named.count
    return named.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }
}
