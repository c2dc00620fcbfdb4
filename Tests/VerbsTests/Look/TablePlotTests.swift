import Display
import Interpreter
import Kernels
import Plan
import Tables
import Testing

@testable import Verbs

/// Plots of rows, against what is counted apart.
@Suite(.serialized) struct TablePlotTests {
  @Test func aHistogramCountsEveryRowOnceAndSaysWhichHaveNoValue() throws {
    let shown = Shown("load titanic\nplot hist, age, by: sex")
    let plot = try #require(shown.plots.first)
    #expect(plot.mark == .histogram && plot.colour == "sex" && plot.edges.first == 0)
    #expect(plot.numbers(plot.y).reduce(0, +) == 1309 - 263)
    #expect(shown.notes.contains("plot: 263 rows without age left out"))
  }

  @Test func barsCountTheRowsOfEachValueMissingOnesAmongThem() throws {
    let plot = try #require(Shown("load penguins\nplot bar, sex").plots.first)
    let cells = (0..<plot.data.rowCount).map { plot.data.columns[0][$0] }
    #expect(cells == [.text("male"), .text("female"), .missing])
    #expect(plot.numbers(plot.y) == [168, 165, 11])
  }

  @Test func barsOfASecondColumnAreItsMeans() throws {
    let plot = try #require(Shown("load iris\nplot bar, species, petal_length_cm").plots.first)
    for (mean, expected) in zip(plot.numbers(plot.y), [1.462, 4.26, 5.552]) { #expect(abs(mean - expected) < 1e-9) }
    #expect(plot.data.rowCount == 3)
  }

  @Test func moreValuesThanBarsAreCounted() throws {
    let shown = Shown("load titanic\nplot bar, name")
    #expect(shown.plots.first?.data.rowCount == 40)
    #expect(shown.notes.contains { $0.contains("the 40 most frequent values of name") })
  }

  @Test func aBoxHasTheQuartilesOfItsGroup() throws {
    let shown = Shown("load penguins\nplot box, species, body_mass_g")
    let plot = try #require(shown.plots.first)
    #expect(plot.mark == .box && plot.x == "species" && plot.y == "body_mass_g")
    #expect(plot.numbers("median") == [3700, 5000, 3700] && plot.numbers("count") == [151, 123, 68])
    #expect(shown.notes.contains("plot: 2 rows without body_mass_g left out"))
  }

  @Test(arguments: [
    ([3.0], [3.0, 3, 3, 3, 3], 0), ([1, 2, 3, 4], [1, 1.75, 2.5, 3.25, 4], 0),
    ([1, 2, 3, 4, 100], [1, 2, 3, 4, 4], 1), ([-1.5e308, 0, 1.5e308], [-1.5e308, -7.5e307, 0, 7.5e307, 1.5e308], 0),
    ([-1.5e308, 1.5e308], [-1.5e308, -7.5e307, 0, 7.5e307, 1.5e308], 0), ([-50, 1, 1, 1, 1, 50], [1, 1, 1, 1, 1], 2),
  ])
  func whiskersEndAtTheFurthestValueWithinReach(numbers: [Double], places: [Double], outliers: Int) {
    let box = BoxFigures(numbers)
    #expect(box.places == places && box.outliers == outliers && box.rows == numbers.count)
  }

  @Test func ofManyPointsSomeAreDrawnAndThatIsSaid() throws {
    let shown = Shown("load diamonds\nplot scatter, carat, price")
    let points = try #require(shown.plots.first).data.rowCount
    #expect((2500...5000).contains(points))
    #expect(shown.notes.contains("plot: \(points) of 53940 rows are drawn, chosen evenly"))
  }

  @Test func pointsWithoutBothValuesAreCounted() {
    let shown = Shown("load penguins\nplot flipper_length_mm, body_mass_g, by: species")
    #expect(shown.plots.first?.mark == .point && shown.plots.first?.data.rowCount == 342)
    #expect(shown.notes.contains("plot: 2 rows without a value of flipper_length_mm, body_mass_g left out"))
  }

  @Test func aLineIsTheMeanOfEachX() throws {
    let plot = try #require(Shown("load penguins\nplot line, year, body_mass_g").plots.first)
    #expect(plot.mark == .line && plot.numbers("year") == [2007, 2008, 2009])
    #expect(abs(plot.numbers(plot.y)[0] - 4124.541284403669) < 1e-6)
  }

  @Test func aLineOfManyXIsDrawnOverRanges() {
    let shown = Shown("load diamonds\nplot line, price, carat")
    #expect((150...200).contains(shown.plots.first?.data.rowCount ?? 0))
    #expect(shown.notes.contains { $0.contains("more than 500 different price") })
  }

  @Test(
    "where there is no value to draw that is said, and no empty axes are drawn",
    arguments: [
      ("filter age > 1000\nplot scatter, age, survived_at", "plot: age, survived_at have no value to draw"),
      ("filter age > 1000\nplot line, age, survived_at", "plot: age, survived_at have no value to draw"),
      ("filter age > 1000\nplot bar, sex", "plot: sex has no value to draw"),
      ("plot scatter, age, gone", "plot: gone has no value to draw"),
      ("plot line, gone, age", "plot: gone has no value to draw"),
      ("plot line, age, gone", "plot: gone has no value to draw"),
      ("plot line, gone", "plot: gone has no value to draw"), ("plot bar, gone", "plot: gone has no value to draw"),
      ("plot bar, sex, gone", "plot: gone has no value to draw"),
      (
        "derive child = if age < 10 then age else missing, old = if age > 60 then age else missing\nplot scatter, child, old",
        "plot: no row has a value to draw of child, old"
      ),
    ])
  func nothingToDraw(stages: String, said: String) {
    let shown = Shown(
      "load titanic\nderive gone = if age > 1000 then age else missing, survived_at = age + 1\n\(stages)")
    #expect(shown.plots.isEmpty && shown.notes.contains(said), "\(shown.notes) \(shown.diagnostics)")
  }

  @Test func missingCellsStandFromTheMost() {
    let shown = Shown("load penguins\nplot missing")
    #expect(shown.plots.first.map { $0.data[$0.x].map { $0[0] } } == .text("sex"))
    #expect(shown.plots.first.map { $0.numbers($0.y) } == [11, 2, 2, 2, 2])
    #expect(shown.notes.contains { $0.contains("no cell is missing in species") })
    #expect(Shown("load iris\nplot missing").texts.contains { $0.contains("no cell is missing in 5 columns") })
  }

  @Test func withoutColumnsEachHasAPlotOfItsOwn() {
    let plots = Shown("load penguins\nplot").plots
    #expect(plots.map(\.mark) == [.bar, .bar, .histogram, .histogram, .histogram, .histogram, .bar, .histogram])
    #expect(Shown("load breast_cancer\nplot").plots.count == PlotMark.mostColumns)
  }

  @Test func theTrainingRowsOfASplitAreDrawn() {
    let shown = Shown("load iris\nlabel species\nsplit valid: 0.3, test: 0.2, seed: 7\nplot hist, petal_length_cm")
    #expect(shown.plots.first.map { $0.numbers($0.y).reduce(0, +) } == 75)
  }

  @Test func whatIsDrawnDoesNotDependOnHowTheRowsAreCut() throws {
    var values = ValuePlaces()
    let words = (0..<100).map { "w\($0 % 7)" }
    let whole = values.places(of: .text(TextCells(words)))
    var parts = ValuePlaces()
    let cut =
      parts.places(of: .text(TextCells(Array(words[..<33])))) + parts.places(of: .text(TextCells(Array(words[33...]))))
    #expect(whole == cut && values.rows == parts.rows && values.order == parts.order)
  }

  @Test func valuesBeyondTheBoundHaveNoPlace() {
    var values = ValuePlaces(most: 2)
    #expect(values.places(of: .int(Cells([5, 6, 7, 5, nil], filler: 0))) == [0, 1, -1, 0, -1])
    #expect(values.rows == [2, 1] && values.rowsBeyond == 2)
  }

  @Test(arguments: [
    ([ColumnType.int], PlotMark.hist), ([.date], .hist), ([.text], .bar), ([.bool], .bar),
    ([.float, .int], .scatter), ([.date, .float], .line), ([.text, .float], .box), ([.float, .bool], .box),
    ([.text, .bool], .bar),
  ])
  func typesChooseTheMark(types: [ColumnType], mark: PlotMark) {
    #expect(PlotMark.standard(types) == mark)
  }

  @Test(
    "what does not fit is found before anything runs",
    arguments: [
      ("plot hist, sex", "wrong-type", "what fits 'sex': bar"),
      ("plot scatter, sex, age", "wrong-type", "what fits 'sex': bar"),
      ("plot scatter, age", "missing-argument", nil),
      ("plot roc", "wrong-subject", "what fits: hist, bar, box, scatter, line, heatmap, correlation, pairs, missing"),
      (
        "plot histogram, age", "unknown-method",
        "marks of rows: hist, bar, box, scatter, line, heatmap, correlation, pairs, missing"
      ),
      ("plot hist, aeg", "unknown-column", nil), ("plot hist, age, by: sx", "unknown-column", nil),
      ("plot hist, age, levels: 3", "bad-option", "it is for tree"),
      ("plot bins: 5", "bad-option", "it is for hist, heatmap, calibration"),
      ("plot age, sex, class", "missing-argument", nil),
    ] as [(String, String, String?)])
  func refusals(stage: String, code: String, help: String?) {
    let shown = Shown("load titanic\n\(stage)")
    #expect(shown.status == .staticErrors && shown.diagnostics.map(\.code.rawValue) == [code])
    if let help { #expect(shown.diagnostics.first?.help.contains(help) == true) }
  }
}
