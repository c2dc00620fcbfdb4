import Display
import Interpreter
import Notation
import Synthesis
import Tables

/// How like the real ones made rows are, and how near to them, as figures.
enum SynthesisDisplay {
  /// More columns do not fit on a screen: those that are farthest off are shown.
  private static let mostLines = 20

  /// `by` is the column whose classes were to be told apart.
  static func notes(_ model: CopulaModel, by: String?) -> [Note] {
    guard let column = model.classColumn else {
      return by.map {
        [
          Note(
            .warning,
            "synth: '\($0)' is guarded, or has not from 2 to \(CopulaModel.mostClasses) values: its classes are not told apart"
          )
        ]
      } ?? []
    }
    return [Note("synth: \(model.classCount) classes of '\(column)' have distributions of their own")]
  }

  /// `beside` is how many real rows the quality is of, where these are some of them.
  static func displays(_ report: SynthesisReport, beside some: Int?) -> [Display] {
    [quality(report, beside: some)] + (report.nearness.map { [privacy($0)] } ?? [])
  }

  // MARK: Quality

  private static func quality(_ report: SynthesisReport, beside some: Int?) -> Display {
    let order = report.lines.indices.sorted {
      let (a, b) = (report.lines[$0].distance ?? -1, report.lines[$1].distance ?? -1)
      return a == b ? $0 < $1 : a > b
    }
    let shown = Set(order.prefix(mostLines))
    let rows = report.lines.indices.filter(shown.contains).map { place -> [Cell] in
      let line = report.lines[place]
      return [
        .text(line.name), .text(line.type.rawValue), .text(words(line.way)), line.distance.map(Cell.float) ?? .missing,
        .float(line.missing), .float(line.missingMade),
      ]
    }
    var table = DisplayTable(
      ["column", "type", "made", "distance", "missing", "missing made"],
      types: [.text, .text, .text, .float, .float, .float], rows: rows,
      title: some.map { "quality: made rows beside the \(counted($0, "real row")) that are as asked for" }
        ?? "quality: made rows beside real ones")
    table.totalRows = report.lines.count
    for column in 0..<3 { table.columns[column].isProse = true }
    return .group([.table(table)] + correlations(report))
  }

  private static func correlations(_ report: SynthesisReport) -> [Display] {
    guard let found = report.correlations else { return [] }
    return [
      .facts([
        Fact("correlations, mean difference", found.meanDifference),
        Fact("greatest difference", found.greatestDifference),
        Fact("of", "\(found.farthest.first) and \(found.farthest.second)"),
      ])
    ]
  }

  private static func words(_ way: SynthesisReport.Way) -> String {
    switch way {
    case .classes: "by class"
    case .shares: "by shares"
    case .quantiles: "by quantiles"
    case .sequence: "counts rows"
    case .empty: "has no value"
    case .madeUp(let kind): "made up: \(words(kind))"
    }
  }

  private static func words(_ kind: SynthesisReport.TextKind) -> String {
    switch kind {
    case .email: "email"
    case .url: "url"
    case .name: "names"
    case .sentence: "sentences"
    case .pattern: "same form"
    }
  }

  // MARK: Privacy

  private static func privacy(_ nearness: SynthesisReport.Nearness) -> Display {
    let rows: [[Cell]] = [
      [
        .text("nearest real row, 1st percentile"), .float(nearness.first),
        .text("of \(counted(nearness.made, "made row"))"),
      ],
      [.text("nearest real row, least"), .float(nearness.least), .text("")],
      [
        .text("real rows to each other, 1st percentile"), .float(nearness.ownFirst),
        .text("of \(counted(nearness.rows, "real row"))"),
      ],
      [.text("copies of a row that stands alone"), .float(nearness.copies), .text("share of made rows")],
      [.text("equal to several real rows"), .float(nearness.repeated), .text("share of made rows")],
    ]
    var table = DisplayTable(
      ["figure", "value", "meaning"], types: [.text, .float, .text], rows: rows,
      title: "privacy: distances over \(counted(nearness.columns, "column"))")
    table.isProse = true
    table.isQuantityByRow = true
    return .table(table)
  }
}
