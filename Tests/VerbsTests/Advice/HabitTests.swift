import Diagnostics
import Foundation
import Interpreter
import Testing

@testable import Verbs

/// What other tools' users type gets advice that checks clean when it is followed word by word.
struct HabitTests {
  @Test(arguments: HabitCatalogue.all.map(\.example))
  func aHabitsAdviceIsSound(_ typed: String) {
    let script = "load penguins\n\(typed)"
    let first = Scripts.session().check(SourceFile(name: "typed.mlp", text: script)).diagnostics.first
    #expect(first?.rewrite != nil, "\(first?.message ?? "nothing is said")")
    let followed = FollowedAdvice(script)
    #expect(followed.isSound, "\(followed)")
  }

  @Test(arguments: Habit.Tool.allCases) func everyToolHasHabits(_ tool: Habit.Tool) {
    #expect(HabitCatalogue.all.contains { $0.tool == tool })
  }

  @Test func aWordIsOneHabit() {
    let words = HabitCatalogue.all.flatMap(\.words)
    #expect(Set(words).count == words.count)
    for word in words { #expect(VerbCatalog.all.allSatisfy { $0.description.name != word }) }
  }

  @Test(
    arguments: [
      ("df = load penguins", "load penguins |> as df"),
      ("let t = load penguins", "load penguins |> as t"),
      ("df <- load penguins", "load penguins |> as df"),
      ("load penguins as birds", "load penguins |> as birds"),
      ("x = 3", "let x = 3"),
      ("load penguins\nratio = bill_length_mm / 2", "load penguins\nderive ratio = bill_length_mm / 2"),
      ("load penguins\nimpute median", "load penguins\nimpute numeric() = median"),
      ("load penguins\nimpute \"unknown\"", "load penguins\nimpute text() = \"unknown\""),
      ("load penguins\nimpute sex", "load penguins\nimpute sex = mode"),
      ("load penguins\nscale standard", "load penguins\nscale numeric() = standard"),
      ("load penguins\nencode onehot", "load penguins\nencode text() = onehot"),
      ("load penguins\nsort -year", "load penguins\nsort year = down"),
      ("load penguins\nsort -year, island", "load penguins\nsort year = down, island"),
      ("load penguins\nsort year desc", "load penguins\nsort year = down"),
      ("load penguins\nsort desc(year)", "load penguins\nsort year = down"),
      ("load penguins\nselect -sex", "load penguins\ndrop sex"),
      ("load penguins\nselect -sex, -year", "load penguins\ndrop sex, year"),
      ("load penguins\nselect !sex", "load penguins\ndrop sex"),
      ("load penguins\ndescribe", "load penguins\nprofile"),
      ("load penguins\nhead", "load penguins\nshow rows: 5"),
      ("load penguins\nhead()", "load penguins\nshow rows: 5"),
      ("load penguins\nshow 5", "load penguins\nshow rows: 5"),
      ("load penguins\nkeep if year > 2007", "load penguins\nfilter year > 2007"),
      ("load penguins\ndrop if year > 2007", "load penguins\nfilter not (year > 2007)"),
      ("load penguins\nfilter body_mass_g > .5", "load penguins\nfilter body_mass_g > 0.5"),
      ("load penguins\nexport birds.csv", "load penguins\nexport \"birds.csv\""),
      ("load penguins\nexport birds", "load penguins\nexport \"birds.csv\""),
      ("load penguins\npenguins", "load penguins\nas penguins"),
      ("load penguins\nlabel sex\nsplit test: .2", "load penguins\nlabel sex\nsplit test: 0.2"),
      (
        "load penguins\nlabel sex\nsplit random_state: 3\ntrain logistic(C=1)",
        "load penguins\nlabel sex\nsplit seed: 3\ntrain logistic(C: 1)"
      ),
      (
        "load penguins\nlabel sex\nsplit\ntrain boost, leaves: 15, bins: 63, num_leaves: 7",
        "load penguins\nlabel sex\nsplit\ntrain boost, max_leaf_nodes: 15, max_bins: 63, max_leaf_nodes: 7"
      ),
      (
        "load penguins\nlabel sex\nsplit\ntrain boost, lr: 0.2, num_boost_round: 50, min_child_samples: 5",
        "load penguins\nlabel sex\nsplit\ntrain boost, learning_rate: 0.2, trees: 50, min_samples_leaf: 5"
      ),
    ])
  func adviceIsWhatIsWrittenHere(_ typed: String, _ written: String) {
    #expect(FollowedAdvice(typed).text == written, "\(FollowedAdvice(typed))")
  }

  /// What the first piece of advice says is sound at once, and names the columns and files that were typed.
  @Test(
    arguments: [
      ("df = pd.read_csv(\"DIR/people.csv\")", "load \"DIR/people.csv\" |> as df"),
      ("df = read_csv(\"DIR/people.csv\")", "load \"DIR/people.csv\" |> as df"),
      ("FROM penguins", "load penguins"),
      ("load penguins\nfilter sex.isna()", "load penguins\nfilter sex == missing"),
      ("load penguins\nfilter sex.isnull()", "load penguins\nfilter sex == missing"),
      ("load penguins\nfilter isnull(sex)", "load penguins\nfilter sex == missing"),
      ("load penguins\nfilter is.na(sex)", "load penguins\nfilter sex == missing"),
      ("load penguins\nsex.isna()", "load penguins\nfilter sex == missing"),
      ("load penguins\nsex is missing", "load penguins\nfilter sex == missing"),
      ("load penguins\nyear > 2007", "load penguins\nfilter year > 2007"),
      ("load penguins\nyear.round()", "load penguins\nderive result = round(year)"),
      ("load penguins\nfilter species.str.contains(\"Ad\")", "load penguins\nfilter contains(species, \"Ad\")"),
      ("load penguins\nspecies.str.contains(\"Ad\")", "load penguins\nfilter contains(species, \"Ad\")"),
      ("load penguins\nfilter sex is missing", "load penguins\nfilter sex == missing"),
      ("load penguins\nfilter sex is not missing", "load penguins\nfilter sex != missing"),
      ("load penguins\nfilter sex is null", "load penguins\nfilter sex == missing"),
      ("load penguins\nfilter sex not in [\"male\"]", "load penguins\nfilter not sex in [\"male\"]"),
      ("load penguins\nfilter sex in (\"male\", \"female\")", "load penguins\nfilter sex in [\"male\", \"female\"]"),
      ("load penguins\nfilter species like \"Ad%\"", "load penguins\nfilter starts_with(species, \"Ad\")"),
      ("load penguins\nfilter year between 2007 and 2008", "load penguins\nfilter year in 2007..2008"),
      ("load penguins\nderive odd = year % 2", "load penguins\nderive odd = mod(year, 2)"),
      ("load penguins\ngsort -year", "load penguins\nsort year = down"),
      ("load penguins\ngsort -year, island", "load penguins\nsort year = down, island"),
      (
        "load penguins\ncorr species, island", "load penguins\nderive r = correlation(bill_length_mm, bill_depth_mm)"
      ),
      ("load \"DIR/people.csv\"\ncorr", "load \"DIR/people.csv\"\nprofile"),
      ("load penguins\ntail", "load penguins\nshow last: 5"), ("load penguins\ntail(3)", "load penguins\nshow last: 3"),
      ("load penguins\ndrop_duplicates subset: [island]", "load penguins\ndedupe island"),
      ("load penguins\ndrop_duplicates(subset=[\"island\"])", "load penguins\ndedupe island"),
      ("load penguins\nrename sex: \"gender\"", "load penguins\nrename gender = sex"),
      ("load penguins\nrename sex = gender", "load penguins\nrename gender = sex"),
      ("load penguins\nrename columns: {\"sex\": \"gender\"}", "load penguins\nrename gender = sex"),
      ("load penguins\nrename(columns={\"sex\": \"gender\"})", "load penguins\nrename gender = sex"),
      ("load penguins\ndrop columns: [sex]", "load penguins\ndrop sex"),
      ("load penguins\ndrop columns: [\"sex\", \"year\"]", "load penguins\ndrop sex, year"),
      ("load penguins\ndrop \"sex\"", "load penguins\ndrop sex"),
      ("load penguins\nsort by: sex", "load penguins\nsort sex"),
      ("load penguins\nsort by: \"sex\", ascending: false", "load penguins\nsort sex = down"),
      ("load penguins\nsort_values(by=\"sex\", ascending=False)", "load penguins\nsort sex = down"),
      ("load penguins\norder by year desc", "load penguins\nsort year = down"),
      ("load penguins\nlabel \"sex\"", "load penguins\nlabel sex"),
      ("load penguins\nlabel target: sex", "load penguins\nlabel sex"),
      ("load penguins\nlabel sex\nsplit 80/20", "load penguins\nlabel sex\nsplit train: 0.8, test: 0.2"),
      (
        "load penguins\nlabel sex\nsplit 70/15/15",
        "load penguins\nlabel sex\nsplit train: 0.7, valid: 0.15, test: 0.15"
      ),
      ("load penguins\nshow(rows=3)", "load penguins\nshow rows: 3"),
      ("load penguins\nhead(n=3)", "load penguins\nshow rows: 3"),
      ("load penguins\nhead -3", "load penguins\nshow rows: 3"),
      ("load penguins\nas df\ndf.head(n=3)", "load penguins\nas df\ndf |> show rows: 3"),
      (
        "load penguins\nlabel sex\nsplit\ntrain tree\nrequire auc > 80%",
        "load penguins\nlabel sex\nsplit\ntrain tree\nrequire auc > 0.8"
      ),
      (
        "load penguins\nlabel sex\nsplit\nLGBMClassifier(n_estimators=20, reg_lambda=1)",
        "load penguins\nlabel sex\nsplit\ntrain boost, trees: 20, l2_regularization: 1"
      ),
      (
        "load penguins\nderive late = IF(year > 2007, 1, 0)",
        "load penguins\nderive late = if year > 2007 then 1 else 0"
      ),
      ("load penguins\nwhere sex = \"male\"", "load penguins\nfilter sex == \"male\""),
      ("load penguins\nderive x: year", "load penguins\nderive x = year"),
    ])
  func oneRoundOfAdviceIsEnough(_ typed: String, _ written: String) {
    let followed = FollowedAdvice(Self.inFolder(typed))
    #expect(followed.isSound && followed.steps.count == 1, "\(followed)")
    #expect(followed.text == Self.inFolder(written), "\(followed)")
  }

  /// A habit that is mended as a whole is told of once.
  @Test(
    arguments: [
      "df = pd.read_csv(penguins)", "load penguins\nshow(rows=3)", "load penguins\nfilter sex is missing",
      "load penguins\nsex is missing", "load penguins\nrename(columns={\"sex\": \"gender\"})",
      "load penguins\nwhere sex = \"male\" AND year > 2007", "load penguins\nas df\ndf.head(n=3)",
    ])
  func aHabitIsToldOfOnce(_ typed: String) {
    let told = Scripts.session().check(SourceFile(name: "typed.mlp", text: typed)).diagnostics
    #expect(told.count == 1, "\(told.map(\.message))")
  }

  /// A mistake that is none of the habit's is told of beside it, and so is a word that makes no token.
  @Test(
    arguments: [
      ("df = load penguins, typs: {year: text}", DiagnosticCode.unknownOption),
      ("load penguins\nx = 10kg", .badNumber),
    ])
  func aHabitHidesNoOtherMistake(_ typed: String, _ code: DiagnosticCode) {
    let told = Scripts.session().check(SourceFile(name: "typed.mlp", text: typed)).diagnostics
    #expect(told.contains { $0.code == code }, "\(told.map(\.message))")
  }

  @Test func aPieceOfAdviceIsOneOfTheDescriptionsOptions() {
    for (option, word) in [
      ("eta", "learning_rate"), ("n_estimators", "trees"), ("max_depth", "depth"), ("reg_lambda", "l2_regularization"),
      ("iterations", "trees"), ("min_child_weight", "min_samples_leaf"), ("nfold", "folds"), ("random_seed", "seed"),
    ] {
      let script = "load penguins\nlabel sex\nsplit\ntrain boost, \(option): 3"
      let first = Scripts.session().check(SourceFile(name: "typed.mlp", text: script)).diagnostics.first
      #expect(first?.label == "here it is '\(word)'" && first?.rewrite?.text == word)
    }
  }

  private static let folder: String = {
    let path = NSTemporaryDirectory() + "mlp-habits-\(UUID().uuidString)"
    let text = "name,town,age\n" + (1...30).map { "n\($0),t\($0 % 3),\($0)\n" }.joined()
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    _ = FileManager.default.createFile(atPath: path + "/people.csv", contents: Data(text.utf8))
    return path
  }()

  private static func inFolder(_ script: String) -> String {
    script.replacingOccurrences(of: "DIR", with: folder)
  }
}
