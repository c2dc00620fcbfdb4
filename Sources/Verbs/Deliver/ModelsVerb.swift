import Descriptions
import Diagnostics
import Display
import Interpreter
import Language
import Plan
import Registry
import Tables

/// `models`, `models churn`
enum ModelsVerb: Verb {
  static let list = Parameter<String>(
    "list", "Of one model its versions, or every move of its aliases", default: "versions",
    .oneOf(["versions", "moves"]))

  static let description = Description(
    name: "models", summary: "List the models of a registry, or the versions of one, as a table", group: "Deliver",
    signature: "→ Table",
    details: [
      "Without a name one row for each model: how many versions it has, the newest, its aliases. With a name one row for each version: when it was published, its aliases, algorithm and size, whether the test on the sealed part accepted it (missing where there was none), how often that part was opened, what `require` and `test` asked with what came of it, each figure that was measured (`valid_accuracy`), the SHA-256 of the script and of the package.",
      "`list: moves` is the history of the aliases: when each was promoted or rolled back, to which version and from which. Nothing in it is ever changed or taken away, and it tells of no person.",
    ],
    positionals: [Positional("name", .name, "a published model; without, all of them")],
    parameters: [list, RegistryPlace.option],
    examples: [
      Example(
        "one version",
        "load iris\nlabel species\nsplit test: 0.2, seed: 7\ntrain tree\npublish iris_kind, alias: candidate, registry: \"models.db\"\nmodels iris_kind, registry: \"models.db\"\nshow"
      )
    ],
    otherNames: ["registry", "list_models", "search_model_versions", "versions"])
  static let subjects: Set<SubjectKind> = [.nothing]

  static func recovered(_ arguments: [Argument], _ subject: ValueType) -> ValueType { .unknown }

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    let errors = sink.diagnostics.count
    let reference = call.reference(at: 0, &sink)
    guard sink.diagnostics.count == errors, call.checkRegistry(&sink) else { return nil }
    if let reference, reference.version != .newest {
      sink.report(
        .badOption, "'models' lists all versions of a model", at: call.positionals.first?.range,
        label: "write \(reference.model)")
      return nil
    }
    let options = call.options
    return PlannedStage(
      result: .table(RelationSchema(name: "models", isOpen: true)), words: call.wordsInFull(description),
      repetition: .never
    ) { _, context throws(EngineError) in
      let registry = try RegistryPlace.open(options[RegistryPlace.option], context.progress)
      guard let reference else { return outcome(PublishedTable.models(try registry.models()), "models") }
      let history = try registry.history(of: reference.model)
      let isMoves = options[list] == "moves"
      return outcome(isMoves ? PublishedTable.moves(history) : PublishedTable.versions(history), reference.model)
    }
  }

  static func outcome(_ table: Tables.Table, _ name: String) -> Outcome {
    let relation = Relation(
      source: MemorySource(name: name, table: table), declared: DeclaredSchema(schema: table.schema)
    ).settled(by: .whole(table))
    return Outcome(.table(relation), [.note("\(name): \(counted(table.rowCount, "row"))")])
  }
}
