import Descriptions
import Formats
import Kernels
import Notation
import Tables

/// Apache Parquet: columns in compressed pages.
public enum ParquetFormat: TableReading, EncodedTableWriting {
  public static let description = Description(
    name: "parquet", summary: "Apache Parquet, columns in compressed pages", group: "Formats",
    details: [
      """
      The file states its columns' types at its end, which is all that is read before the rows. Whole numbers are int; \
      those of 64 bits without a sign that the file's statistics do not show to fit are text. Numbers of 16, 32 and 64 \
      bits are float; what is infinite or no number is missing, and a note counts it. A decimal is int where it has no \
      fraction and 64 bits hold it, float where 15 digits are enough, else text with every digit: `types: {price: \
      text}` keeps the digits of any decimal, `types: {price: float}` rounds them.
      """,
      """
      Strings, enums and JSON are text, UUIDs too (`123e4567-…`), and times of day (`10:00:00.5`). Dates are date; \
      moments in milli-, micro- and nanoseconds and the old ones of 96 bits are datetime, cut to the microsecond with \
      a note, and taken as UTC where the file names no zone. Bytes of which the file says nothing are read only where \
      `types: {name: text}` says that they are text.
      """,
      """
      A column in a group is named `address.city`. Lists, maps and other columns that have no cells are passed over \
      with a note, and so are columns that are encrypted or compressed by LZO or Brotli. Pages may be of either \
      version, plain or compressed by Snappy, gzip, zstd or LZ4, and in every encoding that is not experimental; \
      checksums are checked where there are some. Only the columns that are used are read, and `rows` ends the reading \
      early. Row groups that a filter right behind `load` leaves out by their statistics are passed over, and a note \
      tells how many bytes that spares; `mlp plan` tells it before. Statistics count only where the format says what \
      they mean: bounds of texts where they are said to be exact, of numbers where none of them is missing from the \
      count of missing cells, and never those of an order that is not the column's.
      """,
      """
      The files of a glob are read as one table: a column has one type in all of them, int and float together being \
      float.
      """,
      """
      `export` compresses by Snappy, in row groups of up to a million rows, with dictionaries or differences where \
      they take less, statistics and checksums. `compression` chooses \
      snappy, zstd, gzip, lz4 or none, and `row_group` how many rows a row group has. Moments are written in \
      microseconds of UTC, and a vector as one column a place, `name_place`.
      """,
    ],
    examples: [
      Example(
        "write a table and read it again",
        "mlp 1\nload penguins\nexport \"penguins_copy.parquet\"\nload \"penguins_copy.parquet\"\nschema"),
      Example(
        "some of the columns",
        "mlp 1\nload diamonds\nexport \"gems.parquet\"\nload \"gems.parquet\", columns: [carat, price]\nshow"),
    ],
    otherNames: ["parq", "pq"], references: ["Apache Parquet format 2.12"])
  public static let endings = ["parquet"]

  public static func source(_ path: String, _ request: ReadingRequest) -> any TableSource {
    TypedSource(ParquetFile(path: path, texts: texts(request)), request)
  }

  public static func source(_ bytes: [UInt8], types: [String: ColumnType]) -> any TableSource {
    let request = ReadingRequest(expected: types)
    return TypedSource(ParquetFile(path: "what was written", bytes: bytes, texts: texts(request)), request)
  }

  public static func encoder(_ table: Table) -> any TableEncoder { ParquetEncoder(table) }

  static let compression = Parameter<PageCompression>("compression", "How pages are compressed", default: .snappy)
  static let rowGroup = Parameter<Int>(
    "row_group", "How many rows a row group has: readers pass over row groups as a whole",
    otherwise: "1,048,576, and fewer of more than 16 columns", .within(1, 1_073_741_824))
  public static let writtenOptions: [any AnyParameter] = [compression, rowGroup]

  public static func encoder(_ table: Table, _ options: Options) -> any TableEncoder {
    ParquetEncoder(table, options.value(compression, else: .snappy), groupRows: options[rowGroup])
  }

  /// The columns that are to be text.
  private static func texts(_ request: ReadingRequest) -> Set<String> {
    var types = request.expected ?? [:]
    for (name, type) in request.options[ReadingOptions.types]?.byName ?? [:] { types[name] = type }
    return Set(types.filter { $0.value == .text }.keys)
  }
}
