import Descriptions
import Diagnostics
import Display
import Interpreter
import Plan
import Tables

/// `schema`
enum SchemaVerb: Verb {
  static let description = Description(
    name: "schema", summary: "List columns with their types, origins and missing cells", group: "Look",
    signature: "any → look",
    details: [
      "Of a model, the raw columns that its answer needs. `fitted by` names the step whose statistics are those of the training part. Where columns are classified or masked, `level` says how."
    ],
    examples: [Example("of a table", "load penguins\nimpute sex = mode\nschema")],
    otherNames: ["info", "columns", "dtypes", "names"])
  static let subjects: Set<SubjectKind> = [.table, .split, .model, .service]
  static func showing(_ call: VerbCall, _ planned: PlannedStage) -> ColumnNeeds { .none }
  static let onlyLooks = true

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    .look("schema", at: subject, words: call.wordsInFull(description)) { value, _ throws(EngineError) in
      switch value {
      case .table(let relation): [table(relation.schema)]
      case .split(let split): [table(split.schema)]
      case .model(let model): [inputs(model)]
      case .service(let service): [inputs(service.model)]
      case .look, .scalar: []
      }
    }
  }

  private static func table(_ schema: RelationSchema) -> Display {
    let isClassified = schema.columns.contains { !$0.facts.sensitivity.words.isEmpty }
    let rows: [[Cell]] = schema.columns.map { name, facts in
      let role = schema.label?.name == name ? "label" : ""
      let origins = facts.origins == [name] ? "" : facts.origins.sorted().joined(separator: ", ")
      return [
        .text(name), facts.type.map { .text($0.rawValue) } ?? .missing,
        facts.missing.map { .int(Int64($0)) } ?? .missing,
        .text(role), .text(origins), .text(facts.fittedBy ?? ""),
      ] + (isClassified ? [.text(facts.sensitivity.words)] : [])
    }
    var shown = DisplayTable(
      ["column", "type", "missing", "role", "made from", "fitted by"] + (isClassified ? ["level"] : []), rows: rows,
      title: schema.name)
    shown.isProse = true
    return .table(shown)
  }

  private static func inputs(_ model: Model) -> Display {
    let levels = model.graph.levels
    let rows: [[Cell]] = model.graph.inputs.map { input in
      [.text(input.name), .text(input.type.rawValue)]
        + (levels.isEmpty ? [] : [.text((levels[input.name] ?? .public).rawValue)])
    }
    return .table(
      DisplayTable(
        ["input", "type"] + (levels.isEmpty ? [] : ["level"]), rows: rows, title: "\(model.name), \(model.purpose)"))
  }
}
