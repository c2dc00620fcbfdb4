import Descriptions
import Kernels
import Tables

/// Tab-separated values: as CSV, with a tab for the comma.
public enum TSVFormat: TableReading, TextTableWriting {
  public static let description = Description(
    name: "tsv",
    summary: "Tab-separated text with a header, also in \(Compression.listed)",
    group: "Formats",
    details: ["As csv, but the tab is tried first as the delimiter, and is what is written."],
    parameters: CSVFormat.description.parameters,
    examples: [
      Example("write a table and read it again", "mlp 1\nload iris\nexport \"iris_copy.tsv\"\nload \"iris_copy.tsv\"")
    ],
    otherNames: ["tab"],
    otherOptions: CSVFormat.description.otherOptions,
    references: ["IANA text/tab-separated-values"])
  public static let endings = ["tsv"]
  public static let isCompressible = true

  public static func source(_ path: String, _ request: ReadingRequest) -> any TableSource {
    DelimitedSource(path: path, options: DelimitedOptions(request, preferred: "\t"))
  }

  public static func header(_ table: Table) -> [UInt8] { DelimitedWriter.header(table, UInt8(ascii: "\t")) }

  public static func rows(_ chunk: Table) -> RowText { DelimitedWriter.rows(chunk, UInt8(ascii: "\t")) }

  public static func source(_ text: [UInt8], types: [String: ColumnType]) -> any TableSource {
    DelimitedSource(written: text, "\t", types)
  }
}
