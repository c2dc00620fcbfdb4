import Descriptions
import Display
import Interpreter
import Notation
import Plan
import Privacy
import Tables

/// What columns seem to hold, with the stage that would classify them.
enum DetectionDisplay {
  static let kinds = SensitiveKind.allCases.map(\.rawValue).joined(separator: ", ")

  /// Looks at the first rows at hand; of a split at its training rows.
  static func look(at subject: ValueType, _ call: VerbCall, _ description: Description) -> PlannedStage {
    .look("detection", at: subject, words: call.wordsInFull(description)) { value, context throws(EngineError) in
      let (schema, table) = try rows(of: value, context)
      var findings: [Finding] = []
      for name in table.names {
        guard let column = table[name] else { continue }
        if let found = try Detector.finding(name, column, context.progress) { findings.append(found) }
      }
      return displays(findings, schema, rows: table.rowCount)
    }
  }

  private static let mostRows = 10_000

  private static func rows(
    of value: Value, _ context: RunContext
  ) throws(EngineError) -> (schema: RelationSchema, table: Table) {
    switch value {
    case .table(let relation):
      let rows = try context.executor.rows(relation, context.progress).rows
      return (relation.schema, try rows.head(mostRows, context.progress))
    case .split(let split):
      let table = try split.trainingRows(context.progress).table
      return (split.schema, table.take(RowList(0..<min(mostRows, table.rowCount))))
    case .model, .service, .look, .scalar: throw EngineError(.subject(.wrong(.table)))
    }
  }

  private static func displays(_ findings: [Finding], _ schema: RelationSchema, rows: Int) -> [Display] {
    guard !findings.isEmpty else {
      return [.note("no column seems to be about persons, by \(counted(rows, "row")) and the names")]
    }
    var table = DisplayTable(
      ["column", "seems to be", "values", "by name", "confidence", "level now", "proposed"],
      rows: findings.map { found in
        [
          .text(found.column), .text(found.isInside ? "text with \(found.kind.rawValue)" : found.kind.rawValue),
          .text(found.share == 0 ? "" : percentage(found.share)), .text(found.isNamed ? "yes" : ""),
          .text(percentage(found.confidence)), .text(schema.sensitivity(of: [found.column]).level.rawValue),
          .text(found.kind.level.rawValue),
        ]
      }, title: "\(schema.name), by \(counted(rows, "row"))")
    table.isProse = true
    let raised = findings.filter { schema.sensitivity(of: [$0.column]).level < $0.kind.level }
    guard !raised.isEmpty else { return [.table(table)] }
    let masks = Dictionary(grouping: raised, by: \.kind.mask).sorted { $0.key < $1.key }.map { mask, found in
      let names = found.map { ScriptText.name($0.column) }
      return "\(names.count == 1 ? names[0] : "[\(names.joined(separator: ", "))]") = \(mask)"
    }
    let key = raised.contains { $0.kind.mask == "token" } ? ", key: \"env:MLP_KEY\"" : ""
    let claims = raised.map { "\(ScriptText.name($0.column)) = \($0.kind.level.rawValue)" }
    return [
      .table(table), .note("classify " + claims.joined(separator: ", ")),
      .note("mask " + masks.joined(separator: ", ") + key),
    ]
  }

  private static func percentage(_ share: Double) -> String { "\(Int((share * 100).rounded(.down))) %" }
}
