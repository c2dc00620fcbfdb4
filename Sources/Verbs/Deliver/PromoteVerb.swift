import Descriptions
import Diagnostics
import Display
import Interpreter
import Language
import Plan
import Registry

/// `promote "churn@3", to: champion`
enum PromoteVerb: Verb {
  static let alias = Parameter<String>(
    "to", "The alias, as champion", otherwise: "it has to be given", .notEmpty)
  static let accepted = Parameter<String>(
    "accepted",
    "Whether the alias is put only at a version whose test on the sealed part asked something, all of it met",
    default: "any", .oneOf(["any", "only"]))

  static let description = Description(
    name: "promote", summary: "Put an alias of a published model at a version", group: "Deliver", signature: "→ Table",
    details: [
      "`promote churn, to: champion` takes the newest version, `promote \"churn@3\", to: champion` the third, and `promote \"churn@candidate\", to: champion` the one where another alias stands. Whatever loads `\"model:churn@champion\"` from then on gets that version; a service that is up goes on with its own.",
      "The move is kept in the history (`models churn, list: moves`), and `rollback` takes it back. The result is the table of `models churn`.",
    ],
    positionals: [Positional("model", .name, "a published model: churn, \"churn@3\", \"churn@candidate\"", minimum: 1)],
    parameters: [alias, accepted, RegistryPlace.option],
    examples: [
      Example(
        "the newest version",
        "load iris\nlabel species\nsplit test: 0.2, seed: 7\ntrain tree\npublish iris_kind, registry: \"models.db\"\npromote iris_kind, to: champion, registry: \"models.db\""
      )
    ],
    otherNames: ["set_registered_model_alias", "transition", "release"], otherOptions: ["alias": "to"])
  static let subjects: Set<SubjectKind> = [.nothing]

  static func recovered(_ arguments: [Argument], _ subject: ValueType) -> ValueType { .unknown }

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard let reference = call.reference(at: 0, &sink), call.checkRegistry(&sink) else { return nil }
    guard let alias = call.options[alias] else {
      if !call.optionRanges.keys.contains("to") {
        sink.report(.missingArgument, "'promote' needs an alias", at: call.range, label: "to: champion")
      }
      return nil
    }
    do throws(EngineError) { try RegistryName.check(alias, .alias) } catch {
      sink.report(error, at: call.optionRanges["to"] ?? call.range)
      return nil
    }
    let options = call.options
    return PlannedStage(
      result: .table(RelationSchema(name: reference.model, isOpen: true)), words: call.wordsInFull(description),
      repetition: .never
    ) { _, context throws(EngineError) in
      let registry = try RegistryPlace.open(options[RegistryPlace.option], context.progress)
      let isGated = options[accepted] == "only"
      let (version, move) = try registry.promote(reference, to: alias, isGated: isGated)
      let words = move.map { "is version \(version)" + MovedWords.before($0) } ?? "is version \(version) already"
      let listed = ModelsVerb.outcome(
        PublishedTable.versions(try registry.history(of: reference.model)), reference.model)
      return Outcome(listed.value, [.note("promote: \(reference.model)@\(alias) \(words)")])
    }
  }
}

/// What a note says of where an alias stood.
enum MovedWords {
  static func before(_ move: AliasMove) -> String { move.from.map { "; it was \($0)" } ?? "" }
}
