import Display
import Explanation
import Glibc
import Interpreter
import Plan
import Tables

/// The weights of a linear model as they are shown, the largest first.
struct CoefficientsDisplay {
  /// More terms, and more classes, are not shown at once.
  private static let mostTerms = 20
  private static let mostClasses = 12

  let coefficients: Coefficients
  private let model: Model

  /// Throws `unsupported` for a model that is no weighted sum of features.
  init(_ model: Model) throws(EngineError) {
    guard let coefficients = Coefficients(model.graph) else {
      throw EngineError(.subject(.noCoefficients([model.algorithm])))
    }
    self.coefficients = coefficients
    self.model = model
  }

  private var terms: ArraySlice<Coefficients.Term> { coefficients.terms.prefix(Self.mostTerms) }
  private var isScaled: Bool { coefficients.terms.contains { $0.standardised != nil } }

  /// What a weight adds to, in words.
  private var target: String {
    if coefficients.areLogOdds { return "the log odds of \(coefficients.classes[0]?.name ?? "the positive class")" }
    return coefficients.classes.count > 1 ? "the score of each class" : model.label?.name ?? "the answer"
  }

  var table: Display {
    var table = coefficients.classes.count > 1 ? ofClasses : ofOne
    table.totalRows = coefficients.terms.count + table.rows.count - terms.count
    return .table(table)
  }

  /// A row a term: its weight, that of a standard deviation, and of log odds the ratio.
  private var ofOne: DisplayTable {
    let names =
      ["input", "coefficient"] + (isScaled ? ["per sd"] : []) + (coefficients.areLogOdds ? ["odds ratio"] : [])
    func row(_ name: String, _ weight: Double, _ standardised: Double?, ratio: Double?) -> [Cell] {
      [.text(name), .float(weight)] + (isScaled ? [.figure(standardised)] : [])
        + (coefficients.areLogOdds ? [.figure(ratio.flatMap { $0.isFinite ? $0 : nil })] : [])
    }
    let rows = terms.map { term in
      row(term.feature.name, term.weights[0], term.standardised?[0], ratio: exp(term.weights[0]))
    }
    let intercept = row("(intercept)", coefficients.intercepts[0], nil, ratio: nil)
    return prose(
      DisplayTable(names, rows: rows + [intercept], title: "coefficients: what a step of 1 adds to \(target)"))
  }

  /// A row a term and a column a class.
  private var ofClasses: DisplayTable {
    let shown = coefficients.classes.prefix(Self.mostClasses)
    let rows: [[Cell]] = terms.map { term in
      [.text(term.feature.name)] + (term.standardised ?? term.weights).prefix(shown.count).map(Cell.float)
    }
    let intercept: [Cell] =
      [.text("(intercept)")] + coefficients.intercepts.prefix(shown.count).map(Cell.float)
    let step = isScaled ? "a step of 1, of one sd where training scaled the input," : "a step of 1"
    var table = DisplayTable(
      ["input"] + shown.map { $0?.name ?? "" }, rows: rows + [intercept],
      title: "coefficients: what \(step) adds to \(target)")
    table.omittedColumns = coefficients.classes.count - shown.count
    table.totalColumns += table.omittedColumns
    return prose(table)
  }

  private func prose(_ table: DisplayTable) -> DisplayTable {
    var table = table
    table.isProse = true
    return table
  }

  /// Bars to both sides of 0, on a common scale where there is one.
  var plot: [Display] {
    let shown = coefficients.classes.prefix(Plot.mostSeries)
    var (inputs, weights, classes): ([String], [Double], [String]) = ([], [], [])
    for term in terms {
      for (place, weight) in (term.standardised ?? term.weights).prefix(shown.count).enumerated() {
        inputs.append(term.feature.name)
        weights.append(weight)
        classes.append(shown[place]?.name ?? "")
      }
    }
    let y = isScaled ? "weight (per sd of a scaled input)" : "weight"
    var columns: [(String, Column)] = [("input", .text(TextCells(inputs))), (y, .float(Cells(weights)))]
    if shown.count > 1 { columns.append(("class", .text(TextCells(classes)))) }
    let plot = Plot(
      .bar, x: "input", y: y, colour: shown.count > 1 ? "class" : nil,
      title: "coefficients of \(model.algorithm): what an input adds to \(target)", data: Table(columns))
    let rest = coefficients.terms.count - terms.count
    let others = coefficients.classes.count - shown.count
    return [.plot(plot)]
      + TablePlot.notes(
        (rest > 0 ? ["\(counted(rest, "smaller coefficient")) not drawn"] : [])
          + (others > 0 ? ["\(others) more classes not drawn"] : []))
  }
}
