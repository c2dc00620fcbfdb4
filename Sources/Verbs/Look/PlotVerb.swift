import Descriptions
import Diagnostics
import Display
import Interpreter
import Language
import Plan
import Tables

/// `plot hist, age`
enum PlotVerb: Verb {
  enum Scale: String, ChoiceValue { case linear, log }

  static let by = Parameter<String>(
    "by", "A column whose values are told apart by colour", otherwise: "all rows alike", meaning: .column)
  static let facet = Parameter<String>(
    "facet", "A column with a panel for each of its values", otherwise: "one panel", meaning: .column)
  static let bins = Parameter<Int>(
    "bins", "Bins of equal width", otherwise: "about as many as Sturges' rule asks for; 10 of a calibration",
    .within(1, 100))
  static let scale = Parameter<Scale>("scale", "The scale of the y axis", otherwise: "linear")
  static let measure = Parameter<Associations.Measure>(
    "measure", "How the going together of two columns is measured",
    otherwise: "pearson for numbers, cramers_v for texts and bools, correlation_ratio between both")
  static let levels = Parameter<Int>(
    "levels", "How many rules below each other are shown of a tree", otherwise: "4", .within(1, 12))

  static let description = Description(
    name: "plot", summary: "Draw columns, or what a model is and how well it answers", group: "Look",
    signature: "Table → look · Split → look · Model → look",
    details: [
      "The mark stands first: " + PlotMark.allCases.map { "`\($0.rawValue)` (\($0.summary))" }.joined(separator: ", ")
        + ".",
      "Without a mark the types of the columns choose it: `hist` for numbers and dates, `bar` for text and true or false, `scatter` for two columns of numbers, `line` for dates with numbers, `box` for numbers with text, and without a column one plot for each of the first \(PlotMark.mostColumns). Of a model it is `roc` for two classes, `confusion` for more, and `residuals` for numbers.",
      "Of a split the training rows are drawn, with every recorded step fitted on them. `roc`, `pr`, `calibration`, `confusion` and `residuals` judge by the rows that `eval` judges by.",
      "All rows are counted; of more than \(ScatterPlot.most) points, and of more than \(PlotMark.mostCurvePoints) on a curve, some are drawn, chosen evenly, and that is said. Cells without a value are counted and said.",
      "Where a column has a mark's name, the mark is written before it: `plot hist, line`.",
    ],
    positionals: [
      Positional("mark", .word(PlotMark.allCases.map(\.rawValue)), "what to draw; the columns' types choose without"),
      Positional("columns", .columns, "the columns to draw", maximum: nil),
    ],
    parameters: [by, facet, bins, scale, measure, levels],
    examples: [
      Example("a distribution for each group", "load penguins\nplot hist, body_mass_g, by: species"),
      Example("how columns go together", "load penguins\nplot correlation\nplot pairs, by: species"),
      Example("two categories", "load titanic\nplot heatmap, class, survived"),
      Example("two columns", "load penguins\nplot flipper_length_mm, body_mass_g"),
      Example(
        "a curve of a model",
        "load titanic\nlabel survived\nsplit valid: 0.3, seed: 7\ndrop name\ntrain logistic\nplot roc"),
      Example("a tree", "load iris\nlabel species\nsplit valid: 0.3, seed: 7\ntrain tree, depth: 3\nplot tree"),
    ],
    otherNames: ["draw", "chart", "graph", "ggplot", "histogram", "boxplot", "scatter"],
    otherOptions: [
      "color": "by", "colour": "by", "hue": "by", "group": "by", "col": "facet", "row": "facet", "wrap": "facet",
      "depth": "levels", "max_depth": "levels", "logy": "scale", "log": "scale",
      "method": "measure",
    ],
    references: ["Wilkinson, The Grammar of Graphics (2005)", "Tukey, Exploratory Data Analysis (1977)"])
  static let subjects: Set<SubjectKind> = [.table, .split, .model]
  static let onlyLooks = true

  static func suiting(_ words: [String], _ subject: ValueType) -> [String] {
    switch subject {
    case .model(let model): PlotRequest.fitting(model).map(\.rawValue)
    case .table, .split: PlotMark.ofTables.map(\.rawValue)
    default: words
    }
  }

  static func takesColumns(of subject: ValueType) -> Bool { if case .model = subject { false } else { true } }

  static func suits(option: String, after arguments: [Argument], _ subject: ValueType) -> Bool {
    let first = arguments.lazy.compactMap { if case .positional(let written) = $0.kind { written } else { nil } }.first
    if let mark = first.flatMap(PlotRequest.word).flatMap({ PlotMark(rawValue: $0.text) }) {
      return mark.options.contains(option)
    }
    return takesColumns(of: subject) && PlotMark.ofTables.contains { $0.options.contains(option) }
  }

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    let words = call.wordsInFull(description)
    let request = PlotRequest(call)
    switch subject {
    case .model(let model):
      guard let mark = request.mark(of: model, &sink) else { return nil }
      let plot = ModelPlot(mark: mark, bins: call.options[bins], levels: call.options[levels] ?? 4)
      let isTree = if case .named(.tree) = mark { true } else { false }
      return .look("plot", at: subject, words: words, isTabular: !isTree) { value, context throws(EngineError) in
        guard case .model(let model) = value else { throw EngineError(.subject(.wrong(.model))) }
        return try plot.displays(model, context)
      }
    case .table, .split:
      guard let schema = subject.schema else { return nil }
      switch request.plot(of: schema, &sink) {
      case .refused: return nil
      case .open: return call.open(.look(LookType(kind: "plot", figures: [], subject: subject)))
      case .overview:
        return .look("plot", at: subject, words: words) { value, context throws(EngineError) in
          try TablePlot.overview(LookedRows(value, context), context.progress)
        }
      case .plot(let plot):
        let needs = plot.names.isEmpty ? ColumnNeeds.all : .columns(plot.names)
        return .look("plot", at: subject, words: words, needs: needs) { value, context throws(EngineError) in
          try plot.displays(LookedRows(value, context), context.progress)
        }
      }
    default: return nil
    }
  }
}
