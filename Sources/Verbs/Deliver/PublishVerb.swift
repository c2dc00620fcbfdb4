import Descriptions
import Diagnostics
import Display
import Interpreter
import Language
import Packaging
import Plan
import Registry

/// `publish churn, alias: candidate, accepted: only`
enum PublishVerb: Verb {
  static let alias = Parameter<[String]>(
    "alias", "Aliases that the new version gets, as candidate", otherwise: "it gets none", .notEmpty)
  static let accepted = Parameter<String>(
    "accepted", "Whether only a model is published whose test on the sealed part asked something, all of it met",
    default: "any", .oneOf(["any", "only"]))

  static let description = Description(
    name: "publish", summary: "Put a model into a registry, as the next version of a name", group: "Deliver",
    signature: "Model → Model",
    details: [
      "Versions are numbered from 1 on and never change. `load \"model:churn\"` gives the newest one, `\"model:churn@3\"` the third, `\"model:churn@champion\"` the one at an alias; `mlp serve churn@champion` answers with it. `models` lists what there is, `promote` and `rollback` move aliases, and `compare \"model:churn@2\", \"model:churn@3\"` sets two versions side by side.",
      "A version keeps the model's package, as `export \"m.mlpkg\"` writes it, the time, the SHA-256 of the script, the measured figures, and what `require` and `test` asked with what came of it. It is there as a whole or not at all, and when the stage ends the disk has it; several programs may publish at a time, and each gets a number of its own.",
      "The registry is a SQLite file (`registry: \"models.db\"`), a folder (`\"models/\"`) that machines may share, or a PostgreSQL database (`\"postgres://ann@host/ml\"`). Without the option it is the one of `--registry`, else of the variable `MLP_REGISTRY`, else `registry.db` in the user's data folder; in a sandbox `registry.db` in the sandbox's.",
    ],
    positionals: [Positional("name", .name, "what the model is called in the registry", minimum: 1)],
    parameters: [alias, accepted, RegistryPlace.option],
    examples: [
      Example(
        "a model that was accepted",
        "load iris\nlabel species\nsplit test: 0.2, seed: 7\ntrain tree\nrequire accuracy >= 0.8\ntest\npublish iris_kind, alias: champion, accepted: only, registry: \"models.db\"\nload \"model:iris_kind@champion\", registry: \"models.db\"\npredict iris"
      )
    ],
    otherNames: ["register", "register_model", "log_model", "upload"],
    otherOptions: ["aliases": "alias", "store": "registry", "tracking_uri": "registry"])
  static let subjects: Set<SubjectKind> = [.model]
  static func showing(_ call: VerbCall, _ planned: PlannedStage) -> ColumnNeeds { .none }

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard case .model = subject, let name = call.registryName(at: 0, &sink), call.checkRegistry(&sink) else {
      return nil
    }
    let (options, aliases) = (call.options, call.options[alias] ?? [])
    guard check(name, aliases, call, &sink) else { return nil }
    let promised = WrittenFile(PublishedModel.promise(name), at: nil, .adds)
    return PlannedStage(
      result: subject, words: call.wordsInFull(description), writes: [promised], repetition: .never
    ) { value, context throws(EngineError) in
      guard case .model(let model)? = value else { throw EngineError(.subject(.wrong(.model))) }
      let bytes = try ModelTrial.bytes(PackageFile(model), of: model, as: MlpkgFormat.self)
      let facts = VersionFacts(
        model, packed: bytes, madeBy: "mlp \(Version.current)", script: context.flow.script.text)
      if options[accepted] == "only", let refusal = facts.refusal {
        throw EngineError(.registry(.notAccepted(name, version: nil, refusal)))
      }
      let registry = try RegistryPlace.openToPublish(options[RegistryPlace.option], context.progress)
      let number = try registry.publish(bytes, facts, as: name, aliases: aliases)
      let named = aliases.isEmpty ? "" : ", \(aliases.joined(separator: ", "))"
      return Outcome(
        .model(model), [.note("publish: \(name), version \(number)\(named), in \(RegistryPlace.name(of: registry))")])
    }
  }

  private static func check(
    _ name: String, _ aliases: [String], _ call: VerbCall, _ sink: inout DiagnosticSink
  ) -> Bool {
    let errors = sink.diagnostics.count
    do throws(EngineError) { try RegistryName.check(name, .model) } catch {
      sink.report(error, at: call.positionals.first?.range ?? call.range)
    }
    for name in aliases {
      do throws(EngineError) { try RegistryName.check(name, .alias) } catch {
        sink.report(error, at: call.optionRanges[alias.name] ?? call.range)
      }
    }
    return sink.diagnostics.count == errors
  }
}
