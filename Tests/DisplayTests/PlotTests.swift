import Display
import Notation
import Tables
import Testing

@Suite struct PlotTests {
  static let data = Table([
    ("plan", .text(TextCells(["gold", "basic", "gold", nil]))), ("spend", .float(Cells([1, 2, 3, 4]))),
    ("day", .date(Cells([18000, 18010, 18020, 18030]))), ("gone", .bool(Cells([true, false, true, false]))),
    ("none", .float(Cells([nil, nil, nil, nil], filler: 0))),
  ])

  static func text(_ plot: Plot, width: Int = 30) -> String { TextRenderer(width: width).render(.plot(plot)) }

  @Test func barsAddUpRowsOfTheSameCategory() {
    #expect(
      Self.text(Plot(.bar, x: "plan", y: "spend", data: Self.data)) == """
        spend by plan
        gold     ███████████████████ 4
        basic    █████████▌ 2
        missing  ███████████████████ 4

        """)
  }

  @Test func barsWithoutYCountRows() {
    #expect(Self.text(Plot(.bar, x: "gone", data: Self.data)).contains("2\n"))
  }

  @Test func negativeBarsGrowToTheLeftOfACommonZero() {
    let data = Table([("x", .text(TextCells(["a", "b"]))), ("y", .float(Cells([-1, 1])))])
    let lines = Self.text(Plot(.bar, x: "x", y: "y", data: data)).split(separator: "\n")
    #expect(lines[1].hasPrefix("a  ████") && lines[2].hasPrefix("b        "))
  }

  @Test func histogramsHaveRoundEdgesAndKeepTheLargestValue() {
    let data = Table([("v", .int(Cells((0...100).map(Int64.init))))])
    let bins = HistogramBins(from: 0, to: 100, rows: 101, bins: nil, type: .int)
    let text = Self.text(Plot(.histogram, x: "v", edges: bins.edges, data: data), width: 60)
    #expect(text.contains("0 – 20") && text.contains("80 – 100"))
    let counts = text.split(separator: "\n").dropFirst().compactMap {
      $0.split(separator: " ").last.flatMap { Int($0) }
    }
    #expect(counts.reduce(0, +) == 101)
  }

  @Test func fewWholeNumbersHaveABinEach() {
    let bins = HistogramBins(from: 1, to: 3, rows: 900, bins: nil, type: .int)
    #expect(bins.edges == [0.5, 1.5, 2.5, 3.5])
    let data = Table([("pclass", .float(Cells(bins.edges.dropLast()))), ("rows", .int(Cells([4, 2, 9])))])
    let plot = Plot(.histogram, x: "pclass", y: "rows", edges: bins.edges, data: data)
    let lines = Self.text(plot, width: 60).split(separator: "\n").dropFirst()
    #expect(lines.map { $0.first } == ["1", "2", "3"] && lines.map { $0.last } == ["4", "2", "9"])
  }

  @Test func aHistogramOfDatesHasDatesAlongItsAxis() {
    let edges = [15_340.0, 15_700, 16_060]
    let data = Table([("day", .date(Cells([15_340, 15_700]))), ("rows", .int(Cells([4, 2])))])
    let page = HTMLRenderer().fragment(.plot(Plot(.histogram, x: "day", y: "rows", edges: edges, data: data)))
    #expect(page.contains(">2013-") && !page.contains(">15400<") && !page.contains(">15600<"))
  }

  static let ends: [ClosedRange<Double>] = [
    0...0, -1e308...1e308, 0...Double.leastNonzeroMagnitude, 1e16...1e16 + 2, -0.5...0.5,
  ]

  @Test(arguments: ends) func binsHoldBothEndsWhateverTheyAre(ends: ClosedRange<Double>) {
    let (low, high) = (ends.lowerBound, ends.upperBound)
    for (bins, type) in [(nil, ColumnType.float), (7, .float), (nil, .int), (1000, .datetime)] as [(Int?, ColumnType)] {
      let found = HistogramBins(from: low, to: high, rows: 50, bins: bins, type: type)
      #expect(found.count > 0 && zip(found.edges, found.edges.dropFirst()).allSatisfy { $0 < $1 })
      #expect((0..<found.count).contains(found.place(low)) && (0..<found.count).contains(found.place(high)))
    }
  }

  @Test(arguments: Plot.Mark.allCases, ["plan", "spend", "day", "gone", "none", "absent"])
  func everyMarkOnEveryTypeIsDrawnSomehow(mark: Plot.Mark, x: String) {
    for y in ["spend", "none", "plan", nil] {
      let display = Display.plot(Plot(mark, x: x, y: y, colour: "plan", facet: "gone", data: Self.data))
      for unicode in [true, false] {
        #expect(!TextRenderer(width: 40, unicode: unicode).render(display).isEmpty)
      }
      let html = HTMLRenderer().fragment(display)
      #expect(html.contains("<figure>") && !html.contains("nan") && !html.contains("inf"))
      #expect(JSONRenderer().value(display)["kind"] == "plot")
    }
  }

  @Test(arguments: [60, 100, 160]) func titlesAndMarksStayOnTheScreen(width: Int) {
    let long = "fall of log_loss when a column is shuffled, on the training rows, 18 columns of 1309 rows"
    for mark in Plot.Mark.allCases {
      let plot = Plot(
        mark, x: "plan", y: "spend", colour: "gone", title: long, edges: [0, 2, 4], reference: .level(2),
        data: Self.data)
      let lines = TextRenderer(width: width).render(.plot(plot)).split(separator: "\n")
      #expect(lines.allSatisfy { TextWidth.of(String($0)) <= width } && lines.count > 1)
    }
  }

  static let extremes: [[Double]] = [
    [.nan, .infinity, 1], [1e308, -1e308], [5, 5, 5], [1e-300, 2e-300], [1e15, 1e15 + 1], [], [0],
    [4611686018427387904, -4611686018427387904],
  ]

  @Test(arguments: extremes)
  func extremeNumbersAreDrawnOrLeftOut(values: [Double]) {
    let data = Table([("x", .float(Cells(values))), ("y", .float(Cells(values)))])
    for mark in Plot.Mark.allCases {
      for scale in [Plot.Scale.linear, .log] {
        let display = Display.plot(
          Plot(mark, x: "x", y: "y", yScale: scale, edges: mark == .bar ? [] : [-1, 0, 1], data: data))
        #expect(!TextRenderer(width: 40).render(display).isEmpty)
        #expect(!HTMLRenderer().fragment(display).contains("=\"nan"))
      }
    }
  }

  @Test func edgesNearEachOtherHaveLabelsOfTheirOwn() {
    for (low, high) in [(1e15, 1e15 + 2.4), (0x1p63, 0x1p63 + 8192), (1_000_000.25, 1_000_000.75), (1, 1 + 1e-12)] {
      let edges = (0...4).map { low + (high - low) / 4 * Double($0) }
      let counts = Table([("v", .float(Cells(edges.dropLast().map { $0 }))), ("rows", .int(Cells([1, 2, 3, 4])))])
      let bars = Self.text(Plot(.histogram, x: "v", y: "rows", edges: edges, data: counts), width: 160)
      let labels = bars.split(separator: "\n").dropFirst().compactMap { $0.split(separator: " – ").first }
      #expect(labels.count == 4 && Set(labels).count == 4)
      let axis = Self.text(Plot(.point, x: "v", y: "v", data: counts), width: 160).split(separator: "\n")
      let ticks = axis.compactMap { $0.split(separator: "│").first }.filter { $0.contains { $0.isNumber } }
      #expect(ticks.count >= 2 && Set(ticks).count == ticks.count)
    }
  }

  /// Their distance is more than a number can be.
  static let wide = [1e308, -1.7e308, 1, 0, .leastNonzeroMagnitude, 1e15]

  @Test func binsOfAWideRangeTellItsEndsFromItsMiddle() {
    for bins in [nil, 3, 100] {
      let found = HistogramBins(from: -1.7e308, to: 1e308, rows: 6, bins: bins, type: .float)
      let places = Self.wide.map(found.place)
      #expect(places[1] < places[2] && Set(places[2...]).count == 1 && (bins == nil || places[0] > places[2]))
      #expect(found.edges.allSatisfy(\.isFinite) && found.edges[0] <= -1.7e308 && found.edges[found.count] >= 1e308)
    }
  }

  @Test func pointsAndBarsOfAWideRangeStandWhereTheyBelong() {
    let data = Table([
      ("x", .float(Cells(Self.wide))), ("y", .float(Cells(Self.wide))),
      ("name", .text(TextCells(Self.wide.map { "\($0)" }))),
    ])
    for mark in [Plot.Mark.point, .line] {
      let lines = Self.text(Plot(mark, x: "x", y: "y", data: data), width: 60).split(separator: "\n")
      let drawn = lines.filter { $0.unicodeScalars.contains { (0x2801...0x28FF).contains($0.value) } }
      #expect(drawn.count >= 3 && lines.contains { $0.contains("e+308") })
    }
    let bars = Self.text(Plot(.bar, x: "name", y: "y", data: data), width: 60).split(separator: "\n").dropFirst()
    let lengths = bars.map { $0.filter { $0 == "█" }.count }
    #expect(lengths[1] > lengths[0] && lengths[0] > 5 && lengths[2...].allSatisfy { $0 <= 1 })
  }

  @Test func pointsOfSeveralSeriesDifferWithoutColour() {
    let text = Self.text(Plot(.point, x: "spend", y: "spend", colour: "gone", data: Self.data), width: 40)
    #expect(text.contains("o true  x false"))
    #expect(text.contains { $0 == "x" } && !text.unicodeScalars.contains { (0x2800...0x28FF).contains($0.value) })
  }

  @Test func whatIsLeftOutIsSaid() {
    let many = Table([
      ("x", .int(Cells((0..<30).map(Int64.init)))),
      ("y", .float(Cells((0..<30).map { $0 == 0 ? nil : Double($0) }, filler: 0))),
      ("c", .text(TextCells((0..<30).map { "c\($0 % 10)" }))),
    ])
    #expect(
      Self.text(Plot(.point, x: "x", y: "y", colour: "c", data: many), width: 60).contains(
        "(1 row without a value, 2 more series)"))
    let bars = Table([("x", .text(TextCells((0..<50).map { "b\($0)" })))])
    #expect(Self.text(Plot(.bar, x: "x", data: bars)).contains("… (10 more bars)"))
  }

  @Test func logarithmicAxesLeaveOutWhatIsNotPositive() {
    let data = Table([("x", .int(Cells([1, 2, 3]))), ("y", .float(Cells([0, 10, 1000])))])
    #expect(Self.text(Plot(.point, x: "x", y: "y", yScale: .log, data: data)).contains("(1 row without a value)"))
  }

  @Test func vegaLiteNamesChannelsNotColumns() {
    let plot = Plot(.histogram, x: "spend", facet: "plan", edges: [1, 2.5, 4], data: Self.data)
    let specification = JSONRenderer().value(.plot(plot))["vega_lite"]
    #expect(specification?["mark"] == "bar")
    #expect(specification?["encoding"]?["x"]?["bin"] == "binned")
    #expect(specification?["encoding"]?["y"]?["aggregate"] == "count")
    #expect(specification?["data"]?["values"]?[3] == ["x": 4.0, "facet": nil, "low": 2.5, "high": 4.0])
  }

  @Test func vegaLiteDrawsReferencesAndBoxesInLayers() {
    let points = Plot(.line, x: "spend", y: "spend", facet: "gone", reference: .diagonal, data: Self.data)
    let layers = JSONRenderer().value(.plot(points))["vega_lite"]?["spec"]?["layer"]?.elements
    #expect(layers?.count == 2 && layers?[1]["encoding"]?["x2"] == ["datum": 4.0])
    let boxes = JSONRenderer().value(.plot(BoxPlotTests.plot))["vega_lite"]?["layer"]?.elements
    #expect(boxes?.map { $0["mark"]?.string } == ["rule", "bar", "tick"])
  }
}
