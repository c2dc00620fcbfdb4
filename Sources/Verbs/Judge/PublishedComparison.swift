import Diagnostics
import Display
import Interpreter
import Kernels
import Language
import Metrics
import Plan
import Registry
import Tables

extension CompareVerb {
  /// Whether the stage compares published models: `compare "model:churn@2", "model:churn@3"`.
  static func comparesPublished(_ call: VerbCall) -> Bool {
    call.positionals.contains { argument in
      guard case .literal(.text(let text)) = argument.kind else { return false }
      return text.hasPrefix(ModelReference.scheme + ":")
    }
  }

  static func planPublished(_ call: VerbCall, _ sink: inout DiagnosticSink) -> PlannedStage? {
    var references: [ModelReference] = []
    for place in call.positionals.indices {
      guard let reference = call.reference(at: place, &sink) else { return nil }
      references.append(reference)
    }
    guard let last = references.last, call.checkRegistry(&sink) else { return nil }
    let (all, named) = (references, call.options[RegistryPlace.option])
    let subject = ModelType(name: last.model, labelName: nil, task: nil, inputs: nil, split: nil)
    let look = LookType(kind: "comparison", figures: nil, subject: .model(subject))
    return PlannedStage(result: .look(look), words: call.wordsInFull(description), repetition: .never) {
      _, context throws(EngineError) in
      let registry = try RegistryPlace.open(named, context.progress)
      var versions: [PublishedVersion] = []
      for reference in all { versions.append(try registry.version(reference)) }
      guard let version = versions.last else { throw EngineError(.subject(.noModel(nil))) }
      let names = zip(all, versions).map { "\($0.model)@\($1.number)" }
      let display = PublishedComparison(names: names, facts: versions.map(\.facts)).display
      let model = try registry.model(version, of: last.model)
      return Outcome(.look(Look(kind: "comparison", subject: .model(model), display: display)), [display])
    }
  }
}

/// Versions of published models side by side, by what the registry keeps of them.
struct PublishedComparison {
  let names: [String]
  let facts: [VersionFacts]

  var display: Display {
    let differing: [Display] = inputs.map { [.table($0)] } ?? []
    return .group([.table(about), .metrics(figures)] + differing)
  }

  private var about: DisplayTable {
    let rows: [[Tables.Cell]] = [
      row("published") { .datetime($0.published) }, row("algorithm") { .text($0.algorithm) },
      row("label") { $0.label.map(Tables.Cell.text) ?? .missing }, row("training rows") { .int(Int64($0.trainRows)) },
      row("inputs") { .int(Int64($0.inputs.count)) }, row("bytes") { .int(Int64($0.size)) },
      row("accepted") { .text(Self.acceptance($0)) },
    ]
    return DisplayTable(["what"] + names, rows: rows, title: "versions")
  }

  private func row(_ name: String, _ cell: (VersionFacts) -> Tables.Cell) -> [Tables.Cell] {
    [Tables.Cell.text(name)] + facts.map(cell)
  }

  private static func acceptance(_ facts: VersionFacts) -> String {
    switch facts.refusal {
    case nil: "yes: " + (facts.accepted ?? []).map(\.asked.words).joined(separator: ", ")
    case .notTested: "not tested"
    case .nothingAsked: "nothing was asked"
    case .unmet(let conditions): "no: " + conditions.joined(separator: ", ")
    }
  }

  private var figures: MetricsDisplay {
    var keys: [(part: String, metric: String)] = []
    for figure in facts.flatMap(\.figures) where !keys.contains(where: { $0 == (figure.part, figure.metric) }) {
      keys.append((figure.part, figure.metric))
    }
    let rows = keys.map { key in
      MetricsDisplay.Row(
        "\(key.metric), \(key.part)",
        facts.map { facts in
          facts.figures.first { $0.part == key.part && $0.metric == key.metric }.map { MetricsDisplay.Figure($0.value) }
        }, better: MetricCatalog.named(key.metric).map { $0.direction == .higher ? .higher : .lower })
    }
    return MetricsDisplay(title: "figures, each by the rows that it was measured by", columns: names, rows: rows)
  }

  /// The inputs that not all versions have alike; nil where there is none.
  private var inputs: DisplayTable? {
    var seen: [String] = []
    for input in facts.flatMap(\.inputs) where !seen.contains(input.name) { seen.append(input.name) }
    let types = facts.map { facts in
      Dictionary(facts.inputs.map { ($0.name, $0.type.rawValue) }, uniquingKeysWith: { first, _ in first })
    }
    let rows = seen.compactMap { name -> [Tables.Cell]? in
      let found = types.map { $0[name] }
      guard Set(found).count > 1 else { return nil }
      return [Tables.Cell.text(name)] + found.map { $0.map(Tables.Cell.text) ?? .missing }
    }
    return rows.isEmpty ? nil : DisplayTable(["input"] + names, rows: rows, title: "inputs that differ")
  }
}
