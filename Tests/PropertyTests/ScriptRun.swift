import Diagnostics
import Display
import Foundation
import Interpreter
import Kernels
import Plan
import Tables
import Verbs

@testable import Engine

/// A script that was run to its end or to its first failure, with the values it named.
struct ScriptRun {
  let status: RunStatus
  let messages: [String]
  /// What the stages showed, in order, but for how many columns a file has and how many were read.
  let shown: [String]
  /// How many of how many stages were not run; nil without a cache in a folder.
  private(set) var unchanged: (count: Int, all: Int)?
  /// The codes of what was amiss with the cache.
  private(set) var cacheProblems: [String] = []
  private let session: Session

  /// Of the ways of running, the number of threads is the process's.
  init(_ script: String, _ execution: Execution = Execution(), seed: UInt64 = 7, cache: StageCache? = nil) {
    let setting = SessionSetting(
      executor: LocalExecutor(rowsPerChunk: execution.rowsPerChunk), seed: seed, isInteractive: false,
      folder: WorkingFolder(),
      readScript: { _ throws(ScriptReadFailure) in throw ScriptReadFailure("not here") },
      endsWithScript: execution.isPruned, cache: cache)
    var session = Session(Vocabulary(VerbCatalog.all), setting)
    var messages: [String] = []
    var shown: [String] = []
    var unchanged: (count: Int, all: Int)?
    var problems: [String] = []
    status = session.run(SourceFile(name: "script", text: script), Progress()) { event in
      if case .diagnostic(let diagnostic, _) = event {
        messages.append("\(diagnostic.code.rawValue): \(diagnostic.message)")
      }
      if case .unchanged(let count, let all) = event { unchanged = (count, all) }
      if case .cache(let problem) = event { problems.append(problem.code.rawValue) }
      if case .display(let display, _) = event {
        shown.append(JSONRenderer().value(display).text.replacing(#/ × \d+ columns?(, \d+ read)?/#, with: ""))
      }
    }
    self.unchanged = unchanged
    cacheProblems = problems
    self.session = session
    self.messages = messages
    self.shown = shown
  }

  func model(_ name: String) -> Model? { if case .model(let model)? = session.named[name] { model } else { nil } }

  func relation(_ name: String) -> Relation? {
    if case .table(let relation)? = session.named[name] { relation } else { nil }
  }

  func split(_ name: String) -> Split? { if case .split(let split)? = session.named[name] { split } else { nil } }

  func table(_ name: String) -> Tables.Table? {
    relation(name).flatMap { try? LocalExecutor().table($0, columns: nil, Progress()) }
  }
}

/// Whether a case held, could not be asked, or did not hold.
enum Verdict: Sendable {
  case held
  /// The script was refused for a good reason: there is no feature left, one class only.
  case refused(String)
  case failed(String)

  /// The codes with which a script of a recipe that is sound may still be refused: the rows that were drawn cannot be learned from, or
  /// no feature is left.
  static let refusals = ["training-failed:", "no-rows:", "bad-label:", "empty-part:", "unexpected-argument:"]
}

/// A folder for the files of one case.
final class CaseFolder {
  let path: String

  init() {
    path = NSTemporaryDirectory() + "mlp-property-\(UUID().uuidString)"
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, to name: String) -> String {
    let file = path + "/" + name
    try? DurableFile.write(Array(text.utf8), to: file)
    return file
  }
}

/// Runs a property over many seeds, or over the one that MLP_PROPERTY_SEED names, of which everything is then shown.
struct Property {
  static let only = ProcessInfo.processInfo.environment["MLP_PROPERTY_SEED"].flatMap(UInt64.init)

  let held: Int
  let refused: [String: Int]
  /// The failures, each with its seed.
  let failures: [String]

  init(_ count: Int, _ check: @escaping @Sendable (UInt64) -> Verdict) {
    let seeds = Self.only.map { [$0] } ?? (0..<UInt64(count)).map { $0 }
    let verdicts = parallelMap(seeds.count) { check(seeds[$0]) }
    var held = 0
    var refused: [String: Int] = [:]
    var failures: [String] = []
    for (seed, verdict) in zip(seeds, verdicts) {
      switch verdict {
      case .held: held += 1
      case .refused(let words): refused[words, default: 0] += 1
      case .failed(let words): failures.append("seed \(seed) (MLP_PROPERTY_SEED=\(seed) shows it): \(words)")
      }
    }
    self.held = held
    self.refused = refused
    self.failures = failures
  }
}
