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

  /// Stages that read the rows together, then looks at what they give.
  init(relational seed: UInt64) {
    var random = CounterRandom(seed: seed, stream: 0x9F)
    table = RandomTable(&random)
    rows = table.rows(60, withUnseen: false, &random)
    var lines = random.next(below: 2) == 0 ? [Self.filter(table, &random)] : []
    lines += Self.relation(table, &random)
    lines += ["show rows: 100", "schema", "export \"FOLDER/out.jsonl\""]
    self.lines = lines
    self.random = random
  }

  /// A group, a pivot, an unpivot or functions of the rows around, of some of the columns.
  private static func relation(_ table: RandomTable, _ random: inout CounterRandom) -> [String] {
    let columns = table.columns.map { (name: Expression.quoted(name: $0.name), type: $0.type) }
    let (first, second) = (columns[0], columns[1])
    let numbers = columns.filter { $0.type == .int || $0.type == .float }
    let number = numbers.isEmpty ? "length(text(\(first.name)))" : numbers[random.next(below: numbers.count)].name
    let keys = ["by: \(first.name), ", "by: [\(first.name), \(second.name)], ", "by: y, ", ""][random.next(below: 4)]
    switch random.next(below: 7) {
    case 6:
      // An output may have the name of a column that a later statistic is of.
      let (mean, end) = ("\(second.name) = mean(\(number))", "ends = last(\(second.name))")
      return ["group by: \(first.name), y = count(), \(mean), \(end), of = count(y)"]
    case 0:
      return ["group \(keys)n = count(), m = mean(\(number)), s = sd(\(number)), first_one = first(\(second.name))"]
    case 1:
      return ["group \(keys)kinds = count_distinct(\(second.name)), q = quantile(\(number), 0.3), usual = mode(y)"]
    case 2: return ["derive v = \(number)", "pivot names: \(first.name), values: v, by: y, using: max, prefix: \"p_\""]
    case 3:
      let same = columns.filter { $0.type == first.type }.map(\.name)
      return ["unpivot \(same.joined(separator: ", ")), name: part, value: cell", "group by: part, n = count(cell)"]
    case 4:
      return [
        "derive p = lag(\(second.name)), r = rank(), c = cum_sum(\(number)), w = rolling_mean(\(number), 3, 1), \(keys)"
          + "order: {\(first.name): down}"
      ]
    default:
      return ["derive share = \(number) / max(\(number)), some = last(\(second.name)), by: \(first.name), order: rows"]
    }
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
