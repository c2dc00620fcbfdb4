import Foundation
import ProgramRunning
import Testing

/// Validation from a script to its files, to a model and to whoever asks that.
@Suite(.serialized) struct ValidationProgramTests {
  private static func run(_ script: String, in folder: ScratchFolder, status: Int32 = 0, _ flags: [String] = []) throws
    -> Program.Ended
  {
    let ended = try Program.mlp.run(
      flags + ["-e", script], in: folder.path, environment: ["MLP_STDLIB": Repository.root + "/stdlib"])
    try #require(ended.status == status, "\(ended.output)\n\(ended.errors)")
    return ended
  }

  private static func lines(_ name: String, in folder: ScratchFolder) throws -> [String] {
    try String(contentsOfFile: folder.path + "/" + name, encoding: .utf8).split(separator: "\n").map(String.init)
  }

  @Test func aQuarantinedRowTellsEveryRuleThatItBroke() throws {
    let folder = try ScratchFolder()
    try folder.write("id,age,reason\n1,5,a\n2,200,b\n2,40,c\n4,-1,d\n", to: "people.csv")
    _ = try Self.run(
      """
      load "people.csv"
      validate unique(id), age in 0..110, rule(age >= 0, name: "born"), on_fail: quarantine, quarantine: "bad.csv", \
      extract: "each.csv"
      export "good.csv"
      """, in: folder)
    #expect(
      try Self.lines("bad.csv", in: folder) == [
        "id,age,reason,reason_2", "2,200,b,unique(id); age in 0..110", "2,40,c,unique(id)",
        "4,-1,d,age in 0..110; born",
      ])
    #expect(
      try Self.lines("each.csv", in: folder) == [
        "row,rule,id,age,reason", "2,unique(id),2,200,b", "3,unique(id),2,40,c", "2,age in 0..110,2,200,b",
        "4,age in 0..110,4,-1,d", "4,born,4,-1,d",
      ])
    #expect(try Self.lines("good.csv", in: folder) == ["id,age,reason", "1,5,a"])
  }

  /// A rule with limits stops above one, warns above the other, and lets the rest pass.
  @Test(arguments: [(1, Int32(0), "passed"), (3, 0, "warned"), (8, 4, "failed")])
  func limitsDecideWhatFailingRowsDo(bad: Int, status: Int32, verdict: String) throws {
    let folder = try ScratchFolder()
    let rows = (0..<100).map { "\($0 < bad ? -1 : $0)" }
    try folder.write((["x"] + rows).joined(separator: "\n") + "\n", to: "x.csv")
    let script = "load \"x.csv\"\nvalidate x >= 0, warn: 0.01, stop: 0.05, show: 0"
    let ended = try Self.run(script, in: folder, status: status)
    #expect(ended.output.contains(verdict))
    #expect(ended.errors.contains("warning: validate:") == (verdict == "warned"))
    let one = "load \"x.csv\"\nvalidate rule(x >= 0, stop: 0.05), row_count(100), show: 0"
    _ = try Self.run(one, in: folder, status: status)
  }

  @Test func aReportGrowsByEveryRunAndShowsItsTrend() throws {
    let folder = try ScratchFolder()
    var last = ""
    for limit in [30, 20, 10] {
      try folder.write("x\n" + (0..<40).map { "\($0 < limit ? 1 : 9)" }.joined(separator: "\n") + "\n", to: "t.csv")
      let script = "load \"t.csv\"\nvalidate x < 5, row_count(40), on_fail: warn, report: \"checks.jsonl\", show: 0"
      last = try Self.run(script, in: folder).output
    }
    #expect(last.contains("over the runs on t") && last.contains("0.25") && last.contains("0.75"))
    let table = try Self.run(
      "load \"checks.jsonl\"\ngroup by: rule, share = max(share)\nexport \"worst.csv\"", in: folder)
    #expect(table.errors.contains("6 rows"))
    #expect(try Self.lines("worst.csv", in: folder) == ["rule,share", "x < 5,0.75", "row_count(40),0.0"])
    try folder.write("something else\n", to: "notes.txt")
    let refused = try Self.run(
      "load \"t.csv\"\nvalidate x < 5, report: \"notes.txt\"", in: folder, status: 1)
    #expect(refused.errors.contains("notes.txt"))
    #expect(try Self.lines("notes.txt", in: folder) == ["something else"])
  }

  @Test func aGuardTravelsWithTheModelAndItsPackage() throws {
    let folder = try ScratchFolder()
    try folder.write("bill_length_mm,body_mass_g\n40,4000\n40,90000\n,4000\n", to: "new.csv")
    let train = """
      load penguins
      select species, bill_length_mm, body_mass_g
      filter body_mass_g != missing
      validate range(body_mass_g, 2000, 7000), guard: true
      label species
      split test: 0.2, seed: 7
      train tree
      export "m.mlpkg"
      """
    let ended = try Self.run(train + "\npredict \"new.csv\"\nexport \"own.csv\"", in: folder)
    #expect(ended.errors.contains("`range(body_mass_g, 2000, 7000)` does not hold: 1 of 3 rows"))
    let own = try Self.lines("own.csv", in: folder)
    #expect(own.count == 4 && own[2].hasSuffix("90000,,,,") && !own[1].hasSuffix(",,,,") && !own[3].hasSuffix(",,,,"))
    _ = try Self.run("load \"m.mlpkg\"\npredict \"new.csv\"\nexport \"read.csv\"", in: folder)
    #expect(try Self.lines("read.csv", in: folder) == own)
    let onnx = try Self.run("load \"m.mlpkg\"\nexport \"m.onnx\"", in: folder)
    #expect(onnx.errors.contains("onnx has no place for guards"))
  }

  @Test(arguments: [
    ("load titanic\nvalidate unique(name), guard: true", "looks at more than one row"),
    ("load titanic\nvalidate age > 0, guard: true\nlabel age\nsplit seed: 1", "tells the label"),
    ("load titanic\nlabel survived\nvalidate survived == \"yes\", guard: true", "tells the label"),
    ("load titanic\nvalidate range(age, 0, 90, warm: 0.1)", "has no option 'warm'"),
    ("load titanic\nvalidate range(age, 0)", "does not take 2 arguments"),
    ("load titanic\nvalidate uniqe(name)", "no rule or function 'uniqe'"),
    ("load titanic\nvalidate age > 0, warn: 0.5, stop: 0.1", "never warns"),
    ("load titanic\nvalidate rule(age > 0, stop: 7)", "a share of the rows"),
    ("load titanic\nvalidate fresher_than(age, days(2))", "a date or a moment"),
    ("load titanic\nvalidate row_count(9, 3)", "the greater one"),
    ("load titanic\nvalidate foreign_key(penguins, age, key: species)", "'species' of penguins is text"),
    ("load titanic\nvalidate foreign_key(nowhere, age)", "no table 'nowhere'"),
    ("load titanic\nvalidate schema_is(\"nowhere.json\")", "nowhere.json"),
    ("load titanic\nvalidate sum_close(name, 3)", "adds up the numbers"),
  ])
  func whatIsNoRuleIsToldBeforeAnythingRuns(script: String, words: String) throws {
    let ended = try Self.run(script, in: try ScratchFolder(), status: 3)
    #expect(ended.errors.contains(words), "\(ended.errors)")
  }

  /// What is proposed can be pasted, and holds.
  @Test(arguments: ["titanic", "penguins", "iris", "wine", "seattle_weather", "diabetes", "diamonds"])
  func proposedRulesHoldOnTheirOwnRows(name: String) throws {
    let folder = try ScratchFolder()
    let proposed = try Self.run("load \(name)\nsuggest_rules", in: folder).output
    #expect(proposed.hasPrefix("validate ") && proposed.contains("range("))
    let ended = try Self.run("load \(name)\n\(proposed)", in: folder)
    #expect(!ended.output.contains("failed"))
  }

  /// The same verdicts whatever the memory and the threads.
  @Test func boundsOfMemoryNeverShow() throws {
    let folder = try ScratchFolder()
    let lines = (0..<60_000).map { "\($0),\($0 % 977),w\(($0 * 7919) % 50_000)" }
    try folder.write("id,k,w\n" + lines.joined(separator: "\n") + "\n", to: "big.csv")
    try folder.write("k\n" + (0..<970).map(String.init).joined(separator: "\n") + "\n", to: "keys.csv")
    let script = """
      load "big.csv"
      validate unique(id), unique(w), increasing(id, strict: true), decreasing(k), foreign_key("keys.csv", k),
        sum_close(k, 29164339, 1), row_count(60000), k < 900, on_fail: warn
      """
    let whole = try Self.run(script, in: folder)
    #expect(whole.output.contains("failed") && whole.output.contains("passed"))
    for flags in [["--memory", "64MB"], ["--threads", "1"]] {
      #expect(try Self.run(script, in: folder, flags).output == whole.output, "\(flags)")
    }
  }
}
