import Diagnostics
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
