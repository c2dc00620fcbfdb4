import Expressions
import Foundation
import Kernels
import Plan
import Tables
import Testing

@testable import Validation

@Suite struct ValidationHistoryTests {
  private static func pass(_ values: [Int64?]) throws -> ValidationPass {
    let table = Table([("a", .int(Cells(values, filler: 0)))])
    let rules = [
      ValidationRule(
        ConditionTest(.call(.less, [.column("a", .int), .literal(.int(5))])), words: "a < 5",
        limits: RuleLimits(warn: 0.4)),
      ValidationRule(RowCountTest(least: 4, most: nil), words: "row_count(4, 9)"),
    ]
    var pass = try ValidationPass(rules, shown: 0, of: .whole(table), Progress())
    try pass.take(table, Progress())
    try pass.finish(Progress())
    return pass
  }

  @Test func runsAreAddedAndReadBack() throws {
    let path = NSTemporaryDirectory() + "history-\(UUID()).jsonl"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let tables: [[Int64?]] = [[1, nil, 3, 4], [9, 9, nil, 1], [7]]
    for (run, values) in tables.enumerated() {
      var history = try ValidationHistory(path)
      #expect(history.entries.count == run * 2)
      try history.add(try Self.pass(values), table: "t", at: Int64(run) * 3_600_000_000)
      #expect(try ValidationHistory(path).entries == history.entries)
    }
    let runs = try ValidationHistory(path).runs(of: "a < 5", table: "t")
    #expect(runs.map(\.run) == [1, 2, 3])
    #expect(runs.map(\.share) == [0, 2.0 / 3, 1])
    #expect(runs.map(\.verdict) == [.passed, .warned, .warned])
    #expect(runs.map(\.moment) == [0, 3_600_000_000, 7_200_000_000])
    let counts = try ValidationHistory(path).runs(of: "row_count(4, 9)", table: "t")
    #expect(counts.map(\.verdict) == [.passed, .passed, .failed] && counts.map(\.rows) == [1, 1, 1])
  }

  @Test(arguments: [
    "{}", "[1]", "no json",
    #"{"run":1,"at":"2026-01-01T00:00:00Z","table":"t","rule":"r","rows":1,"failed":2,"undecided":0,"verdict":"failed"}"#,
    #"{"run":-1,"at":"2026-01-01T00:00:00Z","table":"t","rule":"r","rows":1,"failed":0,"undecided":0,"verdict":"passed"}"#,
    #"{"run":1,"at":"never","table":"t","rule":"r","rows":1,"failed":0,"undecided":0,"verdict":"passed"}"#,
    #"{"run":1,"at":"2026-01-01T00:00:00Z","table":"t","rule":"r","rows":1e300,"failed":0,"undecided":0,"verdict":"passed"}"#,
  ])
  func aFileOfSomethingElseIsRefused(text: String) throws {
    let path = NSTemporaryDirectory() + "history-\(UUID()).jsonl"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    let refusal = #expect(throws: EngineError.self) { _ = try ValidationHistory(path) }
    #expect(refusal?.code == .source, "\(text)")
  }
}
