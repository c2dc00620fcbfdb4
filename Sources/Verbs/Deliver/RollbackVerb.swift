import Descriptions
import Diagnostics
import Display
import Interpreter
import Language
import Plan
import Registry

/// `rollback "churn@champion"`
enum RollbackVerb: Verb {
  static let description = Description(
    name: "rollback", summary: "Put an alias of a published model back to the version before", group: "Deliver",
    signature: "→ Table",
    details: [
      "It takes back the last promotion that was not taken back already, so that twice goes two versions back. Both stay in the history (`models churn, list: moves`), and no version is removed. The result is the table of `models churn`."
    ],
    positionals: [Positional("alias", .scalar, "a model and its alias in quotes: \"churn@champion\"", minimum: 1)],
    parameters: [RegistryPlace.option],
    examples: [
      Example(
        "a second version that was no better",
        "load iris\nlabel species\nsplit test: 0.2, seed: 7\nas parts\ntrain tree\npublish iris_kind, alias: champion, registry: \"models.db\"\nparts |> train dummy\npublish iris_kind, alias: champion, registry: \"models.db\"\nrollback \"iris_kind@champion\", registry: \"models.db\""
      )
    ],
    otherNames: ["revert", "demote", "undo_promote"])
  static let subjects: Set<SubjectKind> = [.nothing]

  static func recovered(_ arguments: [Argument], _ subject: ValueType) -> ValueType { .unknown }

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard let reference = call.reference(at: 0, &sink), call.checkRegistry(&sink) else { return nil }
    guard case .alias(let alias) = reference.version else {
      sink.report(
        .badOption, "'rollback' moves an alias, and '\(reference.words)' names none",
        at: call.positionals.first?.range ?? call.range, label: "as in \"\(reference.model)@champion\"")
      return nil
    }
    let options = call.options
    return PlannedStage(
      result: .table(RelationSchema(name: reference.model, isOpen: true)), words: call.wordsInFull(description),
      repetition: .never
    ) { _, context throws(EngineError) in
      let registry = try RegistryPlace.open(options[RegistryPlace.option], context.progress)
      let move = try registry.rollBack(alias, of: reference.model)
      let listed = ModelsVerb.outcome(
        PublishedTable.versions(try registry.history(of: reference.model)), reference.model)
      let words = "is version \(move.version)" + MovedWords.before(move)
      return Outcome(listed.value, [.note("rollback: \(reference.words) \(words)")])
    }
  }
}
