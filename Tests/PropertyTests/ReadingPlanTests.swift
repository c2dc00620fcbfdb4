import Diagnostics
import Display
import Engine
import Foundation
import Interpreter
import Plan
import Testing
import Verbs

/// What a script reads of its files, as `mlp plan` tells it: one test for each rule and for what prevents it.
@Suite struct ReadingPlanTests {
  /// The remarks of the plan of a script behind `load`, which `FILE` in it stands for.
  private func remarks(_ script: String) -> [String] {
    let folder = CaseFolder()
    let file = folder.write("a,b,c,y\n1,2.5,x,no\n2,3.5,x,yes\n3,4.5,z,no\n", to: "rows.csv")
    let setting = SessionSetting(
      executor: LocalExecutor(), seed: 7, isInteractive: false, folder: WorkingFolder(),
      readScript: { _ throws(ScriptReadFailure) in throw ScriptReadFailure("not here") })
    let session = Session(Vocabulary(VerbCatalog.all), setting)
    let text = script.replacing("FILE", with: "\"\(file)\"")
    let checked = session.check(SourceFile(name: "script", text: text + "\n"))
    #expect(!checked.hasErrors, "\(checked.diagnostics)")
    guard case .text(let plan) = checked.plan else { return [] }
    return plan.split(separator: "\n").filter {
      $0.contains("# read") || $0.contains("# while") || $0.contains("# makes")
    }.map {
      $0.trimmingCharacters(in: ["#", " "])
    }
  }

  @Test(arguments: [
    ("load FILE\nselect a, y\nprofile", ["reads 2 of 4 columns: a, y"]),
    ("load FILE\nprofile a", ["reads 1 of 4 columns: a"]),
    ("load FILE\nfilter b > 3\nprofile a", ["reads 2 of 4 columns: a, b", "while reading: filter b > 3"]),
    ("load FILE", ["reads all 4 columns"]),
    ("load FILE\nselect a\nas one\none", ["reads 1 of 4 columns: a"]),
  ])
  func columnsThatNothingLooksAtAreNotRead(script: String, expected: [String]) {
    #expect(remarks(script) == expected)
  }

  /// What is asked of tables that were put together is asked of each.
  @Test(arguments: [
    (
      "load FILE\nas other\nload FILE\njoin other, on: a\nselect a, c_right\nprofile",
      ["reads 2 of 4 columns: a, c", "reads 1 of 4 columns: a", "makes 2 of 7 columns: a, c_right"]
    ),
    (
      "load FILE\njoin FILE, on: {a: a}, how: semi\nprofile b",
      ["reads 2 of 4 columns: a, b", "reads 1 of 4 columns of rows: a", "makes 1 of 4 columns: b"]
    ),
    ("load FILE\njoin FILE, on: a", ["reads all 4 columns", "reads all 4 columns of rows"]),
    (
      "load FILE\nselect a, b\nas ab\nload FILE\nunion ab\nprofile b",
      ["reads 1 of 4 columns: b", "reads 1 of 4 columns: b", "makes 1 of 4 columns: b"]
    ),
    (
      "load FILE\njoin FILE, on: a\njoin FILE, on: b, suffix: \"_2\"\nselect y, c_right\nexport \"out.csv\"",
      [
        "reads 3 of 4 columns: a, b, y", "reads 2 of 4 columns of rows: a, c", "makes 3 of 7 columns: b, y, c_right",
        "reads 1 of 4 columns of rows: b", "makes 2 of 10 columns: y, c_right",
      ]
    ),
    // A filter before the table is named runs while it is read.
    (
      "load FILE\nfilter b > 3\nas other\nload FILE\njoin other, on: a\nprofile a",
      [
        "reads 2 of 4 columns: a, b", "while reading: filter b > 3", "reads 1 of 4 columns: a",
        "makes 1 of 7 columns: a",
      ]
    ),
  ])
  func tablesThatArePutTogetherAreReadForWhatIsAsked(script: String, expected: [String]) {
    #expect(remarks(script) == expected)
  }

  @Test(arguments: [
    ("filter a > 1", "filter a > 1"), ("filter a > 1, b < 9", "filter a > 1, filter b < 9"),
    ("filter a > 1\nfilter c == \"x\"\nprofile", "filter a > 1, filter c == \"x\""),
    ("filter a > 1\nderive d = a * 2\nfilter d > 3\nshow", "filter a > 1"),
    ("filter a > 1\nas rows\nrows |> filter b > 3", "filter a > 1"),
    ("filter a > 1\nexport \"out.csv\"", "filter a > 1"),
  ])
  func filtersBehindAReadingRunInIt(script: String, expected: String) {
    #expect(remarks("load FILE\n\(script)").last == "while reading: \(expected)")
  }

  @Test(arguments: [
    // Somebody looks at all rows before.
    "show\nfilter a > 1", "validate a > 0, on_fail: warn\nfilter a > 1", "as all\nfilter a > 1",
    // What is over all rows no chunk can tell, and a step in between makes other rows.
    "filter a > mean(a)", "derive d = a\nfilter d > 1", "sort a\nfilter a > 1", "dedupe\nfilter a > 1",
    // A split keeps the rows as they were read.
    "filter a > 1\nlabel y\nsplit train: 0.7, test: 0.3",
  ])
  func whatLooksAtAllRowsKeepsThem(script: String) {
    #expect(remarks("load FILE\n\(script)\nprofile").allSatisfy { !$0.hasPrefix("while") })
  }

  /// The stages of a verb made by `define` all stand where it is used.
  @Test func readingsInOnePlaceKeepAllRows() {
    let script = "define both {\n  load FILE\n  filter a > 1\n  profile\n  load FILE\n  profile\n}\nboth"
    #expect(remarks(script).allSatisfy { !$0.hasPrefix("while") })
  }

  @Test func readingsByOneVerbInTwoPlacesAreTwo() {
    let script = "define rows {\n  load FILE\n}\nrows\nprofile\nrows\nfilter a > 1\nprofile"
    #expect(remarks(script).filter { $0.hasPrefix("while") } == ["while reading: filter a > 1"])
  }
}
