/// Explanations of the codes about names.
enum NameExplanations {
  static let unknownVerb = Explanation(
    summary: "A stage begins with a word that is no verb.",
    paragraph: """
      Verbs are built in, or made with 'define', or brought in with 'use' before they are used. 'mlp help' \
      lists them.
      """,
    wrong: """
      load titanic
      fliter age > 18
      """,
    right: """
      load titanic
      filter age > 18
      """)

  static let unknownName = Explanation(
    summary: "A name is neither a column here nor a let, a param or a named value.",
    paragraph: """
      A let must stand above its use. A column must be there at this stage: 'schema' shows the columns \
      after each one. Text stands in double quotes.
      """,
    wrong: """
      load titanic
      filter sex == female
      """,
    right: """
      load titanic
      filter sex == "female"
      """)

  static let unknownColumn = Explanation(
    summary: "There is no column of that name at this stage.",
    paragraph: """
      Names are as in the file, capital letters included; a name with spaces stands in back quotes. An \
      earlier select, drop or rename may have taken the column away.
      """,
    wrong: """
      load titanic
      impute Agee = median
      """,
    right: """
      load titanic
      impute age = median
      """)

  static let unknownFunction = Explanation(
    summary: "There is no function of that name.",
    paragraph: """
      Functions are built in or made with 'let name(x) = …' above their use. A method such as knn(k) can \
      be called only where its verb offers it.
      """,
    wrong: """
      load titanic
      derive half = halve(fare)
      """,
    right: """
      let halve(x) = x / 2
      load titanic
      derive half = halve(fare)
      """)

  static let nearValue = Explanation(
    summary: "A text that a column is compared with is not among its values, and one is nearly the same.",
    paragraph: """
      Before anything runs only the beginning of a file is looked at, so this is a note and stops nothing: the \
      text may stand further down. It is given only where the column repeats few texts.
      """,
    wrong: """
      load titanic
      filter sex == "femal"
      """,
    right: """
      load titanic
      filter sex == "female"
      """)

  static let unknownMember = Explanation(
    summary: "A value has no figure of that name.",
    paragraph: """
      A look carries figures, read as report.auc. Tables have no members: a column is named alone in a row \
      expression.
      """,
    wrong: """
      load titanic
      filter titanic.age > 18
      """,
    right: """
      load titanic
      filter age > 18
      """)

  static let ambiguousName = Explanation(
    summary: "A name means both a column and a let, a param or a named value.",
    paragraph: """
      Neither hides the other, because adding a column to a file must not change what a script means. \
      Rename one of them.
      """,
    wrong: """
      let age = 18
      load titanic
      filter age > 3
      """,
    right: """
      let adult = 18
      load titanic
      filter age > adult
      """)

  static let reservedName = Explanation(
    summary: "A value takes the name of a verb or a built-in function.",
    paragraph: """
      A line that begins with the name must mean one thing. Columns, options and record keys may be any \
      word.
      """,
    wrong: "let filter = 3",
    right: "let threshold = 3")

  static let duplicateName = Explanation(
    summary: "A name is given twice.",
    paragraph: """
      Values never change, so a second let, param, define or parameter of one name would be another value \
      under the same name. A stage may likewise fill a column only once.
      """,
    wrong: """
      let limit = 3
      let limit = 4
      """,
    right: """
      let limit = 3
      let other_limit = 4
      """)

  static let recursion = Explanation(
    summary: "A let or a define uses itself, perhaps by way of others.",
    paragraph: "Every script ends, so nothing may call itself. Lists do the repeating.",
    wrong: "let f(x) = f(x - 1)",
    right: "let f(x) = x - 1")

  static let badUse = Explanation(
    summary: "A file cannot be used here.",
    paragraph: """
      'use' brings in the lets and defines of another file, before they are used. The file must exist, \
      parse, hold nothing else that runs, and not use itself by way of others.
      """,
    wrong: #"use "no-such-file.mlp""#,
    right: #"use "cleaning.mlp""#)
}
