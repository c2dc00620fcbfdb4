import Caching
import Display
import Kernels
import Plan

/// A stage with a key: replayed where its outcome is known, else run and kept.
struct CachedStage {
  let cache: StageCache
  let key: CacheKey
  let planned: PlannedStage
  /// What it works on; nil when it takes nothing.
  let subject: HeldValue?
  let surroundings: StageSurroundings

  private var setting: SessionSetting { surroundings.setting }

  /// Of a stage that was seen before what it showed, and its value, which is still to be restored.
  func replayed(_ ledger: OpeningLedger, _ progress: Progress) -> (displays: [Display], value: HeldValue)? {
    guard let found = cache.outcome(key, reading: planned.result.reading, setting.folder, progress) else { return nil }
    let outcome = found.outcome
    for mark in outcome.openings { _ = ledger.record(mark) }
    if let value = found.value { return (outcome.displays, value) }
    let value = HeldValue(outcome.type, key: key, figures: outcome.look?.figures, summary: outcome.summary) {
      progress throws(EngineError) in
      try restored(outcome, progress)
    }
    return (outcome.displays, value)
  }

  private func restored(_ outcome: StoredOutcome, _ progress: Progress) throws(EngineError) -> Value {
    let given = try subject?.value(progress).subject
    switch (outcome.origin, given) {
    case (.subject, let value?): return looked(outcome, value)
    case (.record(let record), .model(let model)?): return looked(outcome, .model(record.put(on: model)))
    default: break
    }
    let remembered = if case .model = outcome.origin { cache.model(key) } else { nil as Model? }
    let rows = StageRows(setting.executor, cache, key, isRestoring: true)
    // What it opens was counted when it was replayed.
    let context = try surroundings.context(rows, remembered, OpeningLedger(), progress)
    let value = try planned.run(given, context).value
    guard planned.reads.areUnchanged else { throw EngineError(.file(.changed(planned.reads.words))) }
    return value
  }

  private func looked(_ outcome: StoredOutcome, _ value: Value) -> Value {
    guard let look = outcome.look else { return value }
    return .look(
      Look(kind: look.kind, subject: value, display: look.display, figures: look.figures, whole: planned.whole))
  }

  /// Runs the stage; what met no failure is kept.
  func run(
    _ ledger: OpeningLedger, _ progress: Progress
  ) throws(EngineError) -> (outcome: Outcome, value: HeldValue) {
    let given = try subject?.value(progress).subject
    let opened = ledger.counts
    let rows = StageRows(setting.executor, cache, key, isRestoring: false)
    let outcome = try planned.run(given, try surroundings.context(rows, nil, ledger, progress))
    // A file that changed meanwhile: nobody can tell which of its bytes were read. What was cut short is not what the stage gives.
    guard outcome.failure == nil, !outcome.isCutShort, planned.reads.areUnchanged else {
      return (outcome, HeldValue(outcome.value, key: nil))
    }
    let value = HeldValue(outcome.value, key: key)
    if let stored = stored(outcome, given, ledger.openings(since: opened), progress) {
      for made in rows.computed { cache.keep(made.rows.rows, made.key, seconds: made.seconds, progress) }
      if case .model = stored.origin, case .model(let model) = outcome.value { cache.keep(model, key) }
      cache.keep(stored, value, key, isInteractive: setting.isInteractive)
    }
    return (outcome, value)
  }

  private func stored(
    _ outcome: Outcome, _ given: Value?, _ openings: [UInt64], _ progress: Progress
  ) -> StoredOutcome? {
    switch outcome.value {
    case .scalar, .service: return nil
    case .table, .split, .model, .look: break
    }
    var writes: [(path: String, digest: [UInt8]?)] = []
    for path in planned.writes.map(\.path) {
      guard let digest = cache.digest(of: path, setting.folder, progress) else { return nil }
      writes.append((path, digest))
    }
    var look: StoredOutcome.StoredLook?
    if case .look(let own) = outcome.value {
      look = StoredOutcome.StoredLook(kind: own.kind, display: own.display, figures: own.figures)
    }
    return StoredOutcome(
      displays: outcome.displays.filter { !$0.isEmpty }, type: outcome.value.type,
      summary: outcome.value.subject.summary, look: look,
      origin: StoredOutcome.Origin(outcome.value, of: given, planned.repetition), writes: writes,
      openings: openings)
  }
}
