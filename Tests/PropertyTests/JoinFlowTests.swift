import Expressions
import Foundation
import Kernels
import Testing

@testable import Verbs

/// How tables are joined and united never shows: with all columns or those that the script uses, in memory or in files of chunks, with a
/// cache or without, on any number of threads.
@Suite(.serialized) struct JoinFlowTests {
  @Test func howTablesArePutTogetherNeverShows() {
    defer { Threads.set(2) }
    let property = Property(320) { JoinFlowCase($0).compare() }
    for failure in property.failures.prefix(5) { Issue.record("\(failure)") }
    #expect(property.failures.isEmpty, "\(property.failures.count) of the cases failed")
    #expect(Property.only != nil || property.held >= 240, "only \(property.held) held: \(property.refused)")
  }
}

/// Two random tables that a random script puts together and looks at.
private struct JoinFlowCase {
  private let files: [String]
  private let lines: [String]
  private var random: CounterRandom

  init(_ seed: UInt64) {
    var random = CounterRandom(seed: seed, stream: 0x70)
    let table = RandomTable(&random)
    files = [40, 25].map { table.file(table.rows($0, withUnseen: false, &random)) }
    let options = table.options(Expression.quoted)
    let names = table.columns.map { Expression.quoted(name: $0.name) }
    func any(_ choices: [String]) -> String { choices[random.next(below: choices.count)] }
    let isNamed = random.next(below: 2) == 0
    var lines: [String] = []
    if isNamed {
      lines.append("load \"FOLDER/1.csv\", \(options)")
      lines += [[], ["filter y != missing"], ["derive z = 1"], ["sort \(names[0]) = down"]][random.next(below: 4)]
      lines.append("as other")
    }
    lines.append("load \"FOLDER/0.csv\", \(options)")
    lines += [[], ["filter \(names[0]) != missing"], ["dedupe \(names[1])"]][random.next(below: 3)]
    let other = isNamed ? "other" : "\"FOLDER/1.csv\", \(options)"
    if random.next(below: 4) == 0 {
      lines.append("union \(other)" + any(["", ", source: origin"]))
    } else {
      let keys = random.next(below: 2) == 0 ? names[0] : "[\(names[0]), \(names[1])]"
      let how = any(["left", "inner", "right", "full", "semi", "anti"])
      lines.append("join \(other), on: \(keys), how: \(how)")
    }
    lines +=
      [
        [], ["select \(names[1]), y"], ["drop \(names[0])"], ["filter y != missing"], ["sort \(names[1])"],
        ["label y", "split train: 0.7, test: 0.3, seed: 5", "train dummy", "as m", "eval"],
      ][random.next(below: 6)]
    var looks = ["profile", "show", "schema", "show last: 4"]
    if !lines.contains("eval") { looks += ["export \"FOLDER/out.csv\"", "as result"] }
    for _ in 0..<1 + random.next(below: 3) { lines.append(looks.remove(at: random.next(below: looks.count))) }
    self.lines = lines
    self.random = random
  }

  /// All that comes of a run.
  private struct Outcome: Equatable {
    let shown: [String]
    let messages: [String]
    let isRefused: Bool
    let file: Data?
  }

  private func outcome(_ execution: Execution, in folder: CaseFolder, cached: Bool = false) -> Outcome {
    Threads.set(execution.threads)
    let script = lines.joined(separator: "\n").replacing("FOLDER", with: folder.path) + "\n"
    if Property.only != nil { print(execution, script, separator: "\n") }
    unlink(folder.path + "/out.csv")
    let run = ScriptRun(script, execution, cache: cached ? CacheCase.cache(folder) : nil)
    let bare = { (text: String) in text.replacing(folder.path, with: "FOLDER") }
    return Outcome(
      shown: run.shown.map(bare), messages: run.messages.map(bare), isRefused: run.status == .staticErrors,
      file: FileManager.default.contents(atPath: folder.path + "/out.csv"))
  }

  func compare() -> Verdict {
    let folder = CaseFolder()
    for (place, text) in files.enumerated() { _ = folder.write(text, to: "\(place).csv") }
    let usual = outcome(Execution(), in: folder)
    if usual.isRefused { return .refused(usual.messages.last ?? "") }
    var random = random
    for execution in [Execution.pruned, Execution(&random), Execution(&random)] {
      let other = outcome(execution, in: folder)
      guard other == usual else { return .failed("\(execution): \(lines): \(usual) \(other)") }
    }
    let execution = Execution(isPruned: random.next(below: 2) == 0)
    for time in ["first", "second"] {
      let cached = outcome(execution, in: folder, cached: true)
      guard cached == usual else { return .failed("\(time) with a cache: \(lines): \(usual) \(cached)") }
    }
    return .held
  }
}
