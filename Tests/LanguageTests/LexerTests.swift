import Diagnostics
import Language
import Testing

@Suite struct LexerTests {
  private func literal(_ text: String) -> Literal? {
    var sink = DiagnosticSink()
    let (tokens, _) = Lexer.tokens(of: SourceFile(name: "", text: text), &sink)
    guard tokens.count == 2, !sink.hasErrors, case .literal(let literal) = tokens[0].kind else { return nil }
    return literal
  }

  @Test(
    arguments: [
      ("0", .int(0)), ("1_000", .int(1000)), ("9223372036854775807", .int(.max)), ("2.5", .float(2.5)),
      ("1e-3", .float(0.001)), ("1E3", .float(1000)), ("1_0.5_0e1_0", .float(10.5e10)), ("0.0e5", .float(0)),
      (#""text\n""#, .text("text\n")), (#""\"\\\t\r\u{1F600}""#, .text("\"\\\t\r😀")), (#"r"a\d""#, .text(#"a\d"#)),
      ("\"\"", .text("")), ("r\"\"", .text("")), ("\"größe\"", .text("größe")),
      ("@1970-01-01", .date(days: 0)), ("@2026-01-31", .date(days: 20_484)), ("@2024-02-29", .date(days: 19_782)),
      ("@0001-01-01", .date(days: -719_162)), ("@9999-12-31", .date(days: 2_932_896)),
      ("@1970-01-01T00:00:01Z", .datetime(microseconds: 1_000_000)),
      ("@1970-01-01T01:00:00.5+01:00", .datetime(microseconds: 500_000)),
      ("@1969-12-31T23:59:59.999999Z", .datetime(microseconds: -1)),
      ("@2026-01-31T10:00:00Z", .datetime(microseconds: 1_769_853_600_000_000)),
    ] as [(String, Literal)])
  func readsLiterals(text: String, expected: Literal) {
    #expect(literal(text) == expected)
  }

  @Test(
    arguments: [
      ("9223372036854775808", "bad-number"), ("1__0", "bad-number"), ("1_", "bad-number"), ("1_.5", "bad-number"),
      ("5.", "bad-number"), ("1.2.3", "bad-number"), ("0x1F", "bad-number"), ("10kg", "bad-number"),
      ("1e999", "bad-number"), ("1e-999", "bad-number"), ("1e", "bad-number"), ("5.auc", "bad-number"),
      ("@2026-02-29", "bad-date"), ("@2026-13-01", "bad-date"), ("@2026-1-1", "bad-date"), ("@", "bad-date"),
      ("@1900-02-29", "bad-date"), ("@0000-01-01", "bad-date"), ("@2026-01-31T10:00:00", "bad-date"),
      ("@2026-01-31T24:00:00Z", "bad-date"), ("@2026-01-31T10:00Z", "bad-date"), ("@2026-01-31x", "bad-date"),
      ("@0001-01-01T00:00:00+01:00", "bad-date"), ("@2026-01-31T10:00:00.1234567Z", "bad-date"),
      ("\"abc", "unterminated-text"), ("r\"abc", "unterminated-text"), ("`abc", "unterminated-text"),
      ("\"abc\ndef\"", "unterminated-text"), (#""\d""#, "bad-escape"), (#""\u{110000}""#, "bad-escape"),
      (#""\u{D800}""#, "bad-escape"), (#""\u41""#, "bad-escape"), ("\\", "unexpected-character"),
      ("“a”", "unexpected-character"), ("``", "unexpected-character"), ("\u{1}", "unexpected-character"),
    ])
  func refusesMalformedWords(text: String, code: String) {
    #expect(Parsed("let x = " + text).codes.first == code)
  }

  @Test func binaryDataIsOneReport() {
    #expect(Parsed(String(repeating: "\u{1}\u{2}\u{7F}", count: 1_000)).codes == ["unexpected-character"])
  }

  @Test(arguments: ["größe", "_x1", "名前", "é2", "e\u{301}t\u{E9}", "`a b`", "`in`", "`a``b`", "````"])
  func namesAreOfLettersOfAnyScript(name: String) {
    let parsed = Parsed("select \(name), b")
    #expect(parsed.codes.isEmpty)
    #expect(SyntaxPrinter.text(parsed.program) == "select \(name), b\n")
  }

  @Test func readsByteOrderMarkAndCarriageReturns() {
    let parsed = Parsed("\u{FEFF}mlp 1\r\nload \"a\",\r\n  rows: 3\r\n# note\r\n")
    #expect(parsed.codes.isEmpty)
    #expect(parsed.program.statements.count == 1 && parsed.program.edition?.number == 1)
    #expect(parsed.program.comments.map(\.text) == ["# note"])
  }
}
