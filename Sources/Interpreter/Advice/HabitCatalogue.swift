import Notation
import Tables

/// Habits: what users of other tools type where a verb stands, and what to write here. Each has an example, which a test follows word by
/// word. Words that mean a verb and nothing more are in that verb's own description.
public enum HabitCatalogue {
  public static let all = looking + shaping + learning + scikit

  /// The habit of that word.
  public static func habit(_ word: String) -> Habit? {
    // SQL is often written in capitals.
    (places[word] ?? (word == word.uppercased() ? places[word.lowercased()] : nil)).map { all[$0] }
  }

  private static let places: [String: Int] = Dictionary(
    all.enumerated().flatMap { place, habit in habit.words.map { ($0, place) } },
    uniquingKeysWith: { first, _ in first })

  private static let looking = [
    Habit(.pandas, ["head"], like: "head 3") { "show rows: \($0.count ?? 5)" },
    Habit(.r, ["slice_head"], like: "slice_head n: 3") { "show rows: \($0.count ?? 5)" },
    Habit(.sql, ["limit", "top"], like: "limit 3") { "show rows: \($0.count ?? 5)" },
    Habit(.pandas, ["tail", "slice_tail"], like: "tail") { "show last: \($0.count ?? 5)" },
    Habit(.pandas, ["describe"], like: "describe") { $0.verb("profile") },
    // These look: groups would take the place of the table that the next line goes on with.
    Habit(.pandas, ["value_counts", "nunique"], like: "value_counts island") { $0.verb("profile") },
    Habit(.pandas, ["isna", "isnull"], like: "isna") { $0.verb("profile") },
    Habit(.stata, ["tabulate", "tab", "codebook", "inspect"], like: "tabulate species") { $0.verb("profile") },
    Habit(.duckdb, ["SUMMARIZE"], like: "SUMMARIZE") { $0.verb("profile") },
    Habit(.duckdb, ["pragma", "show_tables"], like: "pragma") { _ in "schema" },
    Habit(.spark, ["printSchema"], like: "printSchema") { _ in "schema" },
    Habit(.polars, ["null_count"], like: "null_count") { $0.verb("profile") },
    Habit(.spreadsheet, ["countblank", "counta", "countif"], like: "countblank sex") { $0.verb("profile") },
    Habit(.r, ["table"], like: "table species") { $0.verb("profile") },
    Habit(.pandas, ["shape", "columns", "dtypes", "len"], like: "shape") { _ in "schema" },
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
    Habit(.pandas, ["get_dummies"], like: "get_dummies") { _ in "encode text() = onehot" },
    Habit(.r, ["drop_na", "na_omit"], like: "drop_na sex", present),
    Habit(.pandas, ["groupby"], like: "groupby [\"species\", \"sex\"]") { $0.grouping },
    Habit(.r, ["group_by", "summarise", "summarize"], like: "summarise mass = mean(body_mass_g), by: species") {
      $0.grouping
    },
    Habit(.spark, ["groupBy"], like: "groupBy species, mean(body_mass_g)") { $0.grouping },
    Habit(.polars, ["agg", "aggregate"], like: "agg max(year)") { $0.grouping },
    Habit(.pandas, ["drop_duplicates"], like: "drop_duplicates") { $0.verb("dedupe") },
    Habit(.r, ["distinct"], like: "distinct") { $0.verb("dedupe") },
    Habit(.stata, ["gen", "generate", "egen"], like: "gen heavy = body_mass_g > 4500") { $0.verbAsWritten("derive") },
    Habit(.stata, ["gsort"], like: "gsort -species", sorting),
    Habit(.pandas, ["sort_values", "sort_by"], like: "sort_values by: \"species\", ascending: false", sorting),
    Habit(.spark, ["orderBy"], like: "orderBy desc(\"year\")", sorting),
    Habit(.spark, ["dropDuplicates"], like: "dropDuplicates [\"species\"]") { $0.verb("dedupe") },
    Habit(.polars, ["drop_nulls"], like: "drop_nulls subset: [\"sex\"]", present),
    Habit(.spark, ["withColumn"], like: "withColumn \"late\", year > 2007") { $0.derivation },
    Habit(.spark, ["withColumnRenamed"], like: "withColumnRenamed \"sex\", \"gender\"") { $0.renaming },
    Habit(.tidymodels, ["step_normalize", "step_scale"], like: "step_normalize") { _ in "scale numeric() = standard" },
    Habit(.tidymodels, ["step_dummy"], like: "step_dummy") { _ in "encode text() = onehot" },
    Habit(.tidymodels, ["step_impute_median"], like: "step_impute_median") { _ in "impute numeric() = median" },
    Habit(.tidymodels, ["step_rm"], like: "step_rm year") { $0.verb("drop") },
  ]

  private static let learning = [
    Habit(.tidymodels, ["logistic_reg", "multinom_reg"], like: "logistic_reg") { $0.training("logistic") },
    Habit(.tidymodels, ["linear_reg"], like: "linear_reg body_mass_g") { $0.training("linear") },
    Habit(.tidymodels, ["boost_tree"], like: "boost_tree") { $0.training("boost") },
    Habit(.tidymodels, ["decision_tree"], like: "decision_tree") { $0.training("tree") },
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
    guard let both = use.columns(2, { $0.type?.isNumeric ?? true }) else { return "profile" }
    return "derive r = correlation(\(both[0]), \(both[1]))"
  }

  private static let present: @Sendable (HabitUse) -> String = { use in
    // Without columns those count that have missing cells, where that is known.
    let isAll = use.named.isEmpty && use.subject.schema != nil
    let gaps = use.subject.schema?.columns.filter { ($0.facts.missing ?? 0) > 0 }.map { ScriptText.name($0.name) } ?? []
    if isAll, gaps.isEmpty { return "impute numeric() = median" }
    let columns = isAll ? gaps : use.columns(max(1, use.named.count)) ?? ["a"]
    return "filter " + columns.map { "\($0) != missing" }.joined(separator: ", ")
  }

  private static let sorting: @Sendable (HabitUse) -> String = { use in
    "sort " + (use.sortKeys.isEmpty ? use.columns(1) ?? ["a"] : use.sortKeys).joined(separator: ", ")
  }
}
