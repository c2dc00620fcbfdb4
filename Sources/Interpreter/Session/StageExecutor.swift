import Diagnostics
import Display
import Kernels
import Language
import Notation
import Plan

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
  private(set) var flow: FlowRecord
  var writesReportsOnly = false
  /// Of the statement that is performed.
  private(set) var trace = StatementTrace()
  /// The guarded columns that the stage shows cells of, at a prompt: what it shows is then not kept for a report.
  private var exposed: [String] = []
  /// What a stage gave that counts as failed.
  private var unmet: HeldValue?

  init(
    _ vocabulary: Vocabulary, _ setting: SessionSetting, _ ledger: OpeningLedger, _ source: SourceFile,
    _ progress: Progress, _ values: SessionValues, _ flow: FlowRecord, _ readings: [ReadingID: ReadingPlan],
    _ tell: @escaping (SessionEvent) -> Void
  ) {
    self.vocabulary = vocabulary
    self.setting = setting
    self.ledger = ledger
    self.source = source
    self.progress = progress
    self.values = values
    self.flow = flow
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
    let origins = begin(stage)
    let written = TemporaryFolder.byteCount
    do throws(EngineError) {
      if progress.isCancelled { throw .cancelled }
      let value = try run(stage)
      tell(written: TemporaryFolder.byteCount - written)
      note(stage, gave: value)
      return take(value, origins)
    } catch {
      // A system call that a signal ends fails of its own accord.
      let isInterrupted = error.code == .interrupted || progress.isCancelled && progress.refusal == nil
      let diagnostic =
        isInterrupted
        ? interruption(of: stage)
        : Discretion.$isOn.withValue(Discretion.isOn || isOfGuardedModel) {
          Diagnostic(error, at: stage.call.range, stage: stage.place)
        }
      sink.report(diagnostic)
      guard let unmet else {
        flow.dropLast()
        return nil
      }
      self.unmet = nil
      writesReportsOnly = true
      flow.show(
        .warning(Secrets.masked(diagnostic.message) + (setting.isInteractive ? "" : "; what follows was not run")))
      return take(unmet, origins)
    }
  }

  /// Whether the last value is a model that was made of guarded columns, which no check of a script knows of one in a package.
  private var isOfGuardedModel: Bool {
    if case .model(let model)? = values.last?.current?.subject { model.inputs.areGuarded } else { false }
  }

  /// The origins of what the stage gives.
  private mutating func begin(_ stage: ReadyStage) -> Set<Int> {
    let place = StagePlace(
      verb: stage.verb.description.name, line: line(stage.call.range), stage: stage.number, words: stage.words)
    tell(.stageBegan(words: place.words, line: place.line))
    exposed = setting.isInteractive ? stage.exposes : []
    let named = stage.call.namesInReach.compactMap { values.namedOrigins[$0] }
    let origins = named.reduce(stage.takesSubject ? values.origins : []) { $0.union($1) }
    return flow.begin(place, of: origins, isOrigin: !stage.takesSubject, reading: stage.planned.reads)
  }

  private func line(_ range: SourceRange) -> Int { source.position(of: range.start).line }

  /// What Ctrl-C is answered: which stage ended, and at the prompt what it leaves.
  private func interruption(of stage: ReadyStage) -> Diagnostic {
    // Masked before it is cut: of half an address nobody knows where the password stands.
    let arguments = Secrets.masked(stage.call.arguments.map(SyntaxPrinter.text).joined(separator: ", "))
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
    let surroundings = surroundings(of: stage, subject)
    guard let cached = cached(stage, subject, surroundings) else {
      setting.cache?.countUnkeyed()
      let context = try surroundings.context(setting.executor, nil, ledger, progress)
      let outcome = try watched { () throws(EngineError) in
        try stage.planned.run(try subject?.value(progress).subject, context)
      }
      return try take(outcome, HeldValue(outcome.value, key: nil))
    }
    if let again = cached.replayed(ledger, progress) {
      show(again.displays)
      return again.value
    }
    let (outcome, value) = try watched { () throws(EngineError) in try cached.run(ledger, progress) }
    return try take(outcome, value)
  }

  private mutating func take(_ outcome: Outcome, _ value: HeldValue) throws(EngineError) -> HeldValue {
    trace.isCutShort = trace.isCutShort || outcome.isCutShort
    show(outcome.displays)
    guard let failure = outcome.failure else { return value }
    unmet = value
    throw failure
  }

  private func surroundings(of stage: ReadyStage, _ subject: HeldValue?) -> StageSurroundings {
    let telling = stage.planned.telling
    var look: HeldValue?
    if telling != .nothing, case .look? = subject?.type { look = subject }
    let told = telling == .flow ? flow.part(of: flow.stages.last?.origins ?? []) : flow.scriptAlone
    return StageSurroundings(
      setting: setting, values: values, readings: readings, names: stage.call.namesInReach, look: look, flow: told)
  }

  private func cached(
    _ stage: ReadyStage, _ subject: HeldValue?, _ surroundings: StageSurroundings
  ) -> CachedStage? {
    guard let cache = setting.cache else { return nil }
    let keys = StageKey(
      cache: cache, setting: setting, values: values, ledger: ledger, readings: readings, flow: surroundings.flow,
      progress: progress)
    return keys.key(stage).map {
      CachedStage(cache: cache, key: $0, planned: stage.planned, subject: subject, surroundings: surroundings)
    }
  }

  /// Shows what the stage shows that was begun last.
  private mutating func show(_ displays: [Display]) {
    guard let place = flow.stages.last?.place else { return }
    let shown = displays.filter { !$0.isEmpty }
    if !exposed.isEmpty, !shown.isEmpty {
      flow.show(.note("left out of reports: cells of \(ProblemWords.listed(exposed))"))
    }
    for display in shown {
      if exposed.isEmpty { flow.show(display) }
      tell(.display(display, place))
    }
  }

  /// Tells how many bytes of rows the last stage put into temporary files. No part of what it shows: results do not depend on it.
  private func tell(written bytes: Int) {
    guard setting.tellsOfFiles, bytes > 0, let place = flow.stages.last?.place else { return }
    tell(.display(.wentToFiles(bytes), place))
  }

  /// Shows a value or a name that stands alone.
  private mutating func show(_ display: Display, of words: String, at range: SourceRange) {
    let place = StagePlace(verb: nil, line: line(range), stage: nil, words: Secrets.masked(words))
    exposed = []
    _ = flow.begin(place, of: values.origins, isOrigin: false)
    show([display])
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
  private mutating func take(_ value: HeldValue, _ origins: Set<Int>) -> ValueType {
    if case .scalar = value.type { return value.type }
    values.last = value
    values.origins = origins
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
    values.namedOrigins[name] = values.origins
    return named.type
  }

  mutating func recall(_ name: String, isShown: Bool, at range: SourceRange, _ sink: inout DiagnosticSink) {
    trace.began(name == "_" ? .value : .nothing)
    if name != "_", let named = values.named[name] {
      trace.changes = trace.changes || values.last !== named
      (trace.gives, trace.leads) = (true, true)
      values.last = named
      values.origins = values.namedOrigins[name] ?? []
    }
    guard isShown, let held = values.last else { return }
    do throws(EngineError) {
      if case .look = held.type {
        if case .look(let look) = try held.value(progress) { show(look.display, of: name, at: range) }
      } else {
        try showSubject(held, name, at: range)
      }
    } catch {
      sink.report(Diagnostic(error, at: nil))
    }
  }

  /// A value named alone is shown as the verb `show` shows it.
  private mutating func showSubject(_ held: HeldValue, _ name: String, at range: SourceRange) throws(EngineError) {
    guard let verb = vocabulary["show"] else { return }
    let stage = Language.Stage(Name("show"))
    var own = DiagnosticSink()
    guard let call = StageArguments(verb.description, scope: Scope()).read(stage, &own),
      let planned = verb.plan(call, held.type.subject, &own)
    else { return }
    exposed = setting.isInteractive ? held.type.schema?.guarded.map(\.name) ?? [] : []
    let place = StagePlace(verb: nil, line: line(range), stage: nil, words: name)
    _ = flow.begin(place, of: values.origins, isOrigin: false)
    _ = try run(
      ReadyStage(
        verb: verb, call: call, planned: planned, subject: held.type.subject, takesSubject: true, place: nil,
        number: nil))
  }

  mutating func show(_ scalar: BoundScalar, at range: SourceRange) {
    if case .known(let value) = scalar { show(.text(Secrets.masked(value.shown)), of: source[range], at: range) }
  }

  mutating func show(definition: String, at range: SourceRange) {
    show(.text(Secrets.masked(definition)), of: source[range], at: range)
  }

  mutating func declared(_ statement: Statement) { trace.changes = true }
}

extension Scalar {
  /// As a prompt shows it: a text without its quotes.
  var shown: String {
    if case .cell(.text(let text)) = self { return text }
    return description
  }
}
