import Display
import Notation
import Tables
import Testing

@Suite struct BoxPlotTests {
  static func plot(named name: String) -> Plot {
    let figures: [[Double]] = [[0, 10, 20, 30, 40], [10, 20, 25, 30, 60]]
    let columns = Plot.boxColumns.enumerated().map { place, column in
      (column, Column.float(Cells(figures.map { $0[place] })))
    }
    return Plot(
      .box, x: name, y: name, title: name, data: Table([(name, .text(TextCells(["First", name])))] + columns))
  }

  static let plot = plot(named: "class")

  @Test(arguments: [60, 100, 160]) func boxesStandOnACommonAxis(width: Int) throws {
    let lines = TextRenderer(width: width).render(.plot(Self.plot)).split(separator: "\n").map(String.init)
    let (first, second) = (Array(lines[2]), Array(lines[3]))
    #expect(lines.allSatisfy { TextWidth.of($0) <= width })
    // The upper quartile of both is 30, the whiskers end where the figures say.
    #expect(first.lastIndex(of: "█") == second.lastIndex(of: "█"))
    let (low, high) = (try #require(first.firstIndex(of: "├")), try #require(first.firstIndex(of: "┤")))
    let median = try #require(first.firstIndex(of: "┃"))
    #expect(abs(2 * median - low - high) <= 2)
    #expect(try #require(second.firstIndex(of: "├")) > low && second.lastIndex(of: "┤") == second.count - 1)
  }

  @Test func aGroupWithoutFiguresIsCounted() {
    var columns = [("g", Column.text(TextCells(["a", "b"])))]
    for name in Plot.boxColumns { columns.append((name, .float(Cells([1, nil], filler: 0)))) }
    let text = TextRenderer(width: 60).render(.plot(Plot(.box, x: "g", y: "v", data: Table(columns))))
    #expect(text.contains("(1 group without a value)") && !text.contains("b  "))
  }

  @Test func onAPageEachBoxTellsItsFigures() {
    let html = HTMLRenderer().fragment(.plot(Self.plot))
    #expect(html.contains("<title>First: low 0, q1 10, median 20, q3 30, high 40</title>"))
    #expect(html.contains("class=\"median\""))
  }
}

/// Lines that points are held against.
@Suite struct ReferenceLineTests {
  static func plot(_ reference: Plot.Reference?) -> Plot {
    let x = (0...10).map { Double($0) / 10 }
    let data = Table([("x", .float(Cells(x))), ("y", .float(Cells(x.map { $0.squareRoot() })))])
    return Plot(.line, x: "x", y: "y", reference: reference, data: data)
  }

  static func dots(_ plot: Plot, width: Int) -> Int {
    TextRenderer(width: width).render(.plot(plot)).unicodeScalars.reduce(0) { sum, scalar in
      (0x2801...0x28FF).contains(scalar.value) ? sum + (scalar.value - 0x2800).nonzeroBitCount : sum
    }
  }

  @Test(arguments: [60, 100, 160]) func aReferenceAddsDotsBesideThePoints(width: Int) {
    let without = Self.dots(Self.plot(nil), width: width)
    #expect(Self.dots(Self.plot(.diagonal), width: width) > without + 20)
    #expect(Self.dots(Self.plot(.level(0.5)), width: width) > without + 20)
  }

  @Test func whatLiesBeyondTheAxesIsNotDrawn() {
    #expect(Self.dots(Self.plot(.level(7)), width: 60) == Self.dots(Self.plot(nil), width: 60))
    #expect(!HTMLRenderer().fragment(.plot(Self.plot(.level(7)))).contains("class=\"reference\""))
  }

  @Test func withoutBrailleItIsDotted() {
    let text = TextRenderer(width: 60, unicode: false).render(.plot(Self.plot(.diagonal)))
    #expect(text.contains(".") && text.contains("o"))
  }

  @Test func onAPageItIsALineOfItsOwn() {
    #expect(HTMLRenderer().fragment(.plot(Self.plot(.diagonal))).contains("<line class=\"reference\""))
  }
}
