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
      Other dialects are read where options say so: `quote: "'"`, `quote: none`, `escape: "\\\\"`, `comment: "#"`, \
      `encoding: latin1`, `line_end: cr`. UTF-16 is found from its byte order mark or its zeros, and rows that end in \
      returns here and in line feeds there from the first 64 KiB. `\\N` stays as it stands, for `missing: ["", "\\\\N"]` to name.
      """,
      """
      Titles and remarks above the header are passed over where the rows below leave no doubt which line it is, and a note \
      says how many they are; `skip: 3` says so, `skip: 0` begins with the first line. `units: true` leaves out the row under \
      the header, `footer: 1` the last line. A delimiter at the end of every line makes no column. Nothing else is left out: \
      a last row of totals and a row of units are rows, and notes tell which options take them away.
      """,
      """
      Dates of numbers (`31/1/2026`, `1.31.2026 9:05 PM`) are dates where a day beyond 12 shows the order in the first \
      64 KiB, and a note says which it is; where nothing shows it they are text until `dates: dmy` or `dates: mdy` says it. \
      Years of two digits are read only where `dates` is given, and are of 1969 to 2068. Years of four digits may always stand \
      in front.
      """,
      """
      A table holds moments as UTC. A time without an offset is taken as UTC, or as that of `zone: "+01:00"`; its own offset \
      goes before that. A place whose clocks change in the year has no single offset: read such times as text, and let \
      `datetime(t, zone: …)` tell their parts of the year apart.
      """,
      """
      The files of a glob are read side by side as one table, with one type for a column in all of them: their first 64 KiB \
      decide together, and where numbers and words meet there, the column is text, with a note.
      """,
    ],
    parameters: [delimiter, header, missing, decimal, group] + DialectOptions.all + [ZoneOption.zone],
    examples: [
      Example("read a built-in table", "mlp 1\nload penguins\nschema"),
      Example("write a table and read it again", "mlp 1\nload iris\nexport \"iris_copy.csv\"\nload \"iris_copy.csv\""),
    ],
    otherNames: ["ssv", "psv", "text"],
    otherOptions: [
      "sep": "delimiter", "na": "missing", "na_values": "missing", "nullstr": "missing", "delim": "delimiter",
    ].merging(DialectOptions.otherOptions) { own, _ in own }.merging(ZoneOption.otherOptions) { own, _ in own },
    references: ["RFC 4180", "RFC 1952 (gzip)", "RFC 8878 (Zstandard)", "RFC 2781 (UTF-16)"])
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
    fileColumn = options[ReadingOptions.file]
    rejects = options[ReadingOptions.rejects]
    onConflict = options[ReadingOptions.onConflict] ?? .stop
    delimiter = options[CSVFormat.delimiter]
    if let isThere = options[CSVFormat.header] { header = isThere ? .present : .absent }
    if let words = options[CSVFormat.missing] { missing = words }
    let (decimal, group) = (options[CSVFormat.decimal] ?? .point, options[CSVFormat.group])
    convention = NumberConvention(decimal: decimal.mark, group: group?.mark)
    encoding = options[DialectOptions.encoding]
    quote = options[DialectOptions.quote] ?? .double
    escape = options[DialectOptions.escape]
    comment = options[DialectOptions.comment]
    lineEnd = options[DialectOptions.lineEnd]
    skip = options[DialectOptions.skip]
    units = options[DialectOptions.units] ?? false
    footer = options[DialectOptions.footer] ?? 0
    dates = options[DialectOptions.dates]
    zone = options[ZoneOption.zone]
  }
}
