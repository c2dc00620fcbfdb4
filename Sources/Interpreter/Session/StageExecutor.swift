import Diagnostics
import Display
import Kernels
import Language
import Plan

/// What a session needs of the machine it runs on.
public struct SessionSetting: Sendable {
  public let executor: any Executor
  public let seed: UInt64
  /// Whether somebody sits at a prompt.
  public let isInteractive: Bool
  public let folder: WorkingFolder
  public let readScript: ScriptReader
  /// Groups of verbs whose stages are passed over: a retraining runs a script without `Deliver` and `Watch`.
  public let leavingOut: Set<String>
  /// Whether nothing follows a script, so that a column which it does not use need not be read.
  public let endsWithScript: Bool

  public init(
    executor: any Executor, seed: UInt64, isInteractive: Bool, folder: WorkingFolder,
    readScript: @escaping ScriptReader, leavingOut: Set<String> = [], endsWithScript: Bool = false
  ) {
    self.executor = executor
    self.seed = seed
    self.isInteractive = isInteractive
    self.folder = folder
    self.readScript = readScript
    self.leavingOut = leavingOut
    self.endsWithScript = endsWithScript
  }
}

/// The values of a session. Copies are cheap: values share their memory.
struct SessionValues: Sendable {
  var last: Value?
  var named: [String: Value] = [:]

  /// The places where the tables among them keep their rows.
  var rows: [CollectedRows] {
    ([last].compactMap { $0 } + named.values).flatMap { value in
      if case .table(let relation) = value.subject { [relation.kept, relation.base] } else { [CollectedRows]() }
    }
  }
}

/// A stage that ran: its words with every default visible.
public struct StageRecord: Sendable, Hashable {
  public let line: Int
  public let words: String
}

/// The performer of a run: each stage works on the value that reached it.
struct StageExecutor: StagePerformer {
  static let goesOnAfterFailure = false

  let vocabulary: Vocabulary
  let setting: SessionSetting
  let ledger: OpeningLedger
  let source: SourceFile
  let progress: Progress
  let readings: [ReadingID: ReadingPlan]
  let tell: (SessionEvent) -> Void
  var values: SessionValues
  private(set) var records: [StageRecord] = []

  init(
    _ vocabulary: Vocabulary, _ setting: SessionSetting, _ ledger: OpeningLedger, _ source: SourceFile,
    _ progress: Progress, _ values: SessionValues, _ readings: [ReadingID: ReadingPlan],
    _ tell: @escaping (SessionEvent) -> Void
  ) {
    self.vocabulary = vocabulary
    self.setting = setting
    self.ledger = ledger
    self.source = source
    self.progress = progress
    self.values = values
    self.readings = readings
    self.tell = tell
  }

  private var context: RunContext {
    var named = values.named
    named["_"] = values.last
    return RunContext(
      executor: setting.executor, progress: progress, seed: setting.seed, ledger: ledger,
      isInteractive: setting.isInteractive, folder: setting.folder, named: named, readings: readings)
  }

  var lastMeaning: Scope.Meaning? {
    guard case .look(let look)? = values.last else { return nil }
    let figures = Dictionary(look.figures.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    return .value(Scope.NamedValue(kind: "the \(look.kind)", figures: figures))
  }

  // MARK: Stages

  mutating func perform(_ stage: ReadyStage, _ sink: inout DiagnosticSink) -> ValueType? {
    if setting.leavingOut.contains(stage.verb.description.group) { return values.last?.type ?? .nothing }
    let line = source.position(of: stage.call.range.start).line
    tell(.stageBegan(words: stage.words, line: line))
    do throws(EngineError) {
      if progress.isCancelled { throw .cancelled }
      let outcome = try watched { () throws(EngineError) in
        try stage.planned.run(stage.takesSubject ? values.last?.subject : nil, context)
      }
      for display in outcome.displays where !display.isEmpty { tell(.display(display)) }
      if let failure = outcome.failure { throw failure }
      records.append(StageRecord(line: line, words: stage.words))
      return take(outcome.value)
    } catch {
      sink.report(Diagnostic(error, at: stage.call.range, stage: stage.place))
      return nil
    }
  }

  /// Runs a stage's work, which ends in an error where it would take more memory than may be used.
  private func watched<Result>(_ body: () throws(EngineError) -> Result) throws(EngineError) -> Result {
    do throws(EngineError) {
      return try MemoryWatch.over(progress, body)
    } catch {
      guard error.code == .interrupted, let refusal = progress.refusal else { throw error }
      Memory.release()
      throw EngineError(.rows(.memory(refusal)))
    }
  }

  /// A scalar only prints; everything else becomes the last value.
  private mutating func take(_ value: Value) -> ValueType {
    if case .scalar = value { return value.type }
    values.last = value
    return value.type
  }

  // MARK: Names

  mutating func name(_ name: String, _ type: ValueType) -> ValueType {
    guard let last = values.last else { return type }
    let named: Value = if case .table(let relation) = last { .table(relation.named(name)) } else { last }
    values.last = named
    values.named[name] = named
    return named.type
  }

  mutating func recall(_ name: String, isShown: Bool, _ sink: inout DiagnosticSink) {
    if name != "_" { values.last = values.named[name] ?? values.last }
    guard isShown, let value = values.last else { return }
    if case .look(let look) = value {
      tell(.display(look.display))
    } else {
      showSubject(value, &sink)
    }
  }

  /// A value named alone is shown as the verb `show` shows it.
  private func showSubject(_ value: Value, _ sink: inout DiagnosticSink) {
    guard let verb = vocabulary["show"] else { return }
    let stage = Language.Stage(Name("show"))
    var own = DiagnosticSink()
    guard let call = StageArguments(verb.description, scope: Scope()).read(stage, &own),
      let planned = verb.plan(call, value.type.subject, &own)
    else { return }
    do throws(EngineError) {
      let outcome = try watched { () throws(EngineError) in try planned.run(value.subject, context) }
      for display in outcome.displays { tell(.display(display)) }
    } catch {
      sink.report(Diagnostic(error, at: nil))
    }
  }

  mutating func show(_ scalar: BoundScalar, at range: SourceRange) {
    if case .known(let value) = scalar { tell(.display(.text(value.shown))) }
  }

  mutating func show(definition: String) { tell(.display(.text(definition))) }

  mutating func declared(_ statement: Statement) {}
}

extension Scalar {
  /// As a prompt shows it: a text without its quotes.
  var shown: String {
    if case .cell(.text(let text)) = self { return text }
    return description
  }
}
