import Expressions
import Foundation
import Kernels
import Packaging

@testable import Verbs

/// A way of running a script that must not show in what comes of it. A further way is a further property here.
struct Execution: Sendable, CustomStringConvertible {
  /// Columns that the script does not use are left unread.
  var isPruned = false
  /// Every table is kept in a file, in chunks of so many rows; nil keeps small ones in memory.
  var rowsPerChunk: Int?
  var threads = 2

  static let pruned = Execution(isPruned: true)

  /// Any of them.
  init(_ random: inout CounterRandom) {
    isPruned = random.next(below: 2) == 0
    rowsPerChunk = [nil, 1, 7, 65_536][random.next(below: 4)]
    threads = [1, 3][random.next(below: 2)]
  }

  init(isPruned: Bool = false) { self.isPruned = isPruned }

  var description: String {
    let chunks = rowsPerChunk.map { "chunks of \($0)" } ?? "in memory"
    return "\(isPruned ? "pruned" : "whole"), \(chunks), \(threads) threads"
  }
}

/// Random steps on a random table, then looks at some of the columns.
struct FlowCase {
  private let table: RandomTable
  private let rows: [[String]]
  private let lines: [String]
  private var random: CounterRandom

  /// `writes` whether there may be files and models among what comes of it.
  init(_ seed: UInt64, writes: Bool = false) {
    var random = CounterRandom(seed: seed, stream: 0x9E)
    table = RandomTable(&random)
    let recipe = RandomRecipe(table, &random)
    rows = table.rows(40, withUnseen: false, &random)
    var lines = recipe.before
    let first = Expression.quoted(name: table.columns[0].name)
    let namesColumns = lines.contains { $0.contains("select") || $0.contains("drop") || $0.contains("rename") }
    let choices =
      namesColumns ? ["filter y != missing"] : ["select \(first), y", "drop \(first)", "filter y != missing"]
    lines.append(choices[random.next(below: choices.count)])
    var looks = ["profile", "show", "schema", "validate y != missing, on_fail: warn", "as rows"]
    if writes {
      looks += ["export \"FOLDER/out.csv\"", "export \"FOLDER/out.jsonl\"", "validate unique(y), on_fail: drop"]
    }
    for _ in 0..<random.next(below: writes ? 6 : 4) {
      let look = looks.remove(at: random.next(below: looks.count))
      lines.append(look)
    }
    if random.next(below: 2) == 0 {
      let learner = writes ? ParityCase.learner(isNumber: table.classes.isEmpty, &random) : "dummy"
      lines += ["label y", "split train: 0.7, test: 0.3, seed: 5", "train \(learner)", "as m", "eval"]
    }
    self.lines = lines
    self.random = random
  }

  /// All that comes of a run.
  private struct Outcome: Equatable {
    let shown: [String]
    let messages: [String]
    let isRefused: Bool
    let files: [String: Data]
    let package: [UInt8]?
  }

  private func outcome(_ execution: Execution) -> Outcome {
    Threads.set(execution.threads)
    let folder = CaseFolder()
    _ = folder.write(table.file(rows), to: "rows.csv")
    let load = "load \"FOLDER/rows.csv\", \(table.options(Expression.quoted))"
    let script = ([load] + lines).joined(separator: "\n").replacing("FOLDER", with: folder.path) + "\n"
    if Property.only != nil { print(execution, script, table.file(rows), separator: "\n") }
    let run = ScriptRun(script, execution)
    var files: [String: Data] = [:]
    for name in ["out.csv", "out.jsonl"] {
      files[name] = FileManager.default.contents(atPath: folder.path + "/" + name)
    }
    let bare = { (text: String) in text.replacing(folder.path, with: "FOLDER") }
    return Outcome(
      shown: run.shown.map(bare), messages: run.messages.map(bare), isRefused: run.status == .staticErrors,
      files: files,
      package: run.model("m").map { MlpkgWriter.bytes(PackageFile($0)) })
  }

  /// Whether the script gives the same bytes in these ways as in the usual one.
  func compare(_ executions: [Execution]) -> Verdict {
    let usual = outcome(Execution())
    if usual.isRefused { return .refused(usual.messages.last ?? "") }
    for execution in executions {
      let other = outcome(execution)
      guard other == usual else {
        return .failed("\(execution): \(lines): \(Self.difference(usual, other))")
      }
    }
    return .held
  }

  /// The same in two ways that the seed draws.
  func compareAny() -> Verdict {
    var random = random
    return compare([Execution(&random), Execution(&random)])
  }

  private static func difference(_ usual: Outcome, _ other: Outcome) -> String {
    if usual.messages != other.messages { return "messages \(usual.messages) and \(other.messages)" }
    if let place = zip(usual.shown, other.shown).enumerated().first(where: { $1.0 != $1.1 })?.offset {
      return "shown \(usual.shown[place].prefix(600)) and \(other.shown[place].prefix(600))"
    }
    if usual.files != other.files { return "the files differ" }
    return usual.package != other.package ? "the models differ" : "one shows more"
  }
}
