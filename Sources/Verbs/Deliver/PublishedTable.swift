import Display
import Plan
import Registry
import Tables

/// What a registry holds, as tables.
enum PublishedTable {
  static func models(_ models: [ModelHistory]) -> Tables.Table {
    let newest = models.map(\.newest)
    return Tables.Table(
      [
        ("model", text(models.map(\.model))), ("versions", whole(models.map(\.versions.count))),
        ("newest", whole(newest.map { $0?.number })), ("published", moment(newest.map { $0?.facts.published })),
        ("aliases", text(models.map { $0.aliases.map { "\($0.alias)@\($0.version)" }.joined(separator: " ") })),
        ("algorithm", text(newest.map { $0?.facts.algorithm })), ("label", text(newest.map { $0?.facts.label })),
      ], rowCount: models.count)
  }

  static func versions(_ history: ModelHistory) -> Tables.Table {
    let facts = history.versions.map(\.facts)
    var columns: [(String, Column)] = [
      ("version", whole(history.versions.map(\.number))), ("published", moment(facts.map(\.published))),
      ("aliases", text(history.versions.map { history.aliases(at: $0.number).joined(separator: " ") })),
      ("algorithm", text(facts.map(\.algorithm))), ("label", text(facts.map(\.label))),
      ("rows", whole(facts.map(\.trainRows))), ("inputs", whole(facts.map(\.inputs.count))),
      ("bytes", whole(facts.map(\.size))),
      ("accepted", truth(facts.map { $0.accepted == nil ? nil : $0.refusal == nil })),
      ("openings", whole(facts.map(\.openings))), ("required", text(facts.map { outcome($0.required) })),
      ("tested", text(facts.map { outcome($0.accepted ?? []) })),
    ]
    for (name, values) in figures(facts) { columns.append((name, .from(values.map(number), type: .float))) }
    columns += [
      ("script", text(facts.map(\.script))), ("package", text(facts.map(\.digest))),
      ("made_by", text(facts.map(\.madeBy))),
    ]
    return Tables.Table(columns, rowCount: facts.count)
  }

  static func moves(_ history: ModelHistory) -> Tables.Table {
    let moves = history.moves
    return Tables.Table(
      [
        ("moved", moment(moves.map(\.moment))), ("alias", text(moves.map(\.alias))),
        ("what", text(moves.map(\.kind.rawValue))), ("version", whole(moves.map(\.version))),
        ("from", whole(moves.map(\.from))),
      ], rowCount: moves.count)
  }

  /// What was asked, with what came of it: `auc >= 0.8 (0.83), recall >= 0.9 (0.7, not met)`.
  private static func outcome(_ checks: [VersionFacts.Check]) -> String {
    checks.map { check in
      let value = check.value.map { NumberText.figure($0) } ?? "undefined"
      return "\(check.asked.words) (\(value)\(check.isMet ? "" : ", not met"))"
    }.joined(separator: ", ")
  }

  /// Each figure that some version has, under its part and its metric.
  private static func figures(_ facts: [VersionFacts]) -> [(name: String, values: [Double?])] {
    var names: [String] = []
    let found = facts.map { facts in
      Dictionary(
        facts.figures.map { ("\($0.part.replacing(" ", with: "_"))_\($0.metric)", $0.value) },
        uniquingKeysWith: { first, _ in first })
    }
    for figure in facts.flatMap(\.figures) {
      let name = "\(figure.part.replacing(" ", with: "_"))_\(figure.metric)"
      if !names.contains(name) { names.append(name) }
    }
    return names.map { name in (name, found.map { $0[name] }) }
  }

  // MARK: Columns

  private static func text(_ values: [String?]) -> Column {
    .from(values.map { $0.flatMap { $0.isEmpty ? nil : .text($0) } ?? .missing }, type: .text)
  }

  private static func whole(_ values: [Int?]) -> Column {
    .from(values.map { $0.map { .int(Int64($0)) } ?? .missing }, type: .int)
  }

  private static func moment(_ values: [Int64?]) -> Column {
    .from(values.map { $0.map { .datetime($0) } ?? .missing }, type: .datetime)
  }

  private static func truth(_ values: [Bool?]) -> Column {
    .from(values.map { $0.map { .bool($0) } ?? .missing }, type: .bool)
  }

  /// A figure that is not defined is missing.
  private static func number(_ value: Double?) -> Cell { value.flatMap { $0.isFinite ? .float($0) : nil } ?? .missing }
}
