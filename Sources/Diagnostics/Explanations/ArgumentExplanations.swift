/// Explanations of the codes about arguments.
enum ArgumentExplanations {
  static let unknownOption = Explanation(
    summary: "A verb or a call has no option of that name.",
    paragraph: "'mlp help VERB' lists the options with their defaults. Nothing is abbreviated.",
    wrong: """
      load titanic
      split trian: 0.8, test: 0.2
      """,
    right: """
      load titanic
      split train: 0.8, test: 0.2
      """)

  static let badOption = Explanation(
    summary: "An option has a value that it cannot take.",
    paragraph: """
      The message says what it takes: a range of numbers, one of some words, a text, a list. Ranges \
      include both ends.
      """,
    wrong: """
      load titanic
      split train: 1.5
      """,
    right: """
      load titanic
      split train: 0.8, test: 0.2
      """)

  static let missingArgument = Explanation(
    summary: "A verb or a call lacks an argument that it needs.",
    paragraph: """
      'mlp help VERB' shows what each verb takes, which of it can be left out, and an example.
      """,
    wrong: "load",
    right: "load titanic")

  static let unexpectedArgument = Explanation(
    summary: "A verb or a call is given an argument that it has no use for.",
    paragraph: """
      '=' fills columns and ':' sets options: an argument may only be written in the other form. 'derive x \
      == 3' compares; write 'derive x = 3'.
      """,
    wrong: """
      load titanic
      derive x == 3
      """,
    right: """
      load titanic
      derive x = 3
      """)

  static let unknownMethod = Explanation(
    summary: "The word right of '=' is no method of this verb.",
    paragraph: """
      In impute, scale, encode, mask and classify a method or a literal stands right of '='. A value that \
      only looks like a method is a text in double quotes.
      """,
    wrong: """
      load titanic
      impute age = average
      """,
    right: """
      load titanic
      impute age = median
      """)

  static let wrongType = Explanation(
    summary: "A value has a type that does not fit its place.",
    paragraph: """
      Numbers, texts, bools and dates are never turned into one another silently. 'cast' turns a column, \
      and 'types:' says what load should make of it.
      """,
    wrong: """
      load titanic
      filter age > "18"
      """,
    right: """
      load titanic
      filter age > 18
      """)

  static let badPattern = Explanation(
    summary: "A regular expression cannot be read.",
    paragraph: #"Patterns are those of PCRE2, written as raw text so that backslashes stay: r"^\d+$"."#,
    wrong: """
      load titanic
      filter name ~ r"(Mr"
      """,
    right: """
      load titanic
      filter name ~ r"Mr"
      """)

  static let noValue = Explanation(
    summary: "A computation has no value, and its result is missing.",
    paragraph: """
      Dividing by zero, a logarithm of what is not above 0, a result past the largest number, a text that is no number \
      or date: none of these has a value. In a table such cells are missing and counted.
      """,
    wrong: "let share = 1 / 0",
    right: "let share = 1 / 2")
}
