import Display
import Notation
import Tables
import Testing

@Suite struct PageRendererTests {
  static let hostile = "</td><script>alert(\"1\")</script>&amp;' onload='x"

  static var everything: Display {
    let table = Table([(hostile, .text(TextCells([hostile]))), ("y", .float(Cells([1])))])
    return .group([
      .heading(hostile), .text(hostile), .notes([Note(.warning, hostile)]), .facts([Fact(hostile, hostile)]),
      .table(DisplayTable(columns: [DisplayColumn(hostile, type: hostile)], rows: [[.text(hostile)]], title: hostile)),
      .metrics(MetricsDisplay(title: hostile, columns: [hostile], rows: [.init(hostile, 1, better: .lower)])),
      .confusion(ConfusionMatrixDisplay(title: hostile, classes: [hostile], counts: [[1]])),
      .plot(Plot(.bar, x: hostile, y: "y", colour: hostile, facet: hostile, title: hostile, data: table)),
      .plot(Plot(.line, x: hostile, y: "y", colour: hostile, facet: hostile, title: hostile, data: table)),
      .plot(BoxPlotTests.plot(named: hostile)), .tree(TreeDisplayTests.tree(hostile)),
    ])
  }

  @Test func nothingOfTheDataIsMarkup() {
    let page = HTMLRenderer().document(title: Self.hostile, displays: [Self.everything])
    #expect(!page.contains("<script") && !page.contains("' onload='") && !page.contains("&amp;amp;amp;"))
    #expect(page.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;amp;&#39; onload=&#39;x"))
  }

  @Test func tagsAreBalanced() {
    let page = HTMLRenderer().document(title: Self.hostile, displays: [Self.everything])
    var open: [Substring] = []
    for match in page.matches(of: #/<(/?)([a-z][a-z0-9]*)[^>]*?(/?)>/#) {
      let name = match.output.2
      if ["meta"].contains(String(name)) || match.output.3 == "/" { continue }
      if match.output.1 == "/" { #expect(open.popLast() == name) } else { open.append(name) }
    }
    #expect(open.isEmpty)
  }

  @Test func pagesNeedNothingElse() {
    let page = HTMLRenderer().document(title: "t", displays: [Self.everything])
    for word in ["http:", "https:", "src=", "href=", "@import", "url("] { #expect(!page.contains(word)) }
  }

  @Test func missingCellsAndTruncationAreMarkedOnPages() {
    let table = DisplayTable(headOf: Table([("a", .int(Cells([nil, 2], filler: 0)))]), rows: 1)
    let html = HTMLRenderer().fragment(.table(table))
    #expect(html.contains("<td class=\"r\"><span class=\"missing\" title=\"missing\">·</span></td>"))
    #expect(html.contains("1 of 2 rows × 1 column"))
    let markdown = MarkdownRenderer().render(.table(table))
    #expect(markdown == "| a |\n| ---: |\n| · |\n\n*1 of 2 rows × 1 column*\n")
  }

  @Test(arguments: [
    ("a|b", "a\\|b"), ("<b>", "&lt;b&gt;"), ("a\nb", "a\\\\nb"), ("`x` *y* _z_", "\\`x\\` \\*y\\* \\_z\\_"),
  ])
  func markdownCellsStayCells(text: String, escaped: String) {
    let markdown = MarkdownRenderer().render(.table(DisplayTable(["c"], rows: [[.text(text)]])))
    #expect(markdown == "| c |\n| --- |\n| \(escaped) |\n")
  }

  @Test func textCannotEndItsFence() {
    #expect(MarkdownRenderer().render(.text("a\n````\n# b")) == "`````text\na\n````\n# b\n`````\n")
  }

  @Test func jsonKeepsEveryDigitAndTheOrderOfKeys() {
    let table = DisplayTable(
      headOf: Table([("a", .float(Cells([0.1 + 0.2, nil], filler: 0))), ("b", .text(TextCells([nil, ""])))]))
    #expect(
      JSONRenderer().render(.table(table)) == #"{"kind":"table","title":null,"columns":[{"name":"a","type":"float"},"#
        + #"{"name":"b","type":"text"}],"rows":[[0.30000000000000004,null],[null,""]],"total_rows":2,"total_columns":2}"#
    )
  }

  @Test func jsonOfAnyDisplayIsReadBack() throws {
    let value = JSONRenderer().value(Self.everything)
    #expect(try JSONValue(parsing: value.bytes) == value)
    #expect(value["parts"]?.elements?.compactMap { $0["kind"]?.string }.count == 11)
  }

  @Test func emptyValuesDrawNothing() {
    for display in [Display.group([]), .notes([]), .facts([]), .text(""), .heading(""), .group([.notes([])])] {
      #expect(display.isEmpty)
      #expect(TextRenderer().render(display) == "")
      #expect(MarkdownRenderer().render(display) == "")
    }
  }
}
