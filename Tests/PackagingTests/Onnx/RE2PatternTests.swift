import Testing

@testable import Packaging

@Suite struct RE2PatternTests {
  @Test(arguments: [
    "(?=a)", "(?!a)", "(?<=a)b", "(?>a)", "(?<name>a)", "(a)\\1", "a++", "a*+", "\\bword\\b", "\\Ka", "\\R", "\\h",
    "a{,3}",
    "a{2000}", "a$b", "(a$)", "[[:alpha:]]", "[]a]", "(*UCP)a", "(?-i)a", "\\p{L}", "[\\W]", "[a-\\d]", "a**", "*a",
    "(a", "[a", "a\\", "(?s)a", "\\x41", "\\Q.\\E", "[a",
  ])
  func aPatternThatCouldMeanSomethingElseIsRefused(pattern: String) {
    #expect(throws: RE2Pattern.Refusal.self) { try RE2Pattern.search(pattern) }
  }

  @Test(arguments: FunctionCases.patterns)
  func commonPatternsAreTaken(pattern: String) throws {
    #expect(throws: Never.self) { try RE2Pattern.search(pattern) }
  }
}
