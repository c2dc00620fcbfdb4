import Descriptions
import Kernels
import Notation
import Tables

/// Comma-separated values (RFC 4180), with the marks other programs use as well.
public enum CSVFormat: TableReading, TextTableWriting {
  public static let delimiter = Parameter<Character>(
    "delimiter", "The character between fields", otherwise: "found among comma, semicolon, tab and bar")
  public static let header = Parameter<Bool>(
    "header", "Whether the first row names the columns", otherwise: "it does, unless it looks like the rows below it")
  public static let missing = Parameter<[String]>(
    "missing", "Words that stand for a missing cell where they are not in quotes", default: [""])

  public static let decimal = Parameter<DecimalMark>(
    "decimal", "The mark before the fraction of a number", default: .point)
  public static let group = Parameter<GroupMark>(
    "group", "The mark between groups of three digits", otherwise: "digits are not grouped")

  public static let description = Description(
    name: "csv",
    summary: "Comma-separated text with a header, also in \(Compression.listed)",
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
      `decimal: ","` reads `3,5` as 3.5, and `group: "."` reads `1.234,5` as 1234.5: groups are of three digits, and a \
      blank stands for every kind of blank. The comma is then a delimiter only where `delimiter` says so.
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
    parameters: [delimiter, header, missing, decimal, group],
    examples: [
      Example("read a built-in table", "mlp 1\nload penguins\nschema"),
      Example("write a table and read it again", "mlp 1\nload iris\nexport \"iris_copy.csv\"\nload \"iris_copy.csv\""),
    ],
    otherNames: ["ssv", "psv", "text"],
    otherOptions: [
      "sep": "delimiter", "na": "missing", "na_values": "missing", "nullstr": "missing", "delim": "delimiter",
    ],
    references: ["RFC 4180", "RFC 1952 (gzip)", "RFC 8878 (Zstandard)"])
  public static let endings = ["csv", "txt"]
  public static let isCompressible = true

  public static func source(_ path: String, _ request: ReadingRequest) -> any TableSource {
    DelimitedSource(path: path, options: DelimitedOptions(request))
  }

  public static func header(_ table: Table) -> [UInt8] { DelimitedWriter.header(table, UInt8(ascii: ",")) }

  public static func rows(_ chunk: Table) -> RowText { DelimitedWriter.rows(chunk, UInt8(ascii: ",")) }

  public static func source(_ text: [UInt8], types: [String: ColumnType]) -> any TableSource {
    DelimitedSource(written: text, ",", types)
  }
}

extension DelimitedOptions {
  /// What was asked for, `preferred` being the delimiter that wins a tie.
  init(_ request: ReadingRequest, preferred: Character = ",") {
    self.init()
    self.preferred = preferred
    expected = request.expected
    let options = request.options
    if let stated = options[ReadingOptions.types] { types = stated.byName }
    rows = options[ReadingOptions.rows]
    columns = options[ReadingOptions.columns]
    rejects = options[ReadingOptions.rejects]
    onConflict = options[ReadingOptions.onConflict] ?? .stop
    delimiter = options[CSVFormat.delimiter]
    if let isThere = options[CSVFormat.header] { header = isThere ? .present : .absent }
    if let words = options[CSVFormat.missing] { missing = words }
    let (decimal, group) = (options[CSVFormat.decimal] ?? .point, options[CSVFormat.group])
    convention = NumberConvention(decimal: decimal.mark, group: group?.mark)
  }
}
