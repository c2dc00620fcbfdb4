/// Explanations of the codes about text and grammar.
enum GrammarExplanations {
  static let unexpectedCharacter = Explanation(
    summary: "A character that begins no word, number or sign.",
    paragraph: """
      Scripts are plain UTF-8 text. Curly quotes, long dashes and no-break spaces come from word \
      processors and web pages; write the plain ones. Inside a text or a comment any character may stand.
      """,
    wrong: "load “a.csv”",
    right: #"load "a.csv""#)

  static let unterminatedText = Explanation(
    summary: "A text or a back-quoted name is not closed on its line.",
    paragraph: #"""
      A text begins and ends on one line. A line break inside it is written \n, and a double quote \".
      """#,
    wrong: #"load "customers.csv"#,
    right: #"load "customers.csv""#)

  static let badEscape = Explanation(
    summary: "A backslash in a text stands before something it cannot escape.",
    paragraph: #"""
      Known escapes are \n, \t, \r, \", \\ and \u{…} with a character's number. In a raw text, r"…", a \#
      backslash is a backslash: write patterns that way.
      """#,
    wrong: #"filter code ~ "\d+""#,
    right: #"filter code ~ r"\d+""#)

  static let badNumber = Explanation(
    summary: "What begins like a number is not one, or does not fit.",
    paragraph: """
      Numbers are written 1_000, 2.5 or 1e-3: digits on both sides of the point, underscores only between \
      digits, no units. Whole numbers have 64 bits. There are no percentages or durations: write 0.01 and \
      seconds(10).
      """,
    wrong: "filter weight > 10kg",
    right: "filter weight > 10")

  static let badDate = Explanation(
    summary: "What begins like a date is not one.",
    paragraph: """
      A date is written @2026-01-31, a time @2026-01-31T10:00:00Z or with an offset such as +01:00. The \
      day must be in the calendar.
      """,
    wrong: "filter joined > @2026-02-30",
    right: "filter joined > @2026-02-28")

  static let unfinishedLine = Explanation(
    summary: "A line must go on, and a blank line, a cell or the end follows.",
    paragraph: """
      A line goes on inside brackets and after a comma, '=', ':', '|>', 'then', 'else', 'not' or an \
      operator between two values. A blank line there is most likely a forgotten bracket, so nothing after \
      it is taken for the rest of the line. The body of a 'define' must end with '}'.
      """,
    wrong: """
      train boost, depth: 3..8,

      eval
      """,
    right: """
      train boost, depth: 3..8

      eval
      """)

  static let unexpectedToken = Explanation(
    summary: "A word or sign stands where the grammar has no place for it.",
    paragraph: """
      The message says what should stand there. Most often a comma is missing between two arguments, or a \
      word that is no verb begins the line.
      """,
    wrong: "select age plan",
    right: "select age, plan")

  static let tooDeep = Explanation(
    summary: "An expression is nested too deeply.",
    paragraph: """
      Brackets, operators in a row and conditions within conditions each add a level; two hundred are \
      allowed. Name the parts with 'let' or 'derive', and test for many values with 'in'.
      """,
    wrong: "filter " + String(repeating: "(", count: 300) + "1" + String(repeating: ")", count: 300),
    right: #"filter plan in ["a", "b", "c"]"#)

  static let otherLanguage = Explanation(
    summary: "A habit of another language that is written otherwise here.",
    paragraph: """
      The label says what to write. Text stands in double quotes; 'and', 'or' and 'not' are words; there \
      is one 'missing' and it is compared with '=='; columns are named without their table.
      """,
    wrong: "filter age > 18 && plan != null",
    right: "filter age > 18 and plan != missing")

  static let chainedComparison = Explanation(
    summary: "Comparisons and ranges do not chain.",
    paragraph: """
      '18 <= age <= 110' would compare a bool with a number. Write a range, which includes both ends, or \
      join two comparisons with 'and'.
      """,
    wrong: "filter 18 <= age <= 110",
    right: "filter age in 18..110")

  static let assignmentInExpression = Explanation(
    summary: "'=' stands where only a comparison can.",
    paragraph: """
      '=' gives a column, a let or a param its value; '==' compares. On a line of its own, begin with \
      'let' for a value or 'derive' for a column.
      """,
    wrong: "filter (age = 18) or vip",
    right: "filter (age == 18) or vip")

  static let badEdition = Explanation(
    summary: "The edition of the language is not one that this build reads.",
    paragraph: """
      'mlp 1' on the first line says for which edition a script was written, so that it means the same for \
      ever. It stands once, at the top.
      """,
    wrong: "mlp 99",
    right: "mlp 1")
}
