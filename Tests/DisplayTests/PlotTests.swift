import Display
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
    let text = Self.text(Plot(.histogram, x: "v", data: data), width: 60)
    #expect(text.contains("0 – 20") && text.contains("80 – 100"))
    let counts = text.split(separator: "\n").dropFirst().compactMap {
      $0.split(separator: " ").last.flatMap { Int($0) }
    }
    #expect(counts.reduce(0, +) == 101)
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

  static let extremes: [[Double]] = [
    [.nan, .infinity, 1], [1e308, -1e308], [5, 5, 5], [1e-300, 2e-300], [1e15, 1e15 + 1], [], [0],
    [4611686018427387904, -4611686018427387904],
  ]

  @Test(arguments: extremes)
  func extremeNumbersAreDrawnOrLeftOut(values: [Double]) {
    let data = Table([("x", .float(Cells(values))), ("y", .float(Cells(values)))])
    for mark in Plot.Mark.allCases {
      for scale in [Plot.Scale.linear, .log] {
        let display = Display.plot(Plot(mark, x: "x", y: "y", yScale: scale, bins: mark == .bar ? -1 : nil, data: data))
        #expect(!TextRenderer(width: 40).render(display).isEmpty)
        #expect(!HTMLRenderer().fragment(display).contains("=\"nan"))
      }
    }
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
    let specification = VegaLiteRenderer().specification(
      Plot(.histogram, x: "spend", facet: "plan", bins: 5, data: Self.data))
    #expect(specification["mark"] == "bar")
    #expect(specification["encoding"]?["x"]?["bin"] == ["maxbins": 5])
    #expect(specification["encoding"]?["y"]?["aggregate"] == "count")
    #expect(specification["data"]?["values"]?[3] == ["x": 4.0, "facet": nil])
  }
}
