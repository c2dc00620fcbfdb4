import Testing

@testable import Display

@Suite struct PageTests {
  private static let page = Page(
    title: "a < b",
    sections: [
      Page.Section("Model", [.text("one")]), Page.Section("Nothing", [.notes([])]),
      Page.Section(
        "The flow",
        [
          Page.Part(code: "filter a < 3", place: "line 2", displays: [.text("two")]),
          Page.Part(code: "as x", displays: []),
        ]),
    ])

  @Test func sectionsAndTheirCodeStandInOrder() throws {
    let html = HTMLRenderer().document(Self.page)
    let words = [
      "a &lt; b</h1>", "<h2>Model</h2>", "one", "<h2>The flow</h2>", "filter a &lt; 3", "line 2", "two", "as x",
    ]
    var rest = html[...]
    for word in words {
      let found = try #require(rest.firstRange(of: word), "\(word)")
      rest = rest[found.upperBound...]
    }
    #expect(!html.contains("Nothing"))
    let markdown = MarkdownRenderer().document(Self.page)
    #expect(
      markdown.hasPrefix("# a &lt; b\n\n## Model\n\n```text\none\n```\n\n## The flow\n\n### filter a &lt; 3 (line 2)\n")
    )
    #expect(!markdown.contains("Nothing"))
  }

  @Test func aPageIsForEveryScreenAndForPaper() {
    let html = HTMLRenderer().document(Self.page)
    for rule in [
      "@media print", "@media screen and (prefers-color-scheme: dark)", "@media (max-width", "width=device-width",
    ] {
      #expect(html.contains(rule), "\(rule)")
    }
  }

  @Test func longWordsAboutThingsAreBroken() {
    let text = "learning_rate: 0.1, depth: 6, trees: 400, patience: 20"
    var table = DisplayTable(["options"], rows: [[.text(text)], [.text("C: 1")]])
    table.isProse = true
    let html = HTMLRenderer().fragment(.table(table))
    #expect(html.contains("<td class=\"w\">\(text)</td>") && html.contains("<td>C: 1</td>"))
  }
}
