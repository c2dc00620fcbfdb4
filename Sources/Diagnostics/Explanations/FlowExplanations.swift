/// Explanations of the codes about what a stage takes and gives.
enum FlowExplanations {
  static let wrongSubject = Explanation(
    summary: "A verb cannot take the value that reaches it.",
    paragraph: """
      Values go from Table to Split to Model to Service; each verb says which it takes. 'train' needs a \
      split table if there is a label, 'test' needs a model.
      """,
    wrong: """
      load titanic
      test
      """,
    right: """
      load titanic
      label survived
      split train: 0.8, test: 0.2
      train logistic
      test
      """)

  static let noSubject = Explanation(
    summary: "A stage needs a value, and there is none yet.",
    paragraph: """
      A stage without a subject takes the last value. Begin with a verb that makes one, such as load or \
      synth, or with the name of a value.
      """,
    wrong: "filter age > 18",
    right: """
      load titanic
      filter age > 18
      """)

  static let afterFailure = Explanation(
    summary: "A line begins with '|>' after one that failed.",
    paragraph: """
      '|>' says "from the last value", and the last line gave none. Without it the line takes the value \
      from before the failure.
      """,
    wrong: """
      load titanic
      fliter age > 18
      |> profile
      """,
    right: """
      load titanic
      filter age > 18
      |> profile
      """)

  static let unusedLabel = Explanation(
    summary: "A stage needs a label, and none was named.",
    paragraph: """
      'label COL' says what is to be predicted. Without one, 'train' takes the algorithms that find \
      structure by themselves, such as kmeans.
      """,
    wrong: """
      load titanic
      split train: 0.8, test: 0.2
      train logistic
      """,
    right: """
      load titanic
      label survived
      split train: 0.8, test: 0.2
      train logistic
      """)

  static let noSplit = Explanation(
    summary: "A stage needs the data that a model was trained on, and there is none.",
    paragraph: """
      A model read from a package has no data. Give 'eval' and 'test' a flow in which the model was \
      trained, or score a table with 'predict'.
      """,
    wrong: """
      load "m.mlpkg"
      eval
      """,
    right: """
      load "m.mlpkg"
      predict "new.csv"
      """)

  static let noTestPart = Explanation(
    summary: "'test' needs a sealed part, and the split has none.",
    paragraph: "Name a share for it in 'split'. What was used to choose a model cannot judge it.",
    wrong: """
      load titanic
      label survived
      split train: 0.8, valid: 0.2
      train logistic
      test
      """,
    right: """
      load titanic
      label survived
      split train: 0.6, valid: 0.2, test: 0.2
      train logistic
      test
      """)

  static let sealed = Explanation(
    summary: "The test part is opened by 'test' alone.",
    paragraph: """
      A test part that was looked at while a model was chosen says nothing about new data. Looks, exports \
      and 'eval' use the other parts; 'test' opens it and counts the openings in the model's record.
      """,
    wrong: """
      load titanic
      label survived
      split train: 0.8, test: 0.2
      train logistic
      eval on: test
      """,
    right: """
      load titanic
      label survived
      split train: 0.8, test: 0.2
      train logistic
      test
      """)
}
