import Plan
import Tables

/// What `plot` can draw.
enum PlotMark: String, CaseIterable {
  case hist, bar, box, scatter, line, heatmap, correlation, pairs, missing
  case roc, pr, calibration, confusion, residuals, importance, coefficients, tree

  /// Whether it shows a model, and not rows.
  var isOfModel: Bool {
    switch self {
    case .hist, .bar, .box, .scatter, .line, .heatmap, .correlation, .pairs, .missing: false
    case .roc, .pr, .calibration, .confusion, .residuals, .importance, .coefficients, .tree: true
    }
  }

  static let ofTables = allCases.filter { !$0.isOfModel }
  static let ofModels = allCases.filter(\.isOfModel)

  /// What it shows, for the reference: in words that go on after its name.
  var summary: String {
    switch self {
    case .hist: "how often the numbers or dates of a column fall into bins"
    case .bar: "rows of each value of a column; with a second column of numbers, its mean for each value"
    case .box: "median, quartiles and whiskers (at most 1.5 times the box) of a column, for each value of a second one"
    case .scatter: "a second column of numbers over a first"
    case .line: "the mean of a second column for each number or date of a first; rows of each without one"
    case .heatmap:
      "how many rows have each two values of two columns; with a third column of numbers, its mean for them"
    case .correlation: "how every two columns go together, numbers by their correlation, texts and bools by Cramér's V"
    case .pairs: "points of every two columns of numbers, and how each is spread"
    case .missing: "missing cells of each column, and which columns are missing together"
    case .roc: "true positives over false ones at every threshold, of more classes each against the rest"
    case .pr: "precision over recall at every threshold"
    case .calibration: "how often what is said to happen with a probability does happen"
    case .confusion: "rows of each class by the class that was answered"
    case .residuals: "label less prediction over the prediction"
    case .importance: "how much worse the metric gets when a column is shuffled, as `explain` measures it"
    case .coefficients:
      "the weights of `linear`, `ridge` and `logistic`, per standard deviation where training scaled the input"
    case .tree: "the rules of `tree`, with the training rows that come to each"
    }
  }

  /// How many columns it takes.
  var columns: ClosedRange<Int> {
    switch self {
    case .hist: 1...Self.mostColumns
    case .bar, .box, .line: 1...2
    case .scatter: 2...2
    case .heatmap: 2...3
    case .pairs: 0...PairsPlot.mostColumns
    case .correlation: 0...Int.max
    case .missing: 0...Int.max
    case .roc, .pr, .calibration, .confusion, .residuals, .importance, .coefficients, .tree: 0...0
    }
  }

  /// More plots of single columns than this are not drawn at once.
  static let mostColumns = 12

  /// The options that say something to it.
  var options: [String] {
    switch self {
    case .hist: ["by", "facet", "bins"]
    case .bar: ["by", "facet"]
    case .scatter, .line: ["by", "facet", "scale"]
    case .heatmap: ["bins"]
    case .correlation: ["measure"]
    case .pairs: ["by"]
    case .calibration: ["bins"]
    case .tree: ["levels"]
    case .box, .missing, .roc, .pr, .confusion, .residuals, .importance, .coefficients: []
    }
  }

  /// Whether it is for labels of that task.
  func fits(_ task: LearningTask) -> Bool {
    switch self {
    case .roc, .pr, .calibration, .confusion: task != .regression
    case .residuals: task == .regression
    default: true
    }
  }

  /// The mark of a word of another tool.
  static func otherwiseCalled(_ word: String) -> PlotMark? {
    switch word {
    case "histogram", "histplot", "distribution", "density": .hist
    case "barplot", "barchart", "count", "countplot", "bars": .bar
    case "boxplot", "boxes": .box
    case "scatterplot", "point", "points": .scatter
    case "lineplot", "lines", "timeseries": .line
    case "missingness", "nulls", "na", "missing_pattern", "patterns", "msno", "vis_miss": .missing
    case "heat", "crosstab", "imshow", "tile", "hist2d", "bin2d": .heatmap
    case "corr", "corrplot", "correlations", "corr_matrix", "correlation_matrix", "association": .correlation
    case "pairplot", "scatter_matrix", "splom", "ggpairs", "pair": .pairs
    case "roc_curve", "auc": .roc
    case "precision_recall", "pr_curve", "precision_recall_curve": .pr
    case "reliability", "calibration_curve": .calibration
    case "confusion_matrix": .confusion
    case "residual", "errors": .residuals
    case "importances", "feature_importance", "feature_importances", "varimp": .importance
    case "coef", "coefs", "coefficient", "weights": .coefficients
    case "rules", "plot_tree": .tree
    default: nil
    }
  }
}

extension PlotMark {
  /// What of a column's type it cannot show, for the column at a place of its arguments; nil where it can.
  func complaint(_ type: ColumnType, at place: Int) -> String? {
    let isOrdered = type.isNumeric || type == .date || type == .datetime
    switch (self, place) {
    case (.hist, _), (.scatter, 0), (.line, 0): return isOrdered ? nil : "numbers, dates or moments"
    case (.pairs, _): return isOrdered ? nil : "numbers, dates or moments"
    case (.heatmap, 2): return type.isNumeric ? nil : "numbers"
    case (.scatter, _), (.line, _): return type.isNumeric ? nil : "numbers"
    default: return type == .vector ? "single values" : nil
    }
  }

  /// What fits columns of these types when no mark is named; nil where nothing does.
  static func standard(_ types: [ColumnType]) -> PlotMark? {
    func isLabel(_ type: ColumnType) -> Bool { type == .text || type == .bool }
    func isTime(_ type: ColumnType) -> Bool { type == .date || type == .datetime }
    guard !types.contains(.vector), let first = types.first else { return nil }
    guard types.count > 1 else { return isLabel(first) ? .bar : .hist }
    let second = types[1]
    guard types.count == 2 else { return nil }
    if isLabel(first), isLabel(second) { return .bar }
    if isLabel(first) || isLabel(second) { return first.isNumeric || second.isNumeric ? .box : nil }
    return second.isNumeric ? (isTime(first) ? .line : .scatter) : nil
  }
}
