import Diagnostics
import Glibc
import Language
import Testing

@Suite struct HostileInputTests {
  private static let openers = [
    "(", "[", "{a: ", "-", "not ", "if ", "f(", "2 ^ ", "if a then b else ", "1 + (", "[[", "a in [",
  ]

  @Test(arguments: openers)
  func deepNestingEndsInADiagnostic(opener: String) {
    let parsed = Parsed("filter " + String(repeating: opener, count: 100_000))
    #expect(parsed.codes.contains("too-deep"))
  }

  @Test(arguments: [" + a", " and a", " * a", " or a", ".a"])
  func longChainsEndInADiagnostic(link: String) {
    #expect(Parsed("filter x" + String(repeating: link, count: 150)).codes.isEmpty)
    #expect(Parsed("filter x" + String(repeating: link, count: 100_000)).codes == ["too-deep"])
  }

  @Test func heightsOfNestedChainsDoNotAddUp() {
    var text = "a"
    for _ in 0..<50 { text = "(" + text + String(repeating: " + a", count: 50) + ")" }
    #expect(Parsed("filter " + text).codes == ["too-deep"])
  }

  @Test func wideScriptsParse() {
    let list = "let x = [" + Array(repeating: "1", count: 100_000).joined(separator: ", ") + "]"
    #expect(Parsed(list).codes.isEmpty)
    #expect(Parsed(String(repeating: "profile\n", count: 50_000)).program.statements.count == 50_000)
    #expect((try? Formatter.format(SourceFile(name: "", text: list)).get()) != nil)
  }

  @Test(arguments: [
    "load ]\n", "'", "& ", "load (\n\n", "1_ ", "|> ", "}\n", "define f {\n", "\"\n", "@ ", "a = \n", "\u{1} a",
  ])
  func manyErrorsTakeLinearTime(text: String) {
    let small = Self.processorSeconds { _ = Parsed(String(repeating: text, count: 2_000)) }
    let large = Self.processorSeconds { _ = Parsed(String(repeating: text, count: 20_000)) }
    // A square would cost a hundred times as much; the slack is for caches that others use too.
    #expect(large < max(small, 0.002) * 50)
  }

  /// The processor's time, of this thread alone: the clock on the wall runs on while others have the processor.
  private static func processorSeconds(_ work: () -> Void) -> Double {
    func now() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    let start = now()
    work()
    return now() - start
  }

  @Test(arguments: 0..<300)
  func randomTokensEndInDiagnosticsOrAScript(seed: Int) {
    var random = SeededRandom(UInt64(seed))
    let words = [
      "load", "filter", "let", "define", "use", "param", "as", "mlp", "1", "2.5", "\"a\"", "r\"b\"", "@2026-01-31", "(",
      ")", "[", "]", "{",
      "}", ",", ":", "=", "|>", "==", "<", "in", "not", "and", "if", "then", "else", "..", ".", "-", "^", "~", "\n",
      "\n\n", "# c", "# %%\n", "`x y`",
      "missing", "'t'", "&&", "%", "é", "\u{1}", "  ", "\t", "\r\n", "is", "null",
    ]
    let text = (0..<random.below(120)).map { _ in words[random.below(words.count)] }.joined(
      separator: random.below(2) == 0 ? " " : "")
    survives(text)
  }

  @Test(arguments: 0..<200)
  func randomBytesEndInDiagnosticsOrAScript(seed: Int) {
    var random = SeededRandom(UInt64(seed) + 1_000)
    survives(String(decoding: (0..<random.below(300)).map { _ in UInt8(random.below(256)) }, as: UTF8.self))
  }

  /// Parses, draws every diagnostic, and formats if there is none.
  private func survives(_ text: String) {
    let parsed = Parsed(text)
    let renderer = DiagnosticRenderer(source: parsed.source)
    for diagnostic in parsed.diagnostics {
      #expect(!renderer.render(diagnostic).isEmpty)
      let range = diagnostic.range ?? SourceRange(-1, -1)
      #expect(range.start >= 0 && range.end <= parsed.source.bytes.count)
    }
    _ = Parser.isComplete(text)
    guard case .success(let formatted) = Formatter.format(parsed.source) else {
      #expect(!parsed.diagnostics.isEmpty)
      return
    }
    let again = Parsed(formatted)
    #expect(again.program == parsed.program && again.codes.isEmpty)
    #expect((try? Formatter.format(again.source).get()) == formatted)
    #expect(Parsed(SyntaxPrinter.text(parsed.program)).program == parsed.program)
  }
}
