import Diagnostics
import Language
import Testing

@Suite struct RoundTripTests {
  @Test(arguments: 0..<2_000)
  func parsingWhatWasPrintedGivesTheSameTree(seed: Int) {
    var maker = RandomProgram(seed: seed)
    let program = maker.program()
    let text = SyntaxPrinter.text(program)
    let parsed = Parsed(text)
    #expect(parsed.codes.isEmpty, "\(text)")
    #expect(parsed.program == program, "\(text)")
  }

  @Test(arguments: 0..<1_000)
  func formattingKeepsMeaningAndCommentsAndIsIdempotent(seed: Int) throws {
    var maker = RandomProgram(seed: seed + 10_000)
    let text = disturbed(SyntaxPrinter.text(maker.program()), &maker.random)
    let parsed = Parsed(text)
    try #require(parsed.codes.isEmpty, "\(parsed.diagnostics)\n\(text)")
    let formatted = try Formatter.format(parsed.source).get()
    let again = Parsed(formatted)
    #expect(again.program == parsed.program, "\(text)")
    #expect(again.program.comments.map(\.text) == parsed.program.comments.map(\.text), "\(text)")
    #expect(try Formatter.format(again.source).get() == formatted, "\(text)\n--\n\(formatted)")
  }

  /// The same script with other white space: line breaks, comments and blank lines wherever they may stand.
  private func disturbed(_ text: String, _ random: inout SeededRandom) -> String {
    var sink = DiagnosticSink()
    let source = SourceFile(name: "", text: text)
    let (tokens, _) = Lexer.tokens(of: source, &sink)
    var result = ""
    var depth = 0
    var isDefine = false
    for (index, token) in tokens.enumerated() where token.kind != .end {
      result += source[token.range]
      guard index + 1 < tokens.count else { break }
      if token.is(word: "define") { isDefine = true }
      if token.is(.openParenthesis) || token.is(.openBracket) || token.is(.openBrace) { depth += 1 }
      if token.is(.closeParenthesis) || token.is(.closeBracket) || token.is(.closeBrace) { depth -= 1 }
      if case .newline = token.kind {
        result += random.pick(["", "", "\n", "  ", "# own\n", "\n\n\n# own\n\n", "# %%\n"])
        continue
      }
      let gap = source[SourceRange(token.range.end, tokens[index + 1].range.start)]
      let isWord = tokens[index + 1].is(.colon) || (index > 0 && tokens[index - 1].is(.dot))
      let goesOn = (depth > 0 && !isDefine) || (token.continuesLine && !isWord)
      if goesOn, random.below(6) == 0 {
        result += random.pick(["\n", "\r\n   ", " # why\n", "\n  # own\n  # two\n "])
      } else {
        result += gap + (gap.isEmpty ? "" : random.pick(["", " ", "\t"]))
      }
      if tokens[index + 1].isLineEnd, random.below(5) == 0 { result += random.pick(["# end", "  # ende"]) }
      if tokens[index + 1].isLineEnd, !tokens[index + 1].is(word: "define"), depth == 0 { isDefine = false }
    }
    return result
  }
}
