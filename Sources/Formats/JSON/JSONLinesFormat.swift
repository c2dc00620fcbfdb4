import Descriptions
import Tables

/// JSON Lines: one object a line.
public enum JSONLinesFormat: TableReading, TextTableWriting {
  public static let description = Description(
    name: "jsonl", summary: "JSON Lines, one object a line, also in \(Compression.listed)", group: "Formats",
    details: [
      """
      A key is a column; one that a line has not, and `null`, is a missing cell. A key inside an object is a column with a \
      point, as in `address.city`; a list is kept as text, as it is written. Blank lines are passed over. A key that \
      stands twice in an object is an error, and so is half of a surrogate pair such as `"\\ud83d"`.
      """,
      """
      Columns and their types are found from the first 64 KiB: booleans, whole numbers, numbers, else text. A text stays a \
      text, be it `"12"` or `"2026-01-31"`, unless `types: {joined: date}` says otherwise; a moment without an offset is then \
      UTC, or what `zone: "+01:00"` says. A column that holds several \
      kinds is text, and so are whole numbers beyond 64 bits; a note tells of each. What the sample settles holds: a \
      value further down that does not fit is an error that names its line, but the first fraction makes whole numbers \
      float, unless whole numbers that a float does not hold would lose digits by that: they are text where the sample \
      shows both, else an error. A key that first comes later is passed over with a note, unless `types` names it.
      """,
      """
      The files of a glob are read as one table: their first 64 KiB decide together about columns and types, and a key that a \
      file has not is missing there.
      """,
      """
      `export` writes every column in every line, with `null` for missing cells and for what JSON cannot write (not a \
      number, infinite), dates as ISO 8601 texts, and a vector as one key a place.
      """,
    ],
    parameters: [ZoneOption.zone],
    examples: [
      Example(
        "write a table and read it again",
        "mlp 1\nload penguins\nexport \"penguins_copy.jsonl\"\nload \"penguins_copy.jsonl\"\nschema")
    ],
    otherNames: ["ndjson", "jsonlines"], otherOptions: ZoneOption.otherOptions,
    references: ["JSON Lines (jsonlines.org)", "RFC 8259 (JSON)"])
  public static let endings = ["jsonl", "ndjson"]
  public static let isCompressible = true

  public static func source(_ path: String, _ request: ReadingRequest) -> any TableSource {
    source(path, bytes: nil, request)
  }

  /// The same over text that is already in memory; `path` is what messages call it.
  package static func source(_ path: String, bytes: [UInt8]?, _ request: ReadingRequest) -> any TableSource {
    RecordSource(path: path, bytes: bytes, request, beginning: JSONDocument.lines)
  }

  public static func source(_ text: [UInt8], types: [String: ColumnType]) -> any TableSource {
    source("what was written", bytes: text, ReadingRequest(expected: types))
  }

  public static func header(_ table: Table) -> [UInt8] { [] }

  public static func rows(_ chunk: Table) -> RowText { JSONRows.text(chunk, before: [], behind: [0x0A]) }
}
