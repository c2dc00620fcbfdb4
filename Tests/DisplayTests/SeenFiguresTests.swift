import Display
import Notation
import Tables
import Testing

/// Figures that say what they are of: not all is not everything, and a huge number elsewhere changes none.
@Suite struct SeenFiguresTests {
  static let shares: [([Double], [String])] = [
    ([0.9995009980039921], ["99.95%"]), ([1], ["100.0%"]), ([0], ["0.0%"]), ([0.0002], ["0.02%"]),
    ([0.5, 0.9995], ["50.00%", "99.95%"]), ([0.999999999], ["99.9999999%"]),
  ]

  @Test(arguments: shares)
  func aShareIsAllOrNothingOnlyWhereItIs(shares: [Double], texts: [String]) {
    #expect(NumberText.column(shares, .percent(decimals: 1)) == texts)
  }

  @Test func theLineBelowAConfusionMatrixDoesNotRoundUpToAll() {
    let matrix = ConfusionMatrixDisplay(classes: ["a", "b"], counts: [[2000, 1], [0, 3]])
    #expect(TextRenderer().render(.confusion(matrix)).contains("2003 of 2004 right (99.95%)"))
  }

  @Test func numbersOfOneRowHaveTheirDecimalsInCommon() {
    var table = DisplayTable(
      ["column", "mean", "sd"],
      rows: [[.text("x"), .float(2.5), .float(1)], [.text("y"), .float(1e308), .float(1e307)]])
    table.isQuantityByRow = true
    let text = TextRenderer().render(.table(table))
    #expect(text.contains("2.5") && !text.contains("2.5e"))
    #expect(text.contains("1.0e+308"))
    #expect(HTMLRenderer().fragment(.table(table)).contains(">2.5<"))
  }

  @Test func blanksAtTheEndsOfNamesAreSeen() {
    let confusion = ConfusionMatrixDisplay(classes: [" yes", "yes"], counts: [[1, 0], [0, 1]])
    let metrics = MetricsDisplay(columns: ["all", "yes "], rows: [.init("auc", [.init(0.5), .init(0.5)])])
    let vector = VectorCells(names: [" yes", "yes"], values: [1, 0], count: 1)
    let table = DisplayTable(headOf: Table([("plan", .vector(vector)), ("p_yes ", .int(Cells([1])))]))
    let displays: [(Display, String)] = [
      (.confusion(confusion), "\" yes\""), (.metrics(metrics), "\"yes \""), (.table(table), "=\" yes\""),
      (.table(table), "yes \""),
    ]
    for (display, name) in displays {
      #expect(TextRenderer().render(display).contains(name))
      #expect(MarkdownRenderer().render(display).contains(name))
      #expect(HTMLRenderer().fragment(display).contains(HTMLText.escaped(name)))
    }
  }
}
