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
      for line in CandidateList.lines(candidates, width: width, height: 40) { #expect(TextWidth.of(line) < width) }
    }
  }

  @Test func plainCandidatesGoDownTheColumns() {
    let candidates = ["a", "b", "c", "d", "e"].map { Completions.Candidate($0) }
    #expect(CandidateList.lines(candidates, width: 8, height: 24) == ["a  d", "b  e", "c"])
  }

  @Test func summariesStandBesideTheirCandidates() {
    let candidates = [Completions.Candidate("train", summary: "fits"), .init("as")]
    #expect(CandidateList.lines(candidates, width: 40, height: 24) == ["train  fits", "as"])
  }

  @Test(arguments: [3, 10, 24, 60])
  func longListsStayWithinTheScreen(height: Int) {
    let columns = (0..<8).map { Completions.Candidate("column_\($0)", summary: "int", noun: "column") }
    let functions = (0..<300).map { Completions.Candidate("function_\($0)", summary: "f", noun: "function") }
    let lines = CandidateList.lines(columns + functions, width: 80, height: height)
    #expect(lines.count <= max(1, height - 2))
    #expect(lines.last?.hasPrefix("… ") == true && lines.last?.hasSuffix(" functions") == true)
  }

  @Test func whatWouldFillTheScreenComesLastAndIsCounted() {
    let columns = (0..<3).map { Completions.Candidate("column_\($0)", summary: "int", noun: "column") }
    let functions = (0..<64).map { Completions.Candidate("function_\($0)", summary: "f", noun: "function") }
    #expect(
      CandidateList.lines(columns + functions, width: 80, height: 24)
        == ["column_0  int", "column_1  int", "column_2  int", "… 64 functions"])
    #expect(CandidateList.lines(functions, width: 80, height: 24).first?.hasPrefix("function_0 ") == true)
  }

  @Test func whatALongListLeavesOutIsCountedByKind() {
    let candidates = (0..<7).map { Completions.Candidate("a_long_name_\($0)", noun: $0 < 6 ? "column" : "function") }
    #expect(
      CandidateList.lines(candidates, width: 30, height: 6)
        == ["a_long_name_0", "a_long_name_1", "a_long_name_2", "… 3 columns, 1 function"])
  }

  static let walks: [(typed: String, steps: String, shown: [String?])] = [
    ("", "uuuud", ["train tree", "load wine", "load iris", nil, "load wine"]),
    ("lo", "uuudd", ["load wine", "load iris", nil, "load wine", "lo"]),
    ("load wine", "ud", [nil, nil]), ("x", "u", [nil]), ("", "d", [nil]),
  ]

  @Test(arguments: walks)
  func upAndDownGoThroughEntriesThatBeginAsTheLine(typed: String, steps: String, shown: [String?]) {
    var walk = HistoryWalk(["load iris", "load wine", "load wine", "train tree"], typed: typed, beginning: typed)
    #expect(steps.map { $0 == "u" ? walk.older() : walk.newer() } == shown)
  }

  static let rows: [(String, Int, Int)] = [
    ("", 10, 0), ("abc", 10, 0), ("1234567890", 10, 0), ("1234567890a", 10, 1), ("123456789中", 10, 1),
    ("中中中中中", 10, 0), ("a\nb", 10, 1), ("12345678901234567890123", 10, 2), ("x", 0, 0),
  ]

  @Test(arguments: rows)
  func aLineTakesTheRowsThatATerminalBreaksItInto(text: String, columns: Int, above: Int) {
    #expect(LineRows.above(endOf: text, columns: columns) == above)
  }

  @Test func namesCannotDriveTheTerminal() {
    let lines = CandidateList.lines([.init("a\u{1B}[2J", summary: "\u{1B}]0;x\u{7}")], width: 80, height: 24)
    #expect(lines.allSatisfy { !$0.unicodeScalars.contains { $0.value < 0x20 } })
  }
}
