import Kernels
import Tables

/// A file whose columns have types of their own, which it states before its rows: nothing of them is found from a sample.
public protocol TypedFile: Sendable {
  /// The file's path as it was given; `-` is standard input.
  var path: String { get }
  /// What messages call the table.
  var name: String { get }
  /// Names and types as the file states them, and how many rows it says that it has. nil where reading that would take rows away from a
  /// later scan (standard input, a pipe). Names are distinct.
  func outline() throws(SourceError) -> TypedOutline?
  /// The same when the rows are about to be read, for a place that is not asked before.
  func arrived(_ progress: Progress) throws(SourceError) -> TypedOutline?
  /// How much it would read and pass over for a request; nil where that is not known before it is read.
  func extent(_ wanted: TypedRequest) throws(SourceError) -> ScanExtent?
  /// Gives the rows in chunks of the columns named, in the file's order and on the caller's thread, until they end, there are `limit` of
  /// them or `take` says so. A chunk has the types of the outline, but for columns that are open there: those may turn from int to float.
  /// Throws `cancelled`, and `badFormat` for bytes that are not of the format.
  func scan(
    _ wanted: TypedRequest, _ progress: Progress, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> TypedReport
}

extension TypedFile {
  public var name: String { path == "-" ? "input" : FileName.stem(path) }
  public func arrived(_ progress: Progress) throws(SourceError) -> TypedOutline? { try outline() }
  public func extent(_ wanted: TypedRequest) throws(SourceError) -> ScanExtent? { nil }
}

/// What a typed file says of itself before its rows.
public struct TypedOutline: Sendable {
  public let schema: Schema
  /// The int columns that a fraction further down makes float.
  public let open: Set<String>
  /// nil where the file does not say.
  public let rowCount: Int?
  /// What is not read, and why: one line each.
  public let notes: [String]

  public init(schema: Schema, open: Set<String> = [], rowCount: Int? = nil, notes: [String] = []) {
    self.schema = schema
    self.open = open
    self.rowCount = rowCount
    self.notes = notes
  }
}

/// What is wanted of a typed file.
public struct TypedRequest: Sendable {
  /// The columns to give, some of the outline's, in its order; nil for all.
  public let columns: Set<String>?
  public let limit: Int?
  /// What takes the rows that do not fit, where they are set aside; nil where the first ends the reading.
  public let refused: RefusedRows?
  /// The types that somebody else reads columns as: cells without a type of their own are given as they are.
  public let types: [String: ColumnType]
  /// Where a file says which cells of the next chunk have no value of their column's type.
  public let misfits: TypedMisfits
  /// Rows that it passes over need not be given; nil where all are wanted.
  public let screen: (any RowScreen)?

  public init(
    columns: Set<String>? = nil, limit: Int? = nil, refused: RefusedRows? = nil, types: [String: ColumnType] = [:],
    misfits: TypedMisfits = TypedMisfits(), screen: (any RowScreen)? = nil
  ) {
    self.columns = columns
    self.limit = limit
    self.refused = refused
    self.types = types
    self.misfits = misfits
    self.screen = screen
  }

  /// Whether a column is given.
  public func takes(_ name: String) -> Bool { columns?.contains(name) ?? true }
}

/// What the reading of a typed file found besides the rows.
public struct TypedReport: Sendable {
  /// The columns that were given, with their types.
  public let schema: Schema
  /// How many bytes of the file were read.
  public let byteCount: Int
  public let notes: [String]
  /// What was passed over because of a screen.
  public let extent: ScanExtent

  public init(schema: Schema, byteCount: Int, notes: [String] = [], extent: ScanExtent = ScanExtent()) {
    self.schema = schema
    self.byteCount = byteCount
    self.notes = notes
    self.extent = extent
  }
}
