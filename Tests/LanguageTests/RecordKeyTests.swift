import Diagnostics
import Language
import Testing

@Suite struct RecordKeyTests {
  private func entries(_ text: String) -> [RecordEntry] {
    var sink = DiagnosticSink()
    guard case .record(let entries)? = Parser.expression(SourceFile(name: "", text: text), &sink)?.kind,
      sink.diagnostics.isEmpty
    else { return [] }
    return entries
  }

  @Test func keysAreWordsOrLiterals() {
    let all = entries("{a: 1, `b c`: 2, \"n/a\": missing, -9: 3, 2.5: 4, @2026-01-31: 5, missing: 6, \"\": 7}")
    #expect(all.map(\.key.text) == ["a", "b c", "n/a", "-9", "2.5", "2026-01-31", "missing", ""])
    let literals: [Literal?] = [nil, nil, .text("n/a"), .int(-9), .float(2.5), .date(days: 20484), nil, .text("")]
    #expect(all.map(\.literal) == literals)
  }

  @Test(
    arguments: [
      "{\"n/a\": missing, -9: 3, @2026-01-31: 5}", "{a: 1, `b c`: 2}", "{\"say \\\"hi\\\"\": -1}", "{missing: \"x\"}",
    ])
  func aRecordIsPrintedAsItIsRead(text: String) {
    #expect(entries(text).isEmpty == false)
    var sink = DiagnosticSink()
    #expect(Parser.expression(SourceFile(name: "", text: text), &sink).map(ExpressionPrinter.text) == text)
  }

  @Test(arguments: ["{\"a\" 1}", "{-\"a\": 1}", "{(a): 1}", "{1.: 2}"]) func aKeyThatIsNoneIsRefused(text: String) {
    var sink = DiagnosticSink()
    _ = Parser.expression(SourceFile(name: "", text: text), &sink)
    #expect(sink.hasErrors)
  }
}
