import Descriptions
import Tables

/// JSON: a table as a list of objects. What a look shows is written in it too, where looks are known.
public enum JSONFormat: TableReading, TextTableWriting {
  public static let description = Description(
    name: "json", summary: "JSON, a list of objects, also in \(Compression.listed), or what a look shows as data",
    group: "Formats",
    details: [
      """
      A table is a list of objects, `[{"a": 1}, {"a": 2}]`, one a row. Keys, types and the errors of rows are as in jsonl: see \
      `help jsonl`. A list is read a part at a time, however long it is; an error names its line, and the column in bytes.
      """,
      """
      A file of this ending that holds one object a line is read as jsonl. Other documents are refused, and the error says what \
      they are: an object of columns, as pandas writes by default; rows at a key of an object; a list of lists.
      """,
      """
      `export` writes a table as a list with an object a line. Behind a look it writes what the look shows, as the object that \
      `--json` prints for a result, on one line.
      """,
      "Every object of a look has a `kind`, and most have a `title` or null. `table`: `columns` with `name` and `type`, `rows` with a list of cells each, `total_rows` and `total_columns` of what they may be a part of.",
      "`metrics`: `columns` with `name` and `type`; `metrics` with `name`, `better` (`higher`, `lower` or null) and `figures`, one a column, with `value`, `spread` and, where there is one, `reason`; `notes`. `confusion_matrix`: `classes`; `columns`; `counts` with a list for each actual class; of a part of the classes also `total_classes`, `total_rows` and `right`.",
      "`plot`: `mark`; `x`, `y`, `colour` and `facet` by the names of columns in `data`, which has a list for each; `y_scale`; `edges` of a histogram's bins; `reference`, which is `diagonal`, a number or null; the same as a specification in `vega_lite`. `tree`: `nodes` with `depth`, `rule`, `rows`, `answer`, `share`, `leaf` and `omitted`; `total_nodes`; `total_leaves`.",
      "`facts`: `facts` with `name` and `value`, which is a list where there are several. `notes`: `notes` with `level` and `message`. `text` and `heading`: `text`. `group`: `parts`.",
      "On standard output, `--json` puts behind `kind` where a result comes from: `verb`, `line`, `stage` (its number in the flow) and `words` (the stage with every default visible); `verb` and `stage` are null for a value or a name that stands alone. A diagnostic has `type` instead of `kind`.",
      "A missing cell is null, as is a type that is not known; dates are ISO 8601 text; numbers have all their digits.",
    ],
    parameters: [ZoneOption.zone],
    examples: [
      Example(
        "write a table and read it again",
        "mlp 1\nload penguins\nexport \"penguins_copy.json\"\nload \"penguins_copy.json\"\nschema"),
      Example(
        "figures as data",
        "mlp 1\nload iris\nlabel species\nsplit valid: 0.3, seed: 7\ntrain tree\neval\nexport \"metrics.json\""),
    ],
    otherNames: ["figures"], otherOptions: ZoneOption.otherOptions,
    references: ["RFC 8259 (JSON)"])
  public static let endings = ["json"]
  public static let isCompressible = true

  public static func source(_ path: String, _ request: ReadingRequest) -> any TableSource {
    source(path, bytes: nil, request)
  }

  /// The same over text that is already in memory; `path` is what messages call it.
  package static func source(_ path: String, bytes: [UInt8]?, _ request: ReadingRequest) -> any TableSource {
    RecordSource(path: path, bytes: bytes, request, beginning: JSONDocument.any)
  }

  public static func source(_ text: [UInt8], types: [String: ColumnType]) -> any TableSource {
    source("what was written", bytes: text, ReadingRequest(expected: types))
  }

  public static func header(_ table: Table) -> [UInt8] { Array("[\n".utf8) }

  public static func rows(_ chunk: Table) -> RowText { JSONRows.text(chunk, before: separator, behind: []) }

  public static let separator = Array(",\n".utf8)
  public static let footer = Array("\n]\n".utf8)
}
