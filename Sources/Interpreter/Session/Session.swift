import Diagnostics
import Display
import Kernels
import Language
import Notation
import Plan

/// A run of the language: scripts as a whole, or entries at a prompt one after another. Both go the same way: an entry is
/// checked whole, then run statement by statement, each stage planned again on the value that arrived.
public struct Session {
  public let vocabulary: Vocabulary
  public let setting: SessionSetting
  /// The names and types so far.
  public private(set) var environment: Environment
  private var flowRecord = FlowRecord()
  private var written = SessionTranscript()
  var values = SessionValues()
  private let ledger = OpeningLedger()
  private var snapshots: [SessionSnapshot] = []

  /// `prelude` is the text of the standard library; it is parsed here and bound where it is used.
  public init(_ vocabulary: Vocabulary, _ setting: SessionSetting, prelude: String = "") {
    self.vocabulary = vocabulary
    self.setting = setting
    let checker = Checker(vocabulary, readScript: setting.readScript)
    environment = prelude.isEmpty ? Environment() : checker.prelude(prelude)
    environment.keepsFiles = setting.isInteractive
  }

  /// The last value.
  public var last: Value? { values.last?.current }

  /// The values named by `as`.
  public var named: [String: Value] { values.named.compactMapValues(\.current) }

  /// The service that the last value is, or that a named value is: a run with one stays up after its last line.
  public var service: (any RunningService)? {
    let all = [last].compactMap { $0 } + named.sorted { $0.key < $1.key }.map(\.value)
    for case .service(let service) in all.map(\.subject) where service.isRunning { return service }
    return nil
  }

  // MARK: Running

  /// Checks a script from where the session stands, without running it.
  public func check(_ source: SourceFile, overrides: [String: String] = [:]) -> CheckedScript {
    Checker(vocabulary, readScript: setting.readScript).check(source, from: environment, overrides: overrides)
  }

  /// Runs a whole script: static errors stop it before its first stage, a failed stage where it stands. `overrides` are the
  /// `name=value` of the command line.
  public mutating func run(
    _ source: SourceFile, overrides: [String: String] = [:], _ progress: Progress,
    _ tell: @escaping (SessionEvent) -> Void
  ) -> RunStatus {
    let checked = check(source, overrides: overrides)
    for event in checked.events { tell(event) }
    if checked.hasErrors { return .staticErrors }
    if let name = checked.unknownOverrides.first {
      tell(.diagnostic(Self.unknownParam(name, checked), source))
      return .wrongUsage
    }
    let status = Discretion.$isOn.withValue(checked.environment.guardsColumns) {
      perform(checked, overrides, progress, tell)
    }
    tellOfCache(tell)
    return status
  }

  private func tellOfCache(_ tell: (SessionEvent) -> Void) {
    guard let cache = setting.cache, let folder = cache.folder else { return }
    for problem in folder.newProblems() { tell(.cache(Diagnostic(problem))) }
    let counts = cache.newCounts()
    if counts.all > 0 { tell(.unchanged(counts.unchanged, of: counts.all)) }
  }

  /// Runs an entry at the prompt, or a script opened there, of which errors tell by `name`. After a failure the values from
  /// before the failed statement stand.
  public mutating func enter(
    _ text: String, name: String = "<prompt>", _ progress: Progress, _ tell: @escaping (SessionEvent) -> Void
  ) -> RunStatus {
    releaseOldRows()
    let (environmentBefore, valuesBefore, start) = (environment, values, written.lines.count)
    let recordBefore = flowRecord
    let status = run(SourceFile(name: name, text: text), progress, tell)
    // After a search that was cut short the value is the one that was asked for.
    environment.isAfterFailure = status != .done && !written.lines[start...].contains(where: \.trace.isCutShort)
    if written.lines[start...].contains(where: \.trace.changes) {
      snapshots.append(
        SessionSnapshot(
          environment: environmentBefore, values: valuesBefore, flow: recordBefore,
          lines: start..<written.lines.count))
      if snapshots.count > SessionSnapshot.limit { snapshots.removeFirst() }
    }
    return status
  }

  private mutating func perform(
    _ checked: CheckedScript, _ overrides: [String: String], _ progress: Progress,
    _ tell: @escaping (SessionEvent) -> Void
  ) -> RunStatus {
    var told = Set(checked.diagnostics)
    environment.flow = nil
    flowRecord.script = script(checked.source)
    let readings = setting.endsWithScript ? checked.readings.byReading : [:]
    // Where the statements stand after a requirement that was not met: the session stays where it was.
    var after: (environment: Environment, values: SessionValues)?
    for statement in checked.program.statements {
      var executor = StageExecutor(
        vocabulary, setting, ledger, checked.source, progress, after?.values ?? values, flowRecord, readings, tell)
      executor.writesReportsOnly = after != nil
      var walker = FlowWalker(
        vocabulary, checked.source, setting.readScript, after?.environment ?? environment, executor)
      walker.overrides = overrides
      walker.standsAlone = checked.program.statements.count == 1
      let isDone = walker.walk(statement)
      for diagnostic in walker.sink.diagnostics where told.insert(diagnostic).inserted {
        tell(.diagnostic(diagnostic, checked.source))
      }
      flowRecord = walker.performer.flow
      if walker.performer.writesReportsOnly {
        after = (walker.environment, walker.performer.values)
        continue
      }
      guard isDone else {
        let first = walker.sink.diagnostics.first { $0.severity == .error }
        return first.map { RunStatus($0.code) } ?? .failed
      }
      environment = walker.environment
      values = walker.performer.values
      written.append(statement, of: checked.source, walker.performer.trace)
      if walker.performer.hasStopped { return .interrupted }
    }
    return after == nil ? .done : .notMet
  }

  /// What is run, for a report: at a prompt all that ran before it too.
  private func script(_ source: SourceFile) -> FlowRecord.Script {
    let before = setting.isInteractive ? written.script : ""
    return FlowRecord.Script(name: source.name, text: before + Secrets.masked(source.text))
  }

  private static func unknownParam(_ name: String, _ checked: CheckedScript) -> Diagnostic {
    let params = checked.program.statements.compactMap { statement in
      if case .param(let param) = statement.kind { param.name.text } else { nil }
    }
    return Diagnostic(
      .usage, "the script has no param '\(name)'", label: NearestName.hint(name, in: params),
      help: params.isEmpty ? ["`param NAME = VALUE` makes one"] : ["params: \(listed(params))"])
  }

  // MARK: Going back

  /// Where more than half of the memory that may be used is in use, values that only `undo` would bring back give their rows up, which
  /// are then computed again if they are asked for.
  private func releaseOldRows() {
    guard Memory.resident > Memory.bound / 2 else { return }
    let live = Set(values.rows.map { ObjectIdentifier($0) })
    for rows in snapshots.flatMap(\.values.rows) where !live.contains(ObjectIdentifier(rows)) { rows.release() }
    Memory.release()
  }

  /// Takes back the last entry that changed something, with the looks since; its text, or nil if there is none.
  public mutating func undo() -> String? {
    guard let snapshot = snapshots.popLast() else { return nil }
    let undone = written.lines[snapshot.lines].map(\.text).joined(separator: "\n")
    environment = snapshot.environment
    environment.isAfterFailure = false
    values = snapshot.values
    flowRecord = snapshot.flow
    written.cut(to: snapshot.lines.lowerBound)
    return Secrets.masked(undone)
  }

  /// Every statement that ran, as a script that does it again.
  public var transcript: String { written.script }

  /// The flow that leads to the last value, as a script of its own: without what only looked, and without other flows.
  public var flow: String { written.flow }
}
