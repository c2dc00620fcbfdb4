import Display
import Notation
import Tables
import Testing

@Suite struct TreeDisplayTests {
  static func tree(_ name: String) -> TreeDisplay {
    func node(_ rule: String?, _ depth: Int, _ rows: Int, _ answer: String, _ share: Double, omitted: Int = 0)
      -> TreeDisplay.Node
    {
      TreeDisplay.Node(
        rule: rule, depth: depth, rows: rows, answer: .text(answer), share: share, isLeaf: depth == 2, omitted: omitted)
    }
    return TreeDisplay(
      title: name,
      nodes: [
        node(nil, 0, 240, name, 0.44), node("\(name) <= 206.5", 1, 151, name, 0.695),
        node("bill_length_mm <= 43.35", 2, 103, name, 0.99), node("bill_length_mm > 43.35", 2, 48, "Chinstrap", 0.94),
        node("\(name) > 206.5", 1, 89, "Gentoo", 1, omitted: 6),
      ], totalNodes: 11, totalLeaves: 6)
  }

  static let tree = tree("flipper_length_mm")

  static func lines(_ width: Int?, unicode: Bool = true) -> [String] {
    TextRenderer(width: width, unicode: unicode).render(.tree(tree)).split(separator: "\n").map(String.init)
  }

  @Test(arguments: [100, 160]) func rulesAreIndentedWithTheirFiguresInColumns(width: Int) {
    let lines = Self.lines(width)
    #expect(lines.count == 7 && lines.allSatisfy { TextWidth.of($0) <= width })
    #expect(lines[1].hasPrefix("all rows ") && lines[1].hasSuffix("240 rows  flipper_length_mm   44.0%"))
    #expect(lines[2].hasPrefix("├─ flipper_length_mm <= 206.5 "))
    #expect(lines[3].hasPrefix("│  ├─ bill_length_mm <= 43.35 ") && lines[4].hasPrefix("│  └─ bill_length_mm > 43.35 "))
    #expect(lines[4].hasSuffix(" 48 rows  Chinstrap           94.0%"))
    #expect(lines[5].hasPrefix("└─ flipper_length_mm > 206.5 … (6 below) ") && lines[5].hasSuffix("100.0%"))
    #expect(lines[6] == "(11 nodes, 6 leaves; 6 nodes below the shown levels left out)")
  }

  @Test func onANarrowScreenTheFiguresStandBelowAndNothingIsLost() {
    let lines = Self.lines(60)
    #expect(lines.allSatisfy { TextWidth.of($0) <= 60 })
    #expect(lines.contains("│  └─ bill_length_mm > 43.35") && lines.contains("│       48 rows, Chinstrap 94.0%"))
    #expect(lines.contains("     89 rows, Gentoo 100.0%"))
  }

  @Test func withoutUnicodeTheBranchesAreASCII() {
    #expect(Self.lines(100, unicode: false).joined().utf8.allSatisfy { $0 < 0x80 })
  }

  @Test func onAPageEachNodeIsABoxAndEachButTheRootHasABranch() {
    let html = HTMLRenderer().fragment(.tree(Self.tree))
    #expect(html.matches(of: #/<rect /#).count == 5 && html.matches(of: #/class="branch"/#).count == 4)
    #expect(html.contains("<title>bill_length_mm &gt; 43.35: 48 rows, Chinstrap 94.0%</title>"))
    #expect(html.contains("6 nodes below the shown levels left out"))
  }

  @Test func inJSONNodesKeepTheirFigures() {
    let value = JSONRenderer().value(.tree(Self.tree))
    #expect(value["kind"] == "tree" && value["total_nodes"] == 11 && value["nodes"]?.elements?.count == 5)
    #expect(value["nodes"]?[3]?["share"] == 0.94 && value["nodes"]?[0]?["rule"] == JSONValue.null)
    #expect(MarkdownRenderer().render(.tree(Self.tree)).hasPrefix("```text\n"))
  }
}
