import Diagnostics
import Testing

@Suite struct DiagnosticRendererTests {
  let source = SourceFile(name: "titanic.mlp", text: "mlp 1\nload titanic\nprofile\nimpute Agee = median\n")
  let plain = DiagnosticRenderer(source: nil)

  @Test func showsLineCaretStageAndHelp() {
    let diagnostic = Diagnostic(
      .unknownColumn, "no column 'Agee' in titanic", at: SourceRange(34, 38), label: "did you mean 'age'?",
      stage: "stage 3 of the flow that starts at line 2",
      help: ["columns: passenger_id, survived, pclass, … (12); `schema` lists them"])
    let text = DiagnosticRenderer(source: source).render(diagnostic)
    #expect(
      text == """
        error[unknown-column]: no column 'Agee' in titanic
          ┌─ titanic.mlp:4:8
          │
        4 │ impute Agee = median
          │        ^^^^ did you mean 'age'?
          │
          = stage 3 of the flow that starts at line 2
          = columns: passenger_id, survived, pclass, … (12); `schema` lists them

        """)
  }

  @Test func endsAfterTheCaretWithoutHelp() {
    let text = DiagnosticRenderer(source: source).render(Diagnostic(.unknownVerb, "no verb", at: SourceRange(6, 10)))
    #expect(text.hasSuffix("2 │ load titanic\n  │ ^^^^\n"))
  }

  @Test func anInterruptIsOneLine() {
    let diagnostic = Diagnostic(
      .interrupted, "interrupted: impute Agee = median", at: SourceRange(27, 48),
      stage: "stage 3 of the flow that starts at line 2", help: ["in tidy: impute Agee = median"])
    #expect(DiagnosticRenderer(source: source).render(diagnostic) == "interrupted: impute Agee = median\n")
  }

  /// Wherever the range begins and ends, in the address or beside it.
  @Test func aPasswordIsShownNowhereAndTheCaretStandsBelowItsWord() throws {
    let line = "load \"postgres://ann:s3cret@host/db#t\", colums: x"
    let source = SourceFile(name: "x.mlp", text: line)
    for start in 0..<line.utf8.count {
      for end in [start, start + 1, start + 9, line.utf8.count] {
        let diagnostic = Diagnostic(
          .usage, "postgres://ann:s3cret@host/db", at: SourceRange(start, end), label: "a://b:s3cret@c",
          stage: "a://b:s3cret@c",
          help: ["a://b:s3cret@c"], rewrite: Rewrite(SourceRange(start, end), "a://b:s3cret@c"))
        let renderer = DiagnosticRenderer(source: source)
        for text in [renderer.render(diagnostic), renderer.json(diagnostic)] {
          #expect(
            !text.contains("s3cret") && !text.contains("s3c") && !text.contains("cret"), "\(start) \(end): \(text)")
        }
      }
    }
    let place = try #require(Array(line.utf8).lastIndex(of: UInt8(ascii: ","))) + 2
    let text = DiagnosticRenderer(source: source).render(
      Diagnostic(.usage, "m", at: SourceRange(place, place + 6), label: "here"))
    #expect(text.contains("1 │ load \"postgres://ann:***@host/db#t\", colums: x\n"))
    #expect(text.contains("  │ " + String(repeating: " ", count: place - 3) + "^^^^^^ here"))
  }

  @Test func withoutRangeGivesMessageThenHelp() {
    let diagnostic = Diagnostic(.fileNotFound, severity: .warning, "no file", label: "a typo?", help: ["look\naround"])
    #expect(plain.render(diagnostic) == "warning[file-not-found]: no file\n  = a typo?\n  = look around\n")
  }

  @Test func widensTheMarginForLineNumbers() {
    let source = SourceFile(name: "x", text: String(repeating: "\n", count: 99) + "ab")
    let text = DiagnosticRenderer(source: source).render(Diagnostic(.usage, "m", at: SourceRange(99, 101), help: ["h"]))
    #expect(text == "error[usage]: m\n    ┌─ x:100:1\n    │\n100 │ ab\n    │ ^^\n    │\n    = h\n")
  }

  @Test(
    arguments: [
      ("é = x", "x", 4), ("größe x", "x", 6), ("漢字 x", "x", 5), ("\tx", "x", 4), ("a\tx", "x", 4),
      ("e\u{301} x", "x", 2),
      ("👍 x", "x", 3),
    ])
  func caretStandsBelowItsWordWhateverTheWidths(line: String, word: String, column: Int) throws {
    let offset = try #require(Array(line.utf8).lastIndex(of: UInt8(ascii: "x")))
    let source = SourceFile(name: "x", text: line)
    let text = DiagnosticRenderer(source: source).render(Diagnostic(.usage, "m", at: SourceRange(offset, offset + 1)))
    #expect(text.hasSuffix("\n  │ " + String(repeating: " ", count: column) + "^\n"))
  }

  @Test func clipsARangeOfSeveralLinesToTheFirst() {
    let text = DiagnosticRenderer(source: source).render(Diagnostic(.usage, "m", at: SourceRange(11, 26)))
    #expect(text.hasSuffix("2 │ load titanic\n  │      ^^^^^^^\n"))
  }

  @Test func cutsALongLineAroundTheCaret() throws {
    let line = String(repeating: "é", count: 500_000) + "WORD" + String(repeating: "b", count: 500_000)
    let source = SourceFile(name: "x", text: line)
    let text = DiagnosticRenderer(source: source).render(
      Diagnostic(.usage, "m", at: SourceRange(1_000_000, 1_000_004)))
    let lines = text.split(separator: "\n").map(String.init)
    #expect(text.count < 500)
    #expect(lines[3].hasPrefix("1 │ …é") && lines[3].hasSuffix("b…"))
    let caret = try #require(lines[4].firstIndex(of: "^"))
    let distance = lines[4].distance(from: lines[4].startIndex, to: caret)
    #expect(lines[3].dropFirst(distance).hasPrefix("WORD"))
  }

  @Test(arguments: [40, 60, 80, 100]) func staysWithinTheScreen(width: Int) {
    let line = "filter " + (0..<12).map { "column_number_\($0) > \($0)" }.joined(separator: " and ")
    let source = SourceFile(name: "x", text: line)
    for start in [0, 60, 200] {
      let advice = "write " + String(repeating: "long ", count: 12)
      let renderer = DiagnosticRenderer(source: source, width: width)
      let text = renderer.render(Diagnostic(.usage, "m", at: SourceRange(start, start + 30), label: advice))
      #expect(text.split(separator: "\n").allSatisfy { $0.count <= width }, "\(text)")
      #expect(text.contains("^") && text.contains("long"))
    }
  }

  @Test func showsNoControlCharacters() {
    let source = SourceFile(name: "a\u{1B}[2J", text: "x \u{1B}[31m\u{202E} y")
    let diagnostic = Diagnostic(.usage, "bad \u{1B}[0m", at: SourceRange(0, 1), label: "\u{7}")
    #expect(
      !DiagnosticRenderer(source: source).render(diagnostic).unicodeScalars.contains {
        "\u{1B}\u{7}\u{202E}".unicodeScalars.contains($0)
      })
  }

  @Test(arguments: [(-5, -1), (0, 0), (1_000, 2_000), (58, 58), (5, 6)])
  func anyRangeIsDrawn(start: Int, end: Int) {
    let diagnostic = Diagnostic(.usage, "m", at: SourceRange(start, end))
    let renderer = DiagnosticRenderer(source: source)
    #expect(renderer.render(diagnostic).contains("^"))
    #expect(renderer.json(diagnostic).hasPrefix("{"))
    #expect(!DiagnosticRenderer(source: SourceFile(name: "", text: "")).render(diagnostic).isEmpty)
  }

  @Test func coloursOnlyOnRequest() {
    let diagnostic = Diagnostic(.usage, "m", at: SourceRange(0, 3), label: "l")
    let coloured = DiagnosticRenderer(source: source, colour: true).render(diagnostic)
    #expect(coloured.contains("\u{1B}[1;31merror[usage]\u{1B}[0m"))
    let bare = coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "")
    #expect(bare == DiagnosticRenderer(source: source).render(diagnostic))
  }

  @Test func jsonHasEveryField() {
    let diagnostic = Diagnostic(
      .unknownColumn, "no \"Agee\"\n\u{1}\\", at: SourceRange(34, 38), label: "é", stage: "s", help: ["a", "b"])
    #expect(
      DiagnosticRenderer(source: source).json(diagnostic)
        == #"{"type":"diagnostic","severity":"error","code":"unknown-column","message":"no \"Agee\"\n\u0001\\","#
        + #""file":"titanic.mlp","line":4,"column":8,"end":{"line":4,"column":12},"label":"é","stage":"s","help":["a","b"],"rewrite":null}"#
    )
    #expect(
      plain.json(Diagnostic(.usage, severity: .note, "m"))
        == #"{"type":"diagnostic","severity":"note","code":"usage","message":"m","file":null,"line":null,"column":null,"#
        + #""end":null,"label":null,"stage":null,"help":[],"rewrite":null}"#)
  }
}
