import Diagnostics
import Display
import Kernels
import Language
import Notation
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
  /// What is known of stages that ran before; nil runs every stage.
  public let cache: StageCache?

  public init(
    executor: any Executor, seed: UInt64, isInteractive: Bool, folder: WorkingFolder,
    readScript: @escaping ScriptReader, leavingOut: Set<String> = [], endsWithScript: Bool = false,
    cache: StageCache? = nil
  ) {
    self.executor = executor
    self.seed = seed
    self.isInteractive = isInteractive
    self.folder = folder
    self.readScript = readScript
    self.leavingOut = leavingOut
    self.endsWithScript = endsWithScript
    self.cache = cache
  }
}

/// The values of a session. Copies are cheap: values share their memory.
struct SessionValues: Sendable {
  var last: HeldValue?
  var named: [String: HeldValue] = [:]

  /// The places where the tables among them keep their rows.
  var rows: [CollectedRows] {
    ([last].compactMap { $0 } + named.values).flatMap { held -> [CollectedRows] in
      guard case .table(let relation)? = held.current?.subject else { return [] }
      return [relation.kept, relation.base]
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
  /// Of the statement that is performed.
  private(set) var trace = StatementTrace()

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
    // A cache keeps what a reading gave for whatever comes after it the next time.
    self.readings =
      setting.cache == nil ? readings : readings.mapValues { ReadingPlan(columns: $0.columns, filters: []) }
    self.tell = tell
  }

  var lastMeaning: Scope.Meaning? {
    guard case .look(let look)? = values.last?.type, let figures = values.last?.figures else { return nil }
    let known = Dictionary(figures.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    return .value(Scope.NamedValue(kind: "the \(look.kind)", figures: known))
  }

  var hasStopped: Bool { trace.isCutShort }

  // MARK: Stages

  mutating func perform(_ stage: ReadyStage, _ sink: inout DiagnosticSink) -> ValueType? {
    if setting.leavingOut.contains(stage.verb.description.group) { return values.last?.type ?? .nothing }
    let line = source.position(of: stage.call.range.start).line
    tell(.stageBegan(words: stage.words, line: line))
    do throws(EngineError) {
      if progress.isCancelled { throw .cancelled }
      let value = try run(stage)
      records.append(StageRecord(line: line, words: stage.words))
      note(stage, gave: value)
      return take(value)
    } catch {
      // A system call that a signal ends fails of its own accord.
      let isInterrupted = error.code == .interrupted || progress.isCancelled && progress.refusal == nil
      sink.report(
        isInterrupted ? interruption(of: stage) : Diagnostic(error, at: stage.call.range, stage: stage.place))
      return nil
    }
  }

  /// What Ctrl-C is answered: which stage ended, and at the prompt what it leaves.
  private func interruption(of stage: ReadyStage) -> Diagnostic {
    let arguments = stage.call.arguments.map(SyntaxPrinter.text).joined(separator: ", ")
    let words = stage.call.verb.text + (arguments.isEmpty ? "" : " " + TextWidth.cut(arguments, to: 60))
    let left = setting.isInteractive && values.last != nil ? "; the value from before it stands" : ""
    return Diagnostic(.interrupted, "interrupted: \(words)\(left)", at: stage.call.range, stage: stage.place)
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

  /// Replays a stage that a cache has seen, or runs it, and shows what it shows.
  private mutating func run(_ stage: ReadyStage) throws(EngineError) -> HeldValue {
    let subject = stage.takesSubject ? values.last : nil
    let surroundings = StageSurroundings(
      setting: setting, values: values, readings: readings, names: stage.call.namesInReach)
    guard let cached = cached(stage, subject, surroundings) else {
      setting.cache?.countUnkeyed()
      let context = try surroundings.context(setting.executor, nil, ledger, progress)
      let outcome = try watched { () throws(EngineError) in
        try stage.planned.run(try subject?.value(progress).subject, context)
      }
      return try take(outcome, HeldValue(outcome.value, key: nil))
    }
    if let again = cached.replayed(ledger, progress) {
      try show(again.displays, nil)
      return again.value
    }
    let (outcome, value) = try watched { () throws(EngineError) in try cached.run(ledger, progress) }
    return try take(outcome, value)
  }

  private mutating func take(_ outcome: Outcome, _ value: HeldValue) throws(EngineError) -> HeldValue {
    trace.isCutShort = trace.isCutShort || outcome.isCutShort
    try show(outcome.displays, outcome.failure)
    return value
  }

  private func cached(
    _ stage: ReadyStage, _ subject: HeldValue?, _ surroundings: StageSurroundings
  ) -> CachedStage? {
    guard let cache = setting.cache else { return nil }
    let keys = StageKey(
      cache: cache, setting: setting, values: values, ledger: ledger, readings: readings, progress: progress)
    return keys.key(stage).map {
      CachedStage(cache: cache, key: $0, planned: stage.planned, subject: subject, surroundings: surroundings)
    }
  }

  private func show(_ displays: [Display], _ failure: EngineError?) throws(EngineError) {
    for display in displays where !display.isEmpty { tell(.display(display)) }
    if let failure { throw failure }
  }

  private mutating func note(_ stage: ReadyStage, gave value: HeldValue) {
    trace.began(stage.takesSubject ? .subject : .nothing)
    if case .scalar = value.type { return }
    let isSame = value.isLook(at: values.last)
    trace.gives = true
    trace.changes = trace.changes || !isSame
    trace.leads = trace.leads || !isSame || !stage.verb.onlyLooks
  }

  /// A scalar only prints; everything else becomes the last value.
  private mutating func take(_ value: HeldValue) -> ValueType {
    if case .scalar = value.type { return value.type }
    values.last = value
    return value.type
  }

  // MARK: Names

  mutating func name(_ name: String, _ type: ValueType) -> ValueType {
    guard let last = values.last else { return type }
    trace.began(.value)
    (trace.gives, trace.leads, trace.changes) = (true, true, true)
    let named = last.named(name)
    values.last = named
    values.named[name] = named
    return named.type
  }

  mutating func recall(_ name: String, isShown: Bool, _ sink: inout DiagnosticSink) {
    trace.began(name == "_" ? .value : .nothing)
    if name != "_", let named = values.named[name] {
      trace.changes = trace.changes || values.last !== named
      (trace.gives, trace.leads) = (true, true)
      values.last = named
    }
    guard isShown, let held = values.last else { return }
    do throws(EngineError) {
      if case .look = held.type {
        if case .look(let look) = try held.value(progress) { tell(.display(look.display)) }
      } else {
        try showSubject(held)
      }
    } catch {
      sink.report(Diagnostic(error, at: nil))
    }
  }

  /// A value named alone is shown as the verb `show` shows it.
  private mutating func showSubject(_ held: HeldValue) throws(EngineError) {
    guard let verb = vocabulary["show"] else { return }
    let stage = Language.Stage(Name("show"))
    var own = DiagnosticSink()
    guard let call = StageArguments(verb.description, scope: Scope()).read(stage, &own),
      let planned = verb.plan(call, held.type.subject, &own)
    else { return }
    _ = try run(
      ReadyStage(verb: verb, call: call, planned: planned, subject: held.type.subject, takesSubject: true, place: nil))
  }

  mutating func show(_ scalar: BoundScalar, at range: SourceRange) {
    if case .known(let value) = scalar { tell(.display(.text(value.shown))) }
  }

  mutating func show(definition: String) { tell(.display(.text(definition))) }

  mutating func declared(_ statement: Statement) { trace.changes = true }
}

extension Scalar {
  /// As a prompt shows it: a text without its quotes.
  var shown: String {
    if case .cell(.text(let text)) = self { return text }
    return description
  }
}
