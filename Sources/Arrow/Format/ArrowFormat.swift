import Descriptions
import Formats
import Tables

/// Arrow's IPC format: files with a footer, and streams.
public enum ArrowFormat: TableReading, EncodedTableWriting {
  public static let description = Description(
    name: "arrow",
    summary: "Arrow's IPC format, as a file (also called Feather 2) or a stream",
    group: "Formats",
    details: [
      """
      Columns have the types of the file: booleans, whole numbers, numbers, texts, dates and moments, plain or in \
      dictionaries, also in bodies that are compressed by LZ4 or zstd. Fields of a structure are columns with a point, as in \
      `address.city`. Lists, maps, unions, binary and run-end encoded columns are not read, and a note names each. Only the \
      columns that a script uses are read.
      """,
      """
      No id loses digits: whole numbers beyond 64 bits, and decimals of more than 15 digits, are text where the first rows show \
      one; one further down is an error that names its row. Decimals without a fraction are whole numbers, others are floats. \
      Times of day are text, durations whole numbers, moments cut to the microsecond with a note. Numbers that are infinite or \
      none are missing, and a note counts them.
      """,
      """
      `export` writes a file with a footer, uncompressed: texts as utf8, moments as microseconds of UTC, a vector as one float \
      column a place. A name that ends in `.arrows` is written as a stream.
      """,
    ],
    examples: [
      Example(
        "write a table and read it again",
        "mlp 1\nload penguins\nexport \"penguins_copy.arrow\"\nload \"penguins_copy.arrow\"\nschema")
    ],
    references: ["Apache Arrow columnar format 1.5", "LZ4 frame format 1.6", "RFC 8878 (zstd)"])
  public static let endings = ["arrow", "feather", "ipc"]

  public static func source(_ path: String, _ request: ReadingRequest) -> any TableSource {
    TypedSource(ArrowFile(path: path, stated: request.statedTypes), request)
  }

  public static func source(_ bytes: [UInt8], types: [String: ColumnType]) -> any TableSource {
    source("what was written", bytes: bytes, ReadingRequest(expected: types))
  }

  /// The same over bytes that are in memory already; `path` is what messages call them.
  package static func source(_ path: String, bytes: [UInt8], _ request: ReadingRequest) -> any TableSource {
    TypedSource(ArrowFile(path: path, bytes: bytes, stated: request.statedTypes), request)
  }

  public static func encoder(_ table: Table) -> any TableEncoder { ArrowEncoder(table, isStream: false) }
}

/// The same as a stream, without a footer.
public enum ArrowStreamFormat: TableReading, EncodedTableWriting {
  public static let description = Description(
    name: "arrows",
    summary: "Arrow's IPC format as a stream",
    group: "Formats",
    details: ["As arrow, but what is written is a stream: it has no footer, and can be read from a pipe as it comes."],
    examples: [
      Example(
        "write a table and read it again", "mlp 1\nload iris\nexport \"iris_copy.arrows\"\nload \"iris_copy.arrows\"")
    ],
    references: ArrowFormat.description.references)
  public static let endings = ["arrows"]

  public static func source(_ path: String, _ request: ReadingRequest) -> any TableSource {
    ArrowFormat.source(path, request)
  }

  public static func source(_ bytes: [UInt8], types: [String: ColumnType]) -> any TableSource {
    ArrowFormat.source(bytes, types: types)
  }

  public static func encoder(_ table: Table) -> any TableEncoder { ArrowEncoder(table, isStream: true) }
}
