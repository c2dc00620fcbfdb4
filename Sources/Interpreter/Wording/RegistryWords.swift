import Notation
import Plan

extension RegistryProblem {
  var words: ProblemWords {
    switch self {
    case .badName(let name, let kind): Self.badName(name, kind)
    case .noModel(let name, let models, let registry):
      ProblemWords(
        "no model '\(name)' is published in \(registry)",
        help: Self.near(name, in: models)
          + [models.isEmpty ? "nothing is published there yet" : "published: \(ProblemWords.listed(models))"])
    case .noVersion(let model, let number, let newest):
      ProblemWords("'\(model)' has no version \(number)", help: ["the newest is version \(newest)"])
    case .noAlias(let model, let alias, let aliases):
      ProblemWords(
        "'\(model)' has no alias '\(alias)'",
        help: Self.near(alias, in: aliases)
          + [
            aliases.isEmpty
              ? "it has none yet: promote \(model), to: \(alias)" : "aliases: \(ProblemWords.listed(aliases))"
          ])
    case .noEarlier(let model, let alias, let version):
      ProblemWords("'\(alias)' of '\(model)' stood at no version before \(version)")
    case .notAccepted(let model, let version, let reason):
      ProblemWords(
        "accepted: only, and '\(model)'\(version.map { ", version \($0)," } ?? "") \(reason.words)", help: [reason.help]
      )
    case .newer(let registry, let version):
      ProblemWords("\(registry) has format \(version), which a later version of mlp writes")
    case .foreign(let registry): ProblemWords("'\(registry)' is no registry of models, and is left as it is")
    case .locked(let registry, let seconds):
      ProblemWords(
        "\(registry): another program has locked it for more than \(counted(seconds, "second"))",
        help: ["run it again when that is done"])
    case .unavailable(let registry, .reading, let reason):
      ProblemWords("the registry '\(registry)' cannot be read: \(reason)")
    case .unavailable(let registry, .writing, let reason):
      ProblemWords("the registry '\(registry)' cannot be written: \(reason)")
    case .damaged(let registry, let model, let version):
      ProblemWords(
        "\(registry) is damaged: " + (model.map { "'\($0)'" + (version.map { ", version \($0)," } ?? "") } ?? "it")
          + " is not what was put there")
    case .uncertain(let registry, let reason):
      ProblemWords(
        "\(registry): the connection broke when the change was to be settled: \(reason)",
        help: ["whether it was is not known: `models` tells what is there"])
    case .noPlace:
      ProblemWords(
        "there is no folder for the user's data, so a registry has to be named",
        help: ["registry: \"models.db\", --registry or MLP_REGISTRY names it"])
    case .badAddress(let address, let part):
      ProblemWords(
        "\(address): \(part): addresses are no registry's",
        help: ["a registry is a SQLite file (models.db), a folder (models/) or postgres://user@host/db"])
    }
  }

  private static func near(_ name: String, in names: [String]) -> [String] {
    NearestName.hint(name, in: names).map { [$0] } ?? []
  }

  private static func badName(_ name: String, _ kind: RegistryNameKind) -> ProblemWords {
    let rule = "letters, digits, `_`, `-` and `.`, a letter or `_` first, at most 100"
    let shown = SafeText.escaped(name)
    return switch kind {
    case .model: ProblemWords("'\(shown)' is no name of a model", help: [rule])
    case .alias: ProblemWords("'\(shown)' is no name of an alias", help: [rule])
    case .reference:
      ProblemWords(
        "'\(shown)' names no published model",
        help: ["churn is its newest version, churn@3 the third, churn@champion the one at an alias", "a name: \(rule)"])
    }
  }
}

extension NotAccepted {
  fileprivate var words: String {
    switch self {
    case .notTested: "was not tested on the sealed part"
    case .nothingAsked: "was tested for nothing"
    case .unmet(let conditions): "did not meet its test: \(conditions.joined(separator: ", "))"
    }
  }

  fileprivate var help: String {
    switch self {
    case .notTested: "`test auc >= 0.8` after `train` tests it once"
    case .nothingAsked: "`test auc >= 0.8` asks something, and so does `require` before a bare `test`"
    case .unmet: "a model that is accepted takes its place"
    }
  }
}
