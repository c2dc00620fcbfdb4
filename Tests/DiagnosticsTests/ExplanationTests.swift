import Diagnostics
import Notation
import Testing

@Suite struct ExplanationTests {
  @Test(arguments: DiagnosticCode.allCases)
  func everyCodeIsExplained(code: DiagnosticCode) {
    let explanation = code.explanation
    #expect(explanation.summary.hasSuffix(".") && !explanation.summary.contains("\n"))
    #expect(explanation.paragraph.count > 60 && !explanation.paragraph.contains("\n"))
    #expect(!explanation.wrong.isEmpty && !explanation.right.isEmpty)
    #expect(explanation.wrong != explanation.right)
  }

  @Test func noTwoCodesShareAnExplanation() {
    let summaries = Set(DiagnosticCode.allCases.map(\.explanation.summary))
    #expect(summaries.count == DiagnosticCode.allCases.count)
  }

  @Test(arguments: DiagnosticCode.allCases)
  func codesAreLowerCaseWords(code: DiagnosticCode) {
    #expect(code.rawValue.allSatisfy { $0 == "-" || ("a"..."z").contains($0) })
  }
}

@Suite struct ExplanationTextTests {
  @Test func setsParagraphAndExamples() {
    let explanation = Explanation(
      summary: "A word.", paragraph: Array(repeating: "word", count: 20).joined(separator: " "), wrong: "a\n\nb",
      right: "c")
    let line = Array(repeating: "word", count: 16).joined(separator: " ")
    #expect(
      explanation.text(for: .usage)
        == "usage: A word.\n\n\(line)\nword word word word\n\nInstead of\n\n    a\n\n    b\n\nwrite\n\n    c\n")
  }

  @Test(arguments: DiagnosticCode.allCases)
  func everyTextFitsAScreen(code: DiagnosticCode) {
    let lines = code.explanation.text(for: code).split(separator: "\n")
    #expect(lines.allSatisfy { TextWidth.of(String($0)) <= 110 })
  }
}
