import Descriptions
import Diagnostics
import Display
import Formats
import Interpreter
import Kernels
import Language
import Learners
import Plan
import Scoring
import Tables

/// `predict customers` or `predict "new.csv"`
enum PredictVerb: Verb {
  static let description = Description(
    name: "predict", summary: "Score rows and append prediction and probabilities", group: "Judge",
    signature: "Model → Table",
    details: [
      "The rows have the raw columns that the model takes (`schema` lists them); a column that is not there counts as missing, with a note. `probability_CLASS` is appended for each class."
    ],
    positionals: [Positional("rows", .source, "a named table, a file in quotes or a built-in set", minimum: 1)],
    examples: [
      Example(
        "a built-in set",
        "load penguins\nlabel species\nsplit test: 0.2, seed: 7\ntrain tree\npredict penguins\nshow rows: 5")
    ],
    otherNames: ["infer", "augment", "transform"])
  static let subjects: Set<SubjectKind> = [.model, .service]

  static func recovered(_ arguments: [Argument], _ subject: ValueType) -> ValueType { .unknown }

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    let written = call.positionals.first
    if let written, case .name(let name) = written.kind, let type = call.namedTypes[name] {
      guard let schema = type.schema else {
        if case .unknown = type.subject { return nil }
        sink.report(.wrongType, "'\(name)' is \(type.word), not a table", at: written.range)
        return nil
      }
      return PlannedStage(result: .table(result(schema))) { value, context throws(EngineError) in
        guard let named = context.named[name] else { throw EngineError(.notFound, name, "there is no table '\(name)'") }
        return try predict(table(of: named, context), name: schema.name, value, context)
      }
    }
    guard let planned = LoadVerb.plan(call, .nothing, &sink), case .table(let schema) = planned.result else {
      return nil
    }
    return PlannedStage(result: .table(result(schema))) { value, context throws(EngineError) in
      let loaded = try planned.run(nil, context)
      let outcome = try predict(table(of: loaded.value, context), name: schema.name, value, context)
      return Outcome(outcome.value, loaded.displays + outcome.displays)
    }
  }

  /// The columns that are known to come: the prediction's type depends on the label, so they are open until the rows are there.
  private static func result(_ schema: RelationSchema) -> RelationSchema {
    var next = RelationSchema(
      name: schema.name,
      columns: schema.columns.map { ($0.name, ColumnFacts(type: $0.facts.type, origins: [$0.name])) },
      isOpen: true)
    next.set("prediction", ColumnFacts(type: nil, origins: ["prediction"]))
    return next
  }

  private static func table(of value: Value, _ context: RunContext) throws(EngineError) -> Table {
    switch value.subject {
    // Models take raw columns: a table's recorded steps travel inside the model, so its rows go in as they were loaded.
    case .table(let relation): try context.executor.collect(relation, context.progress).table
    case .split(let split): split.raw.take(split.train + split.valid)
    default: throw EngineError(.wrongType, "", "there is no table")
    }
  }

  private static func predict(
    _ rows: Table, name: String, _ value: Value?, _ context: RunContext
  ) throws(EngineError) -> Outcome {
    let model: Model
    switch value {
    case .model(let own)?: model = own
    case .service(let service)?: model = service.model
    default: throw EngineError(.wrongType, "", "there is no model")
    }
    for field in model.graph.inputs {
      guard let column = rows[field.name], !Self.fits(column, field.type) else { continue }
      throw EngineError(
        .wrongType, field.name, "'\(field.name)' is \(column.type), and the model takes \(field.type)",
        help: ["`cast \(field.name) = \(field.type)`"])
    }
    let scored = try EngineError.checking { () throws(Cancelled) in try model.scorer.score(rows, context.progress) }
    var table = rows.with("prediction", scored.prediction)
    if let probabilities = scored.probabilities {
      for (place, name) in model.label.classes.map(\.description).enumerated() {
        table = table.with("probability_\(name)", .float(Cells(probabilities.values(of: place))))
      }
    }
    let relation = Relation(
      source: MemorySource(name: name, table: table), declared: DeclaredSchema(schema: table.schema)
    ).settled(by: table)
    let absent = model.graph.inputs.map(\.name).filter { rows[$0] == nil }
    var notes = [Note("predict: \(counted(rows.rowCount, "row")) scored")]
    if !absent.isEmpty {
      notes.append(Note(.warning, "predict: not there, so missing: \(absent.joined(separator: ", "))"))
    }
    for flag in scored.flags where flag.rows.onesCount > 0 {
      notes.append(Note(.warning, "predict: \(flag.name): \(flag.rows.onesCount) of \(counted(rows.rowCount, "row"))"))
    }
    return Outcome(.table(relation), [.notes(notes)])
  }

  /// An int column serves where a float is taken, and a column without values anywhere.
  private static func fits(_ column: Column, _ type: ColumnType) -> Bool {
    column.type == type || column.type == .int && type == .float || column.missingCount == column.count
  }
}
