/// Explanations of the codes about what happens while a script runs.
enum RunningExplanations {
  static let emptyPart = Explanation(
    summary: "A part of a split has no rows.",
    paragraph: """
      With few rows, or few of one class or group, a share can come out empty. Give it a greater share, or \
      use folds.
      """,
    wrong: """
      load titanic
      split train: 0.9999, test: 0.0001
      """,
    right: """
      load titanic
      split train: 0.8, test: 0.2
      """)

  static let noRows = Explanation(
    summary: "A stage got no rows to work on.",
    paragraph: """
      Each stage says how many rows it got and gave. A condition that is never true, or missing \
      everywhere, leaves none.
      """,
    wrong: """
      load titanic
      filter age > 500
      """,
    right: """
      load titanic
      filter age > 50
      """)

  static let badLabel = Explanation(
    summary: "The label cannot be learned as it is.",
    paragraph: """
      It has one value only, no values, or a type for which no algorithm of the list is made. The message \
      says which.
      """,
    wrong: """
      load titanic
      derive one = 1
      label one
      """,
    right: """
      load titanic
      label survived
      """)

  static let notConverged = Explanation(
    summary: "Training stopped before it settled.",
    paragraph: """
      The model is usable and not the best of its kind. Scale the features, raise the number of \
      iterations, or strengthen the penalty.
      """,
    wrong: "train logistic, iterations: 5",
    right: "train logistic, iterations: 200")

  static let trainingFailed = Explanation(
    summary: "No model came out of training.",
    paragraph: "The message gives the reason of each algorithm and trial, not only that all failed.",
    wrong: "train logistic, folds: 5",
    right: """
      label survived
      split train: 0.8, test: 0.2
      train logistic
      """)

  static let unsupported = Explanation(
    summary: "A format or an algorithm cannot hold or do what is asked.",
    paragraph: """
      The message names the step and the target. Formats differ in what they can express; the reference \
      has the table of what each holds, and the .mlpkg format holds everything.
      """,
    wrong: #"export "m.sql""#,
    right: #"export "m.mlpkg""#)

  static let validationFailed = Explanation(
    summary: "Rows break a rule of 'validate'.",
    paragraph: """
      The look names each rule with how many rows broke it, and an example. 'on_fail:' says whether to \
      stop, warn, quarantine or drop.
      """,
    wrong: "validate age in 18..110",
    right: "validate age in 18..110, on_fail: quarantine")

  static let requirementNotMet = Explanation(
    summary: "A condition of 'require' or 'test' is false.",
    paragraph: """
      The run ends with status 4, so that a pipeline does not deliver a model that misses its objectives. \
      The message gives the figure that was reached.
      """,
    wrong: "require auc >= 0.99",
    right: "require auc >= 0.80")

  static let addressInUse = Explanation(
    summary: "Another program listens on the port already.",
    paragraph: """
      Stop the other program, or choose another port; 'port: 0' takes a free one and says which.
      """,
    wrong: "serve port: 80",
    right: "serve port: 8080")

  static let serviceFailed = Explanation(
    summary: "A service did not start or broke off.",
    paragraph: "The message gives the reason. What was acknowledged before is in the log.",
    wrong: #"serve port: 8080, log: "notes.txt""#,
    right: #"serve port: 8080, log: "requests.db""#)

  static let interrupted = Explanation(
    summary: "The stage was cancelled.",
    paragraph: """
      Ctrl-C cancels the running stage; the session and its values stay as they were before it.
      """,
    wrong: "train boost, trials: 10_000",
    right: "train boost, trials: 40")

  static let notFound = Explanation(
    summary: "What was asked for by name is not there.",
    paragraph: """
      It may be a table in a database, a sheet in a workbook, a published model or a topic of help. The \
      message lists what there is.
      """,
    wrong: #"load "sqlite:shop.db#custmers""#,
    right: #"load "sqlite:shop.db#customers""#)

  static let outOfBounds = Explanation(
    summary: "A number lies outside what is allowed or possible.",
    paragraph: """
      The message gives the bounds. Whole numbers have 64 bits; a result that passes them is an error, \
      never another number.
      """,
    wrong: "synth 0, moons",
    right: "synth 100, moons")

  static let outsideSandbox = Explanation(
    summary: "A script reaches for a file or an address outside its sandbox.",
    paragraph: """
      With '--sandbox DIR' a script reads and writes below that directory only and opens no network but \
      loopback. Links that lead out do not count as inside.
      """,
    wrong: #"load "../grades.csv""#,
    right: #"load "grades.csv""#)

  static let unusableCache = Explanation(
    summary: "The folder of '--cache' cannot be used, so stages are run that it may have known.",
    paragraph: """
      It holds files that are no cache's, cannot be written, or its disk is full. Nothing in it is changed that is not \
      the cache's own, and the results are those of a run without a cache.
      """,
    wrong: "# mlp flow.mlp --cache ~/documents",
    right: "# mlp flow.mlp --cache ~/.cache/mlp")

  static let damagedCache = Explanation(
    summary: "A file of the cache is not what was written there.",
    paragraph: """
      Every file of a cache ends in a hash of itself. One that was changed, cut off or written by another version is \
      passed over: the stage is run again and its result kept anew.
      """,
    wrong: "# mlp flow.mlp --cache damaged",
    right: "# rm -r damaged; mlp flow.mlp --cache damaged")

  static let usage = Explanation(
    summary: "The command line is not understood.",
    paragraph: "'mlp help' shows the commands and flags. Exit status 2 says that nothing was run.",
    wrong: "# mlp rnu churn.mlp",
    right: "# mlp run churn.mlp")
}
