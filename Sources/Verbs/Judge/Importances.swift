import Descriptions
import Display
import Explanation
import Interpreter
import Metrics
import Plan
import Tables

/// How much a model relies on each of its inputs, with the rows that this was measured on.
struct Importances {
  /// More bars than this are not drawn.
  private static let mostBars = 30

  let measured: PermutationImportance
  /// Whether the rows are of the valid part, and not those that the model has learned from.
  let areValid: Bool
  let rows: RowList

  /// Throws `noLabel` and `noRows` for a model without a label or rows of its own, and what scoring throws.
  init(
    _ model: Model, _ context: RunContext, metric: (any Metric.Type)? = nil, repeats: Int = 5, seed: Int? = nil
  ) throws(EngineError) {
    let label = try model.requiredLabel()
    guard let split = model.split, let labels = split.labels else {
      throw EngineError(.rows(.noneOfModel(model.name)))
    }
    areValid = !split.valid.isEmpty
    rows = areValid ? split.valid : split.train
    measured = try PermutationImportance(
      model, raw: split.raw.take(rows), labels: labels.take(rows),
      metric: metric ?? MetricCatalog.standard(for: label.task),
      repeats: repeats, seed: seed.map { UInt64($0) } ?? context.seed, context.progress)
  }

  private var title: String {
    let part = areValid ? "the valid part" : "the training rows"
    return "fall of \(measured.metric.description.name) when a column is shuffled, on \(part)"
  }

  var table: Display {
    let cells: [[Cell]] = measured.entries.map { [.text($0.column), .float($0.importance), .float($0.spread)] }
    return .table(DisplayTable(["column", "importance", "±"], rows: cells, title: title))
  }

  /// Bars, the most important first.
  var plot: [Display] {
    let drawn = measured.entries.prefix(Self.mostBars)
    let data = Table([
      ("column", .text(TextCells(drawn.map(\.column)))), ("importance", .float(Cells(drawn.map(\.importance)))),
      ("spread", .float(Cells(drawn.map(\.spread)))),
    ])
    let rest = measured.entries.count - drawn.count
    return [.plot(Plot(.bar, x: "column", y: "importance", title: title, data: data))]
      + TablePlot.notes(rest > 0 ? ["\(counted(rest, "less important column")) not drawn"] : [])
  }
}
