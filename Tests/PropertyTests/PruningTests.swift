import Expressions
import Kernels
import Plan
import Testing

/// A script that leaves the columns unread which it does not use shows the same as one that reads them all.
@Suite(.serialized) struct PruningTests {
  @Test func columnsThatAreNotReadNeverShow() {
    let property = Property(400) { PruningCase($0).compare() }
    for failure in property.failures.prefix(5) { Issue.record("\(failure)") }
    #expect(property.failures.isEmpty, "\(property.failures.count) of the cases failed")
    #expect(Property.only != nil || property.held >= 300, "only \(property.held) held: \(property.refused)")
  }

  /// A model takes its inputs as they were loaded, also where the table that it scores has dropped them.
  @Test func aDroppedColumnIsThereForTheModelThatTakesIt() {
    let folder = CaseFolder()
    let rows = (0..<60).map { "\($0),\($0 % 7),\($0 % 2 == 0 ? "no" : "yes")" }
    let file = folder.write((["a,b,y"] + rows).joined(separator: "\n") + "\n", to: "rows.csv")
    let script = """
      load "\(file)"
      label y
      split train: 0.7, test: 0.3, seed: 1
      train tree
      as m
      load "\(file)"
      drop a
      as others
      m |> predict others
      show

      """
    let whole = ScriptRun(script)
    let pruned = ScriptRun(script, isPruned: true)
    #expect(whole.status == .done, "\(whole.messages)")
    #expect(pruned.shown == whole.shown && pruned.messages == whole.messages)
  }
}

/// Random steps on a random table, then looks at some of the columns.
private struct PruningCase {
  private let table: RandomTable
  private let rows: [[String]]
  private let lines: [String]

  init(_ seed: UInt64) {
    var random = CounterRandom(seed: seed, stream: 0x9E)
    table = RandomTable(&random)
    let recipe = RandomRecipe(table, &random)
    rows = table.rows(40, withUnseen: false, &random)
    var lines: [String] = []
    if random.next(below: 2) == 0 {
      for _ in 0...random.next(below: 2) { lines.append(Self.filter(table, &random)) }
    }
    lines += recipe.before
    let first = Expression.quoted(name: table.columns[0].name)
    let namesColumns = lines.contains { $0.contains("select") || $0.contains("drop") || $0.contains("rename") }
    let choices =
      namesColumns ? ["filter y != missing"] : ["select \(first), y", "drop \(first)", "filter y != missing"]
    lines.append(choices[random.next(below: choices.count)])
    let looks = ["profile", "show", "schema", "validate y != missing, on_fail: warn", "as rows"]
    for _ in 0..<random.next(below: 4) { lines.append(looks[random.next(below: looks.count)]) }
    if random.next(below: 2) == 0 {
      lines += ["label y", "split train: 0.7, test: 0.3, seed: 5", "train dummy", "eval"]
    }
    self.lines = lines
  }

  private static func filter(_ table: RandomTable, _ random: inout CounterRandom) -> String {
    let column = table.columns[random.next(below: table.columns.count)]
    let name = Expression.quoted(name: column.name)
    switch random.next(below: 5) {
    case 0: return "filter y != missing"
    case 1: return "filter \(name) == \(name), y != missing"
    case 2: return "filter \(name) != missing or y == missing"
    // What is over all rows no chunk can tell.
    case 3 where column.type == .float || column.type == .int: return "filter \(name) >= mean(\(name))"
    case _ where column.type == .float || column.type == .int: return "filter \(name) > 0"
    default: return "filter \(name) == missing"
    }
  }

  func compare() -> Verdict {
    let folder = CaseFolder()
    let file = folder.write(table.file(rows), to: "rows.csv")
    let script = (["load \"\(file)\", \(table.options(Expression.quoted))"] + lines).joined(separator: "\n") + "\n"
    if Property.only != nil { print(script, table.file(rows), separator: "\n") }
    let whole = ScriptRun(script)
    let pruned = ScriptRun(script, isPruned: true)
    if whole.status == .staticErrors { return .refused(whole.messages.last ?? "") }
    let isSame = whole.shown == pruned.shown && whole.messages == pruned.messages && whole.status == pruned.status
    return isSame ? .held : .failed("\(lines): \(whole.messages) \(pruned.messages)")
  }
}
