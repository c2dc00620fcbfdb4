import Tables
import Testing

@testable import Display

/// Options that a search drew, on a screen.
@Suite struct ShortenedNumbersTests {
  @Test(
    arguments: [
      ("depth: 5, learning_rate: 0.05412342134123412", "depth: 5, learning_rate: 0.05412"),
      ("C: 12.345678901234567, tol: 0.0001", "C: 12.35, tol: 0.0001"),
      ("trees: 1200, rate: 0.25", "trees: 1200, rate: 0.25"),
      ("layers: [64, 32], v1.2345678: x", "layers: [64, 32], v1.2345678: x"), ("", ""),
    ])
  func fractionsAreRounded(_ text: String, _ shown: String) {
    #expect(NumberText.shortened(text, digits: 4) == shown)
  }

  @Test func theScreenRoundsAndJSONDoesNot() throws {
    let options = "learning_rate: 0.05412342134123412"
    var table = DisplayTable(["algorithm", "options"], rows: [[.text("boost"), .text(options)]])
    table.columns[1].format = .significant(4)
    let text = TextRenderer(width: nil).render(.table(table))
    #expect(text.contains("learning_rate: 0.05412\n"))
    #expect(JSONRenderer().render(.table(table)).contains(options))
  }
}
