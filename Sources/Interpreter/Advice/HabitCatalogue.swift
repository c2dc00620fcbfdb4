import Tables

/// Habits: what users of other tools type where a verb stands, and what to write here. Each has an example, which a test follows word by
/// word. Words that mean a verb and nothing more are in that verb's own description.
public enum HabitCatalogue {
  public static let all = looking + shaping + learning

  /// The habit of that word.
  public static func habit(_ word: String) -> Habit? { places[word].map { all[$0] } }

  private static let places: [String: Int] = Dictionary(
    all.enumerated().flatMap { place, habit in habit.words.map { ($0, place) } },
    uniquingKeysWith: { first, _ in first })

  private static let looking = [
    Habit(.pandas, ["head"], like: "head 3") { "show rows: \($0.count ?? 5)" },
    Habit(.r, ["slice_head"], like: "slice_head n: 3") { "show rows: \($0.count ?? 5)" },
    Habit(.sql, ["limit", "top"], like: "limit 3") { "show rows: \($0.count ?? 5)" },
    Habit(.pandas, ["tail", "slice_tail"], like: "tail") { use in
      "sort \(use.columns(1)[0]) = down |> show rows: \(use.count ?? 5)"
    },
    Habit(.pandas, ["describe"], like: "describe") { $0.verb("profile") },
    Habit(.pandas, ["value_counts", "nunique"], like: "value_counts island") { $0.verb("profile") },
    Habit(.pandas, ["isna", "isnull"], like: "isna") { $0.verb("profile") },
    Habit(.stata, ["tabulate", "tab", "codebook", "inspect"], like: "tabulate species") { $0.verb("profile") },
    Habit(.r, ["table"], like: "table species") { $0.verb("profile") },
    Habit(.pandas, ["shape"], like: "shape") { _ in "show rows: 1" },
    Habit(.r, ["nrow", "ncol", "dim"], like: "nrow") { _ in "show rows: 1" },
    Habit(.sql, ["count"], like: "count") { _ in "show rows: 1" },
    Habit(.r, ["str"], like: "str") { _ in "schema" },
    Habit(.shell, ["cat", "less", "more"], like: "cat titanic") { $0.verbAsWritten("load") },
    Habit(.shell, ["wc"], like: "wc") { _ in "show rows: 1" },
    Habit(.pandas, ["corr"], like: "corr bill_length_mm, body_mass_g", correlation),
    Habit(.r, ["cor"], like: "cor bill_length_mm, body_mass_g", correlation),
    Habit(.stata, ["correlate", "pwcorr"], like: "correlate bill_length_mm, body_mass_g", correlation),
  ]

  private static let shaping = [
    Habit(.pandas, ["dropna"], like: "dropna sex", present),
    Habit(.r, ["drop_na", "na_omit"], like: "drop_na sex", present),
    Habit(.pandas, ["drop_duplicates"], like: "drop_duplicates") { $0.verb("dedupe") },
    Habit(.r, ["distinct"], like: "distinct") { $0.verb("dedupe") },
    Habit(.stata, ["gen", "generate", "egen"], like: "gen heavy = body_mass_g > 4500") { $0.verbAsWritten("derive") },
    Habit(.stata, ["gsort"], like: "gsort species") { $0.verbAsWritten("sort") },
  ]

  private static let learning = [
    Habit(.r, ["lm"], like: "lm body_mass_g ~ flipper_length_mm") { $0.training("linear") },
    Habit(.stata, ["regress", "reg"], like: "regress body_mass_g") { $0.training("linear") },
    Habit(.r, ["glm"], like: "glm sex ~ body_mass_g") { $0.training("logistic") },
    Habit(.stata, ["logit", "logistic"], like: "logit sex") { $0.training("logistic") },
    Habit(.sklearn, ["LogisticRegression"], like: "LogisticRegression") { $0.training("logistic") },
    Habit(.sklearn, ["LinearRegression"], like: "LinearRegression body_mass_g") { $0.training("linear") },
    Habit(.lightgbm, ["LGBMClassifier", "LGBMRegressor", "lightgbm", "xgboost"], like: "lightgbm") {
      $0.training("boost")
    },
  ]

  private static let correlation: @Sendable (HabitUse) -> String = { use in
    let both = use.columns(2) { $0.type?.isNumeric ?? false }
    return "derive r = correlation(\(both[0]), \(both[1]))"
  }

  private static let present: @Sendable (HabitUse) -> String = { use in
    "filter " + use.columns(1).map { "\($0) != missing" }.joined(separator: ", ")
  }
}
