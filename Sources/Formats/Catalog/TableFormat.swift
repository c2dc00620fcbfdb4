import Descriptions
import Kernels
import Tables

/// What a reader of tables is asked for.
public struct ReadingRequest: Sendable, Hashable {
  /// The options as they were written, checked against `ReadingOptions` and the format's own parameters.
  public var options: Options
  /// The columns that whoever asked for the rows takes, with their types: those are read as that, and every other column
  /// by its cells. None has to be there. nil for rows that are nobody's in particular.
  public var expected: [String: ColumnType]?

  public init(_ options: Options = Options(), expected: [String: ColumnType]? = nil) {
    self.options = options
    self.expected = expected
  }
}

/// A format that tables are read from.
public protocol TableReading: FileFormat {
  /// The table in the file at `path`; `-` is standard input. Nothing is opened yet.
  static func source(_ path: String, _ request: ReadingRequest) -> any TableSource
}

/// A format that tables are written in, one chunk after the other.
public protocol TableWriting: FileFormat {
  /// What the file begins with, for rows with the columns of this table.
  static func header(_ table: Table) -> [UInt8]
  /// The text of a chunk's rows: the same bytes for rows that are cut into chunks in any way.
  static func rows(_ chunk: Table) -> RowText
  /// Text that was written, header and rows, to be read again; its columns are of these types.
  static func source(_ text: [UInt8], types: [String: ColumnType]) -> any TableSource
}
