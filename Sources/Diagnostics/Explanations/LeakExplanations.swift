/// Explanations of the codes about leaks.
enum LeakExplanations {
  static let fittedTooEarly = Explanation(
    summary: "A fitted column decides which rows there are, or how they are labelled or split.",
    paragraph: """
      What is learned is learned from the training part only. A column that was imputed or scaled is known \
      only when 'train' runs, so rows cannot be chosen by it. Move the stage up, or use the raw column. A \
      table that no model comes of may be written by 'export' and loaded again: that settles the step by all rows.
      """,
    wrong: """
      load titanic
      impute age = median
      filter age > 18
      """,
    right: """
      load titanic
      filter age > 18
      impute age = median
      """)

  static let labelLeak = Explanation(
    summary: "A feature was made from the label, or the label from a feature.",
    paragraph: """
      A model that can read its answer from its inputs is perfect on paper and useless on new rows, where \
      the answer is not known yet. Drop the column that gives it away.
      """,
    wrong: """
      load "customers.csv"
      label gone = idle_days > 45
      split train: 0.8, test: 0.2
      train boost
      """,
    right: """
      load "customers.csv"
      label gone = idle_days > 45
      drop idle_days
      split train: 0.8, test: 0.2
      train boost
      """)

  static let sensitiveFeature = Explanation(
    summary: "A confidential column is not masked, or a restricted one is used.",
    paragraph: """
      'classify' says who may see a column. A confidential one may feed a model only behind a mask; a \
      restricted one must be dropped or redacted, unless a waiver with its reason stands beside it: \
      'classify race = restricted, waiver: "audit of fairness"'. A column is as sensitive as what it is made \
      of. What a mask does to the rows at hand alone (noise, shift, synthesise) a model cannot do again, and a \
      step that learns from cells (impute, scale) stands after the mask.
      """,
    wrong: """
      load titanic
      classify name = restricted
      label survived
      split train: 0.8, test: 0.2
      train logistic
      """,
    right: """
      load titanic
      classify name = restricted
      drop name
      label survived
      split train: 0.8, test: 0.2
      train logistic
      """)

  static let privacyLeak = Explanation(
    summary: "Cells of a confidential or restricted column would leave the program as they are.",
    paragraph: """
      What 'classify' guards is not written into files of rows, reports or the request log, and not shown on the \
      screen of a session with --sandbox. A confidential column may leave behind any mask, a restricted one only \
      redacted; a column that is not needed is best dropped. A column is as sensitive as what it is made of: a \
      statistic that gives nobody away is lowered by 'classify' with a 'reason:'.
      """,
    wrong: """
      load titanic
      classify name = confidential
      export "passengers.csv"
      """,
    right: """
      load titanic
      classify name = confidential
      mask name = partial
      export "passengers.csv"
      """)

  static let suspiciousFeature = Explanation(
    summary: "A single feature all but decides the label.",
    paragraph: """
      Such a column is often written after the fact, like a closing date in data about churn. If it is \
      known at the time of prediction, all is well; otherwise drop it.
      """,
    wrong: """
      load "customers.csv"
      label churned
      split train: 0.8, test: 0.2
      train boost
      """,
    right: """
      load "customers.csv"
      drop closed_on
      label churned
      split train: 0.8, test: 0.2
      train boost
      """)
}
