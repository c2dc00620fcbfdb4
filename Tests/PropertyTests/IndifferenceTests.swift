import Expressions
import Kernels
import Packaging
import Plan
import Testing

@testable import Verbs

/// What must not matter does not: the number of threads, and the order in which a file has its columns where a script says its own.
@Suite(.serialized) struct IndifferenceTests {
  @Test func theNumberOfThreadsNeverShows() {
    defer { Threads.set(2) }
    let property = Property(40) { IndifferenceCase($0, rows: 1500).threads() }
    for failure in property.failures.prefix(5) { Issue.record("\(failure)") }
    #expect(property.failures.isEmpty, "\(property.failures.count) of the cases failed")
    #expect(Property.only != nil || property.held >= 30, "only \(property.held) held: \(property.refused)")
  }

  @Test func theOrderOfAFilesColumnsNeverShows() {
    let property = Property(300) { IndifferenceCase($0, rows: 50).columns() }
    for failure in property.failures.prefix(5) { Issue.record("\(failure)") }
    #expect(property.failures.isEmpty, "\(property.failures.count) of the cases failed")
    #expect(Property.only != nil || property.held >= 220, "only \(property.held) held: \(property.refused)")
  }
}

struct IndifferenceCase {
  private let table: RandomTable
  private let recipe: RandomRecipe
  private let learner: String
  private let rows: [[String]]
  private let order: [Int]

  init(_ seed: UInt64, rows count: Int) {
    var random = CounterRandom(seed: seed, stream: 0x1D)
    table = RandomTable(&random)
    recipe = RandomRecipe(table, &random)
    learner = ParityCase.learner(isNumber: table.classes.isEmpty, &random)
    rows = table.rows(count, withUnseen: false, &random)
    order = random.permutation(table.columns.count + 1)
  }

  /// The bytes of the model's package, or why there is none.
  private func package(order: [Int]? = nil) -> (bytes: [UInt8]?, message: String) {
    let folder = CaseFolder()
    let names = table.columns.map { Expression.quoted(name: $0.name) } + ["y"]
    let file = folder.write(table.file(rows, order: order), to: "rows.csv")
    let lines =
      ["load \"\(file)\", \(table.options(Expression.quoted))", "select \(names.joined(separator: ", "))"]
      + recipe.before + ["label y", "split train: 0.7, test: 0.3, seed: 5"] + recipe.after + [
        "train \(learner)", "as m",
      ]
    let script = lines.joined(separator: "\n") + "\n"
    if Property.only != nil { print(script, table.file(rows, order: order), separator: "\n") }
    let run = ScriptRun(script)
    let bytes = run.model("m").map { MlpkgWriter.bytes(PackageFile($0)) }
    return (bytes, run.messages.last ?? "")
  }

  func threads() -> Verdict {
    Threads.set(1)
    let one = package()
    guard let bytes = one.bytes else { return .refused(one.message) }
    for count in [2, 3] {
      Threads.set(count)
      if package().bytes != bytes { return .failed("another model on \(count) threads: \(learner); \(recipe)") }
    }
    return .held
  }

  func columns() -> Verdict {
    let straight = package()
    guard let bytes = straight.bytes else { return .refused(straight.message) }
    return package(order: order).bytes == bytes ? .held : .failed("another model: \(learner); \(recipe)")
  }
}
