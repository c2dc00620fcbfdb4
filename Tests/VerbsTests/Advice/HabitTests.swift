import Diagnostics
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

  @Test(arguments: scripts) func scriptsOfOtherToolsUsersAreMendedByAdvice(_ script: String) {
    let followed = FollowedAdvice(script)
    #expect(followed.isSound, "\(followed)")
  }

  /// Five habits each.
  static let scripts = [
    // pandas
    "df = pd.read_csv(penguins)\ndf.head()\ndf.describe()\ndf.dropna(sex)\ndf.drop_duplicates()",
    "df = load penguins\ndf |> value_counts species\ndf |> isna\ndf |> corr\ndf |> tail 3",
    // scikit-learn
    "load penguins\ny = year\nlabel sex\nsplit test_size: .2, random_state: 1\ntrain logistic(C=0.5)",
    "load penguins\nimpute median\nscale standard\nlabel sex\ntrain_test_split test_size: 0.2\nLogisticRegression",
    // LightGBM
    "load penguins\nlabel sex\nsplit random_seed: 2\ntrain boost, num_leaves: 7, lr: 0.3, num_iterations: 20",
    "load penguins\nlabel sex\nsplit\ntrain boost(max_depth=3, shrinkage=0.2), max_bin: 63\nevaluate",
    // R
    "df <- load penguins\nstr\nglimpse\narrange -year\nselect -sex",
    "birds <- load penguins\nmutate late = year > 2007\ndrop_na sex\ntable species\nlm body_mass_g ~ year",
    // SQL
    "from penguins\nwhere sex = \"male\"\norder_by year desc\nlimit 5\ncount",
    // Stata
    "load penguins\ngen late = year > 2007\nkeep if year > 2007\ntabulate species\nregress body_mass_g",
    "load penguins\ncodebook\ncorrelate bill_length_mm, body_mass_g\ngsort year\ndrop if year == 2008",
    // shell
    "cat penguins\nhead 3\nwc\nsort year asc\nexport birds.csv",
  ]
}
