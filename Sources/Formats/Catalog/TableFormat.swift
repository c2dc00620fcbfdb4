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

  /// The types that were asked for by column: what was stated goes before what whoever asks for the rows expects.
  package var statedTypes: [String: ColumnType] {
    (expected ?? [:]).merging(options[ReadingOptions.types]?.byName ?? [:]) { _, stated in stated }
  }

  /// What the options alone tell of the columns of a source that is looked at only when it is read: those that `columns` names are there and
  /// no others. nil where it names none.
  public var namedSchema: DeclaredSchema? {
    guard let names = options[ReadingOptions.columns] else { return nil }
    let types = options[ReadingOptions.types]?.byName ?? [:]
    let schema = Schema(names.map { Field($0, types[$0] ?? .text) })
    return DeclaredSchema(
      schema: FileColumn(options)?.added(to: schema) ?? schema, open: Set(names.filter { types[$0] == nil }))
  }
}

/// A format that tables are read from.
public protocol TableReading: FileFormat {
  /// The table in the file at `path`; `-` is standard input. Nothing is opened yet.
  static func source(_ path: String, _ request: ReadingRequest) -> any TableSource
}

/// A format that tables are written in, chunk by chunk: as text or by an encoder.
public protocol TableWriting: FileFormat {
  /// What takes the rows that are written to a file.
  static var content: any TableContent { get }
  /// The options that its files are written with, which `export` takes; those of reading stand in its description.
  static var writtenOptions: [any AnyParameter] { get }
  /// What takes the rows under such options.
  static func content(_ options: Options) -> any TableContent
  /// Bytes of a whole file, header and rows, to be read again; its columns are of these types.
  static func source(_ bytes: [UInt8], types: [String: ColumnType]) -> any TableSource
}

extension TableWriting {
  public static var writtenOptions: [any AnyParameter] { [] }
  public static func content(_ options: Options) -> any TableContent { content }
}

/// A format of text, where that of some rows does not depend on the others.
public protocol TextTableWriting: TableWriting {
  /// What the file begins with, for rows with the columns of this table.
  static func header(_ table: Table) -> [UInt8]
  /// The text of a chunk's rows: the same bytes for rows that are cut into chunks in any way. That of each row begins with the separator,
  /// which the first row of a file is written without.
  static func rows(_ chunk: Table) -> RowText
  /// What stands between two rows besides their own text; nothing in most formats.
  static var separator: [UInt8] { get }
  /// What the file ends with.
  static var footer: [UInt8] { get }
}

extension TextTableWriting {
  public static var separator: [UInt8] { [] }
  public static var footer: [UInt8] { [] }

  public static var content: any TableContent { TextContent(self) }
}

/// A format whose bytes are put together by something that knows what went before.
public protocol EncodedTableWriting: TableWriting {
  /// An encoder of one file of rows with the columns of this table. Throws `badFormat` for what the format cannot hold.
  static func encoder(_ table: Table) throws(SourceError) -> any TableEncoder
  /// Rows as they are read back, where a format gives columns names or types of its own.
  static func readBack(_ rows: Table) throws(SourceError) -> Table
  /// The same under the format's own options.
  static func encoder(_ table: Table, _ options: Options) throws(SourceError) -> any TableEncoder
}

extension EncodedTableWriting {
  public static var content: any TableContent { EncodedContent(self, Options()) }
  public static func content(_ options: Options) -> any TableContent { EncodedContent(self, options) }
  public static func encoder(_ table: Table, _ options: Options) throws(SourceError) -> any TableEncoder {
    try encoder(table)
  }
  public static func readBack(_ rows: Table) -> Table { rows }
}

/// Makes the bytes of one file, from the first to the last.
public protocol TableEncoder {
  /// The bytes that can be written once these rows are there: none where they wait for others. All together are the same for rows that
  /// are cut into chunks in any way. Throws `cancelled`, and `badFormat` for what the format cannot hold.
  mutating func append(_ chunk: Table, _ progress: Progress) throws(SourceError) -> [UInt8]
  /// The bytes that end the file.
  mutating func finish(_ progress: Progress) throws(SourceError) -> [UInt8]
}
