import Descriptions
import Kernels
import Tables

/// Weka's attribute-relation files: a header that declares columns with their types, then rows.
public enum ARFFFormat: TableReading, TextTableWriting {
  public static let description = Description(
    name: "arff",
    summary: "Weka's attribute-relation files, also in .gz",
    group: "Formats",
    details: [
      """
      The header tells the types: numeric and real are float, integer is int, string and nominal are text, date is a date, or a \
      moment where its pattern has a time of day. A bare `?` is missing, one in quotes is a text. A value that its attribute does \
      not declare, or that is not of its type, is a row error. Rows in braces list what is not zero; the first declared value and \
      the empty text stand for the rest. Weights of rows become a column of that name. An attribute that is a table itself is not \
      read, and a note names it.
      """,
      """
      `export` writes float as real, int as integer, bool as nominal, dates with the pattern `yyyy-MM-dd`, all else as string, \
      moments among it, which keeps their microseconds. Infinite numbers are written as missing.
      """,
    ],
    examples: [
      Example(
        "write a table and read it again",
        "mlp 1\nload penguins\nexport \"penguins_copy.arff\"\nload \"penguins_copy.arff\"\nschema")
    ],
    references: ["Attribute-Relation File Format (Weka, stable version)", "java.text.SimpleDateFormat"])
  public static let endings = ["arff"]
  public static let isCompressible = true

  public static func source(_ path: String, _ request: ReadingRequest) -> any TableSource {
    source(path, bytes: nil, request)
  }

  public static func source(_ text: [UInt8], types: [String: ColumnType]) -> any TableSource {
    source("what was written", bytes: text, ReadingRequest(expected: types))
  }

  /// The same over text that is already in memory; `path` is what messages call it.
  package static func source(_ path: String, bytes: [UInt8]?, _ request: ReadingRequest) -> any TableSource {
    let stated = request.statedTypes
    let file = LineFile(path: path, bytes: bytes) { (sample, isWhole) throws(SourceError) in
      guard let header = try ARFFHeader(sample, isWhole: isWhole, path: path) else { return nil }
      let plain = ARFFGrammar(header, hasWeights: false, stated: stated)
      let hasWeights = sample[header.length...].split(separator: 0x0A).contains { row in
        row.withUnsafeBufferPointer { plain.hasWeight($0) }
      }
      let grammar = hasWeights ? ARFFGrammar(header, hasWeights: true, stated: stated) : plain
      return LineBeginning(grammar: grammar, offset: header.length, lines: header.lines, notes: grammar.notes)
    }
    return TypedSource(file, request)
  }

  public static func header(_ table: Table) -> [UInt8] { ARFFWriter.header(table) }

  public static func rows(_ chunk: Table) -> RowText { ARFFWriter.rows(chunk) }
}
