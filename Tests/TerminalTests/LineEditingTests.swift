import Display
import Notation
import Testing

@testable import Terminal

@Suite struct LineEditingTests {
  static let pastes: [(String, [String])] = [
    ("one", ["one"]), ("a\nb", ["a", "b"]), ("a\r\nb\r\n", ["a", "b", ""]), ("a\rb", ["a", "b"]), ("", [""]),
    ("\n\n", ["", "", ""]), ("a\tb", ["a\tb"]), ("x\u{1B}[31my\u{7}", ["x[31my"]), ("größe 中", ["größe 中"]),
    ("a\n\r\nb", ["a", "", "b"]),
  ]

  @Test(arguments: pastes)
  func pastesAreCutAtAnyKindOfLineBreak(text: String, lines: [String]) {
    #expect(PastedText.lines(Array(text.unicodeScalars)) == lines)
  }

  static let prefixes: [([String], String)] = [
    (["train", "transform"], "tra"), (["a"], "a"), ([], ""), (["x", "y"], ""), (["größe", "große"], "gr"),
    (["a", "ab"], "a"),
  ]

  @Test(arguments: prefixes)
  func candidatesShareTheirLongestBeginning(texts: [String], prefix: String) {
    #expect(Completions(replacing: 0..<0, candidates: texts.map { .init($0) }).commonPrefix == prefix)
  }

  @Test(arguments: [10, 20, 40, 80])
  func listsFitTheScreen(width: Int) {
    let described = (0..<30).map {
      Completions.Candidate("candidate_中_\($0)", summary: String(repeating: "s", count: 90))
    }
    let plain = (0..<30).map { Completions.Candidate("candidate_\($0)") }
    for candidates in [described, plain] {
      for line in CandidateList.lines(candidates, width: width) { #expect(TextWidth.of(line) < width) }
    }
  }

  @Test func plainCandidatesGoDownTheColumns() {
    let candidates = ["a", "b", "c", "d", "e"].map { Completions.Candidate($0) }
    #expect(CandidateList.lines(candidates, width: 8) == ["a  d", "b  e", "c"])
  }

  @Test func summariesStandBesideTheirCandidates() {
    let candidates = [Completions.Candidate("train", summary: "fits"), .init("as")]
    #expect(CandidateList.lines(candidates, width: 40) == ["train  fits", "as"])
  }

  @Test func longListsSayHowManyAreNotShown() {
    let candidates = (0..<CandidateList.limit + 5).map { Completions.Candidate("\($0)", summary: "") }
    #expect(CandidateList.lines(candidates, width: 40).last == "… (5 more)")
  }

  @Test func namesCannotDriveTheTerminal() {
    let lines = CandidateList.lines([.init("a\u{1B}[2J", summary: "\u{1B}]0;x\u{7}")], width: 80)
    #expect(lines.allSatisfy { !$0.unicodeScalars.contains { $0.value < 0x20 } })
  }
}
