import Display
import Notation
import Tables
import Testing

@Suite struct TextRendererTests {
  static let wide = DisplayTable(
    columns: (0..<12).map { DisplayColumn("column_\($0)", type: "int") },
    rows: [(0..<12).map { .int(Int64($0)) }], totalRows: 40)

  @Test func tablesShowTypesMissingMarksAndSize() {
    let table = DisplayTable(
      headOf: Table([
        ("name", .text(TextCells(["größe", nil, "中"]))), ("age", .float(Cells([1.5, nil, 22], filler: 0))),
      ]), rows: 2, title: "people")
    #expect(
      TextRenderer(width: 80).render(.table(table)) == """
        people
        name     age
        text   float
        größe    1.5
        ·          ·
        2 of 3 rows × 2 columns

        """)
  }

  @Test func columnsLeftOutAreMarkedAndNamed() {
    let text = TextRenderer(width: 50).render(.table(Self.wide))
    let lines = text.split(separator: "\n")
    #expect(lines[0] == "column_0  column_1  …  column_10  column_11")
    #expect(lines[2] == "       0         1  …         10         11")
    #expect(lines[3].hasPrefix("1 of 40 rows × 12 columns … (8 more columns: c"))
    #expect(lines[3].hasSuffix("…)"))
  }

  @Test func filesAreNeverCut() {
    let long = String(repeating: "x", count: 5000)
    let text = TextRenderer(width: nil).render(.table(DisplayTable(["a"], rows: [[.text(long)]])))
    #expect(text.contains(long) && !text.contains("…"))
    #expect(!TextRenderer(width: nil).render(.table(Self.wide)).contains("…"))
  }

  @Test(arguments: [1, 2, 5, 13, 22, 40, 79, 80, 200])
  func noLineIsWiderThanTheScreen(width: Int) {
    let cells: [Cell] = [
      .text("Cumings, Mrs. John Bradley (Florence Briggs Thayer)"), .text("中文中文中文中文中文"), .float(123456.789),
      .text("\u{1B}[2J"), .missing, .date(20000), .vector([1, 2, 3]),
    ]
    let names = ["name", "quite_a_long_column_name", "number", "hostile", "none", "day", "vector"]
    let table = DisplayTable(columns: names.map { DisplayColumn($0, type: "text") }, rows: [cells, cells])
    let metrics = MetricsDisplay(
      columns: ["train", "valid"], rows: [.init("log_loss", [.init(1, spread: 2), .init(3)], better: .lower)])
    for display in [Display.table(table), .metrics(metrics)] {
      for line in TextRenderer(width: width).render(display).split(separator: "\n") where width >= 4 {
        #expect(TextWidth.of(String(line)) <= width, "\(line)")
      }
    }
  }

  @Test(arguments: [
    "\u{1B}[2J", "\u{9B}31m", "\u{1B}]0;title\u{7}", "a\u{8}\u{8}b", "\u{202E}evil", "x\r\ny", "\u{FEFF}",
  ])
  func dataCannotDriveTheTerminal(hostile: String) {
    let table = Table([(hostile, .text(TextCells([hostile]))), ("y", .float(Cells([1])))])
    let everywhere: Display = .group([
      .heading(hostile), .text(hostile), .notes([Note(.warning, hostile)]), .facts([Fact(hostile, hostile)]),
      .table(DisplayTable(columns: [DisplayColumn(hostile, type: hostile)], rows: [[.text(hostile)]], title: hostile)),
      .metrics(MetricsDisplay(title: hostile, columns: [hostile], rows: [.init(hostile, 1)])),
      .confusion(ConfusionMatrixDisplay(title: hostile, classes: [hostile], counts: [[1]])),
      .plot(Plot(.bar, x: hostile, y: "y", colour: hostile, facet: hostile, title: hostile, data: table)),
      .plot(Plot(.point, x: hostile, y: "y", colour: hostile, facet: hostile, title: hostile, data: table)),
      .plot(BoxPlotTests.plot(named: hostile)), .tree(TreeDisplayTests.tree(hostile)),
    ])
    let rendered =
      TextRenderer().render(everywhere) + MarkdownRenderer().document(title: hostile, displays: [everywhere])
      + HTMLRenderer().document(title: hostile, displays: [everywhere])
    for scalar in rendered.unicodeScalars {
      #expect(scalar == "\n" || scalar.value >= 0x20 && !(0x7F..<0xA0).contains(scalar.value))
      #expect(scalar.value != 0x202E && scalar.value != 0xFEFF)
    }
  }

  @Test func missingIsNeverConfusedWithText() {
    let cells: [Cell] = [.missing, .text("·"), .text(""), .text(" a"), .text("\"\""), .text("missing")]
    let lines = TextRenderer().render(.table(DisplayTable(["a"], rows: cells.map { [$0] }))).split(separator: "\n")
    #expect(lines.dropFirst(2).map(String.init) == ["·", "\"·\"", "\"\"", "\" a\"", "\"\\\"\\\"\"", "missing"])
    let ascii = TextRenderer(unicode: false)
    let plain = ascii.render(.table(DisplayTable(["a"], rows: [[.missing], [.text("-")]]))).split(separator: "\n")
    #expect(plain.dropFirst(2).map(String.init) == ["-", "\"-\""])
  }

  @Test func withoutColourThereIsNoEscapeAndWithItTheTextIsTheSame() {
    let display: Display = .group([.heading("h"), .table(Self.wide), .notes([Note(.warning, "w")])])
    let plain = TextRenderer(width: 60).render(display)
    let coloured = TextRenderer(width: 60, colour: true).render(display)
    #expect(!plain.contains("\u{1B}") && coloured.contains("\u{1B}[2m"))
    #expect(coloured.replacing(#/\x1B\[[0-9]+m/#, with: "") == plain)
  }

  @Test func shortRowsAndEmptyTablesAreDrawn() {
    let short = DisplayTable(["a", "b"], rows: [[.int(1)], []])
    #expect(TextRenderer().render(.table(short)) == "a  b\n────\n1  ·\n·  ·\n")
    #expect(TextRenderer().render(.table(DisplayTable(["a"], rows: []))) == "a\n─\n(no rows)\n")
    #expect(TextRenderer(width: 9).render(.table(DisplayTable([], rows: []))) == "(no rows)\n")
  }

  @Test func metricsStandUnderTheirPoints() {
    let metrics = MetricsDisplay(
      columns: ["train", "valid"],
      rows: [
        .init("auc", [.init(0.91234, spread: 0.012), .init(0.8731, spread: 0.0234)], better: .higher),
        .init("rmse", [.init(1234.567), nil], better: .lower), .init("rows", [.init(916), .init(196)]),
      ])
    #expect(
      TextRenderer().render(.metrics(metrics)) == """
                             train              valid
        ─────────────────────────────────────────────
        auc ↑      0.9123 ± 0.0120    0.8731 ± 0.0234
        rmse ↓  1234.6                              ·
        rows     916                196

        """)
  }

  @Test func confusionMatricesShowTheShareThatIsRight() {
    let matrix = ConfusionMatrixDisplay(classes: ["a", "b"], counts: [[3, 1], [0]])
    #expect(
      TextRenderer().render(.confusion(matrix)) == """
        actual ╲ predicted  a  b
        ────────────────────────
        a                   3  1
        b                   0  0
        3 of 4 right (75.0%)

        """)
  }
}
