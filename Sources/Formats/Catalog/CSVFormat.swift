import Descriptions

/// Comma-separated values (RFC 4180), with the marks other programs use as well.
public enum CSVFormat {
  public static let types = Parameter<RawValue>(
    "types", "Types by column, as in {id: text, joined: date}; the others are found from the first 64 KiB",
    otherwise: "found from the data")
  public static let delimiter = Parameter<String>(
    "delimiter", "The character between fields", otherwise: "found among comma, semicolon, tab and bar", .notEmpty)
  public static let header = Parameter<Bool>(
    "header", "Whether the first row names the columns", otherwise: "it does, unless it looks like the rows below it")
  public static let missing = Parameter<[String]>(
    "missing", "Words that stand for a missing cell where they are not in quotes", default: [""])
  public static let rows = Parameter<Int>(
    "rows", "How many rows to read at most", otherwise: "all of them", .atLeast(0))
  public static let columns = Parameter<[String]>("columns", "The columns to keep", otherwise: "all of them")
  public static let rejects = Parameter<String>(
    "rejects", "A CSV file that keeps rows which do not fit, with line, column and reason",
    otherwise: "a row that does not fit stops the reading", .notEmpty)
  public static let onConflict = Parameter<String>(
    "on_conflict", "What becomes of a row that does not fit", default: "stop", .oneOf(["stop", "reject"]))

  public static let parameters: [any AnyParameter] = [
    types, delimiter, header, missing, rows, columns, rejects, onConflict,
  ]

  public static let description = Description(
    name: "csv",
    summary: "Comma-separated text with a header, also in .gz",
    group: "Formats",
    details: [
      """
      Fields may stand in quotes, and then hold delimiters, line breaks and doubled quotes. An empty cell is missing; an \
      empty cell in quotes is empty text, and missing in a column of another type. Blank lines are passed over, unless the \
      table has a single column.
      """,
      """
      Types are found from the first 64 KiB: `true`/`false`, whole numbers, numbers, dates (`2026-01-31`, `2026/01/31`), \
      moments (`2026-01-31T10:00:00+01:00`, kept as UTC), else text. What the sample settles holds: a cell further down \
      that does not fit is an error that names its line. Whether a column of numbers is int or float is settled by the \
      whole file.
      """,
      """
      No id loses digits: `007`, `+47…`, whole numbers beyond 64 bits and cells such as `12e45`, unless fractions stand \
      beside them, are text; whole numbers that a float does not hold beside fractions are text, with a note, or a row \
      error further down. Infinite numbers (`inf`, `7e400`) are missing, and a note counts them.
      """,
      """
      Words such as `NA` are text until `missing: ["", "NA"]` says otherwise; a note tells where that would help. A word \
      that is named there is missing in a column of any type, but not in quotes: `"NA"` is a text, and in a column of \
      another type an error. What is written stands in quotes where it would be read as missing.
      """,
      """
      The files of a glob are read side by side as one table, with one type for a column in all of them: their first 64 KiB \
      decide together, and where numbers and words meet there, the column is text, with a note.
      """,
    ],
    parameters: parameters,
    examples: [
      Example("read a built-in table", "mlp 1\nload penguins\nschema"),
      Example("write a table and read it again", "mlp 1\nload iris\nexport \"iris_copy.csv\"\nload \"iris_copy.csv\""),
    ],
    otherNames: ["ssv", "psv", "text"],
    otherOptions: [
      "sep": "delimiter", "na": "missing", "na_values": "missing", "dtype": "types", "nrows": "rows",
      "usecols": "columns", "nullstr": "missing", "delim": "delimiter",
    ],
    references: ["RFC 4180", "RFC 1952 (gzip)"])
}
