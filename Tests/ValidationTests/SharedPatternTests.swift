import Expressions
import Testing

@testable import Validation

@Suite struct SharedPatternTests {
  private static func shape(_ texts: [String]) -> SharedPattern {
    var shape = SharedPattern()
    for text in texts { shape.add(text) }
    return shape
  }

  @Test(arguments: [
    (["NO-123", "SE-4", "DK-55"], "^[A-Z]{2}-[0-9]{1,3}$"),
    (["a.b(1)", "c.d(2)"], #"^[a-z]\.[a-z]\([0-9]\)$"#),
    (["2026-01-31", "1999-12-01"], "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
    (["x^2", "yy^^3"], #"^[a-z]{1,2}\^{1,2}[0-9]$"#),
  ])
  func textsThatLookAlikeMatchTheirPattern(texts: [String], pattern: String) throws {
    #expect(Self.shape(texts).pattern == pattern)
    #expect(Self.shape(texts.reversed()).pattern == pattern)
    let expression = try RegularExpression(pattern)
    for text in texts { #expect(expression.isFound(in: Array(text.utf8)) == true, "\(text)") }
    #expect(expression.isFound(in: Array("nothing of the kind".utf8)) == false)
  }

  @Test(arguments: [["ab1", "1ab"], ["é1"], ["", "a1"], ["a1", ""], ["abc", "de"], ["tab\t1"], []])
  func textsOfNoShapeHaveNoPattern(texts: [String]) { #expect(Self.shape(texts).pattern == nil) }
}
