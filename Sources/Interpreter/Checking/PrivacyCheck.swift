import Diagnostics
import Notation
import Plan
import Tables

/// A stage that has shown cells of guarded columns.
struct Exposure: Sendable {
  let columns: [String]
  let level: String
  /// The stage as it is written.
  let words: String
  let line: Int
  /// The line on which its flow starts.
  let flow: Int?
}

/// What may leave the program of columns that are guarded: cells on a screen that others see, in a file of rows, in a report.
extension FlowWalker {
  /// The guarded columns whose cells a stage shows here, which is kept in mind for the reports to come; nil after reporting `privacy-leak`
  /// for cells that would leave.
  mutating func exposed(_ ready: ReadyStage, words: String, _ own: inout DiagnosticSink) -> [String]? {
    let errors = own.errorCount
    if ready.planned.result.schema?.guardsColumns ?? false { environment.guardsColumns = true }
    let shown = exposed(ready)
    if !shown.isEmpty, WorkingFolder.current.sandbox != nil {
      report(shown, "`\(words)` would show its cells on the screen of a sandbox", ready, &own)
    }
    if ready.verb.writesRows, ready.planned.telling == .nothing, !ready.planned.writes.isEmpty,
      let schema = ready.subject.schema
    {
      report(schema.guardedLevels(.all), "`\(words)` would write its cells to a file", ready, &own)
    }
    reportTold(ready, &own)
    guard own.errorCount == errors else { return nil }
    let line = source.position(of: ready.call.range.start).line
    let exposure = shown.first.map { first in
      Exposure(
        columns: shown.map(\.name), level: first.level.rawValue, words: words, line: line,
        flow: environment.flow?.line)
    }
    environment.lastExposure = exposure
    if let exposure { environment.exposures.append(exposure) }
    return shown.map(\.name)
  }

  private typealias Guarded = (name: String, level: ColumnLevel)

  /// The guarded columns whose cells a stage shows. Of the rows that a model was trained on a stage shows a column by its raw cells.
  private func exposed(_ ready: ReadyStage) -> [Guarded] {
    let needs = ready.verb.showing(ready.call, ready.planned)
    if let schema = ready.subject.schema { return schema.guardedLevels(needs) }
    guard let schema = ready.subject.trainedFrom, case .columns(let columns) = needs else { return [] }
    return columns.sorted().compactMap { name in
      let level = schema.rawLevels[name] ?? schema.sensitivity(of: [name]).shows
      return level.isGuarded ? (name, level) : nil
    }
  }

  private func report(_ columns: [Guarded], _ leak: String, _ ready: ReadyStage, _ own: inout DiagnosticSink) {
    for (name, shows) in columns {
      let written = ScriptText.name(name)
      let mask = shows == .restricted ? "redact" : "…"
      own.report(
        .privacyLeak, "'\(name)' is \(shows.rawValue), and \(leak)", at: ready.call.range,
        help: ["\(ScriptText.code("mask \(written) = \(mask)")) or \(ScriptText.code("drop \(written)")) before it"])
    }
  }

  /// Reports what a report, or a file of a look, would tell of what was shown before.
  private func reportTold(_ ready: ReadyStage, _ own: inout DiagnosticSink) {
    let told: [Exposure]
    switch ready.planned.telling {
    case .nothing: return
    case .look: told = environment.lastExposure.map { [$0] } ?? []
    // At a prompt what was shown of guarded columns is not kept for a report.
    case .flow: told = environment.keepsFiles ? [] : environment.exposuresInReach
    }
    for exposure in told {
      let names = NameList.of(exposure.columns.map { "'\($0)'" })
      own.report(
        .privacyLeak,
        "the file would hold what `\(exposure.words)` showed on line \(exposure.line) of \(names), which is \(exposure.level)",
        at: ready.call.range, help: ["mask or drop the column before it is looked at, or leave that stage out"])
    }
  }
}

extension Environment {
  /// What a report of the flow at hand may tell: its own looks, and where values have names those of other flows too.
  fileprivate var exposuresInReach: [Exposure] {
    let hasNames = namedTypes.keys.contains { $0 != "_" }
    return hasNames ? exposures : exposures.filter { $0.flow == flow?.line }
  }
}

extension RelationSchema {
  /// Whether it has columns whose cells are guarded, or the rows that it comes of had.
  fileprivate var guardsColumns: Bool { !guarded.isEmpty || rawLevels.values.contains(where: \.isGuarded) }

  /// The guarded columns among those that are needed.
  fileprivate func guardedLevels(_ needs: ColumnNeeds) -> [(name: String, level: ColumnLevel)] {
    let all = guarded.map { (name: $0.name, level: $0.facts.sensitivity.shows) }
    if case .columns(let columns) = needs { return all.filter { columns.contains($0.name) } }
    return all
  }
}

extension FlowWalker {
  /// Whether a value that stands alone may be shown; reports `privacy-leak` where it may not.
  mutating func mayShow(_ name: String, at range: SourceRange) -> Bool {
    guard let schema = environment.namedTypes[name]?.schema, let first = schema.guardedLevels(.all).first else {
      return true
    }
    guard WorkingFolder.current.sandbox == nil else {
      sink.report(
        .privacyLeak,
        "'\(first.name)' is \(first.level.rawValue), and its cells would be shown on the screen of a sandbox",
        at: range,
        help: ["`schema` shows columns without their cells"])
      return false
    }
    let names = schema.guardedLevels(.all).map(\.name)
    environment.exposures.append(
      Exposure(
        columns: names, level: first.level.rawValue, words: name, line: source.position(of: range.start).line,
        flow: nil))
    return true
  }
}

extension ValueType {
  /// The columns of the rows that a model was trained on.
  fileprivate var trainedFrom: RelationSchema? {
    switch self {
    case .model(let model), .service(let model): model.split?.schema
    default: nil
    }
  }
}
