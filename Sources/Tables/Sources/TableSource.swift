import Kernels

/// Why a source could not be read, without prose: the interpreter words it.
public struct SourceError: Error, Sendable, Equatable {
  public enum Reason: Sendable, Equatable {
    case file(FileError)
    /// The bytes are not of the format: what is wrong, in words.
    case badFormat(String)
    /// A cell that does not fit its column's settled type; `isExpected` where whoever asked for the rows takes
    /// no other.
    case badCell(row: Int, column: String, text: String, type: ColumnType, others: Int, isExpected: Bool = false)
    /// A row that does not hold together: `has 3 fields, not 5`. `row` counts data rows from 1; `others` counts the
    /// rows with a problem after it.
    case badRow(row: Int, column: String?, problem: String, others: Int)
    /// Larger than the stated bound.
    case tooLarge(String)
    /// What was written to it, read back, is not what was to be written: where it differs, in words.
    case differs(String)
    /// A database or a server that does not give what it was asked for.
    case place(PlaceProblem)
    /// Columns that are not those of the schema in a file.
    case drift([SchemaDifference], schema: String)
    case cancelled
  }

  /// The file or address as it was given.
  public let source: String
  public let reason: Reason
  /// 1-based line of the file at which it was seen, where there is one.
  public let line: Int?
  public let remedy: Remedy?

  public init(source: String, reason: Reason, line: Int? = nil, remedy: Remedy? = nil) {
    self.source = source
    self.reason = reason
    self.line = line
    self.remedy = remedy
  }
}

extension SourceError {
  /// The option that would read what was refused, where something points to one.
  public enum Remedy: Sendable, Equatable {
    /// The bytes are text in the encoding of that name.
    case encoding(String)
    /// The table begins below so many lines.
    case skip(Int)
    /// So many lines at the end are no rows.
    case footer(Int)
    /// Quotes within quotes follow this mark.
    case escape(String)
    /// A date reads in the orders of these names.
    case dates([String])
  }
}

/// Where a table comes from. `Plan` holds one without knowing what it is; `Formats` conforms.
public protocol TableSource: Sendable {
  /// What messages call it: the file's name without folder and extension, or the data set's name.
  var name: String { get }

  /// The words that stand for a missing cell where they are not in quotes; the empty one is the empty cell. A model that is trained on
  /// these rows reads files with the same.
  var missingWords: [String] { get }

  /// Whether types are found in texts, each of which could be read as text as well.
  var findsTypes: Bool { get }

  /// How many bytes of text hold the rows; nil where that is not known before they are read.
  var byteCount: Int? { get }

  /// About how many rows there are to make room for, from the size of the text and of a sample's rows; 0 where that is not known.
  func expectedRows(_ request: ScanRequest) throws(SourceError) -> Int

  /// Names and types as far as a header and a sample tell without reading the rest (at most 64 KiB of a file);
  /// nil when that cannot be known before reading.
  ///
  /// A column that had no value in the sample, or a number column whose int or float the whole file settles, is listed
  /// in `open`.
  func declaredSchema() throws(SourceError) -> DeclaredSchema?

  /// The same once the rows are to be read: a database has been asked by then, and a file fetched. nil for what can be read only once.
  func arrivedSchema(_ progress: Progress) throws(SourceError) -> DeclaredSchema?

  /// Gives the rows in chunks to `take`, in the source's order and on the caller's thread, until they end, `request` is met or `take`
  /// says so. However long the source is, only a bounded part of it is in memory beside what `take` keeps.
  ///
  /// A column whose type only the whole source settles (`DeclaredSchema.open`) comes as it is so far: ints until the first fraction,
  /// text while nothing settles it. The report says what it became; whoever kept chunks puts them right with `TableBuilder` or
  /// `ChunkedTable.conformed`, and whoever streams scans again with the report's types in the request.
  func scan(
    _ request: ScanRequest, _ progress: Progress, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> ScanReport

  /// The rows as one table.
  func read(_ request: ScanRequest, _ progress: Progress) throws(SourceError) -> SourceRows

  /// How much of itself it would read for a request, and how much it would pass over; nil where it does not know that before it is read.
  func extent(_ request: ScanRequest) throws(SourceError) -> ScanExtent?
}

extension TableSource {
  public var missingWords: [String] { [""] }
  public var findsTypes: Bool { false }
  public var byteCount: Int? { nil }
  public func expectedRows(_ request: ScanRequest) throws(SourceError) -> Int { 0 }
  public func arrivedSchema(_ progress: Progress) throws(SourceError) -> DeclaredSchema? { try declaredSchema() }
  public func extent(_ request: ScanRequest) throws(SourceError) -> ScanExtent? { nil }

  public func read(_ request: ScanRequest, _ progress: Progress) throws(SourceError) -> SourceRows {
    try collected(request, progress)
  }

  /// The chunks of a scan as one table.
  public func collected(_ request: ScanRequest, _ progress: Progress) throws(SourceError) -> SourceRows {
    var rows = TableBuilder()
    let report = try scan(request, progress) { (chunk) throws(SourceError) in
      rows.append(chunk)
      return .more
    }
    return SourceRows(table: rows.finish(report), notes: report.notes)
  }

  /// The rows as one table of these columns; nil for all.
  public func read(columns: Set<String>?, _ progress: Progress) throws(SourceError) -> SourceRows {
    try read(ScanRequest(columns: columns), progress)
  }
}

/// What a header and a sample tell about a source.
public struct DeclaredSchema: Sendable, Equatable {
  public let schema: Schema
  /// Columns whose type only the whole file settles.
  public let open: Set<String>
  /// The texts of columns of which the sample most likely holds all; of the others there are none here.
  public var texts: [String: [String]] = [:]

  public init(schema: Schema, open: Set<String> = []) {
    self.schema = schema
    self.open = open
  }
}

/// The rows of a source with what the reader has to say about them.
public struct SourceRows: Sendable {
  public let table: Table
  /// One line each, for example `2 rows rejected, kept in bad.csv`.
  public let notes: [String]

  public init(table: Table, notes: [String] = []) {
    self.table = table
    self.notes = notes
  }
}

/// A table already in memory as a source.
public struct MemorySource: TableSource {
  public let name: String
  public let table: Table

  public init(name: String, table: Table) {
    self.name = name
    self.table = table
  }

  public func declaredSchema() -> DeclaredSchema? { DeclaredSchema(schema: table.schema) }

  public func scan(
    _ request: ScanRequest, _ progress: Progress, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> ScanReport {
    var rows = table
    if let columns = request.columns { rows = rows.select(rows.names.filter(columns.contains)) }
    if let limit = request.limit { rows = rows.head(limit) }
    if rows.rowCount > 0 { _ = try take(rows) }
    return ScanReport(schema: rows.schema, rowCount: rows.rowCount)
  }
}
