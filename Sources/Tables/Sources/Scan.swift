/// Which rows and columns of a source are wanted.
public struct ScanRequest: Sendable {
  /// The columns to read; nil for all. A name that is not there is passed over.
  public var columns: Set<String>?
  /// At most the first so many rows; nil for all. Reading stops early.
  public var limit: Int?
  /// Types that are settled already, by an earlier scan or by another file: a cell that does not fit is a row error.
  public var types: [String: ColumnType]
  /// Rows that it passes over need not be given; nil where all are wanted.
  public var screen: (any RowScreen)?

  public init(
    columns: Set<String>? = nil, limit: Int? = nil, types: [String: ColumnType] = [:], screen: (any RowScreen)? = nil
  ) {
    self.columns = columns
    self.limit = limit
    self.types = types
    self.screen = screen
  }
}

/// Whether a scan goes on after a chunk.
public enum ScanStep: Sendable { case more, stop }

/// What a scan found out besides the rows.
public struct ScanReport: Sendable {
  /// The columns that were read, in the source's order, with the types that they have at the end.
  public let schema: Schema
  /// One line each, for example `2 rows rejected, kept in bad.csv`.
  public let notes: [String]
  /// How many rows were given.
  public let rowCount: Int
  /// How many bytes of the source were read.
  public let byteCount: Int
  private let settle: @Sendable (TextCells, ColumnType) -> Column

  /// `settle` reads the texts of a column that was open as the type that it has at the end.
  public init(
    schema: Schema, notes: [String] = [], rowCount: Int, byteCount: Int = 0,
    settle: @escaping @Sendable (TextCells, ColumnType) -> Column = { cells, type in .missing(type, count: cells.count)
    }
  ) {
    self.schema = schema
    self.notes = notes
    self.rowCount = rowCount
    self.byteCount = byteCount
    self.settle = settle
  }

  /// The same with other notes in the place of each.
  public func mapNotes(_ other: (String) -> String) -> ScanReport {
    ScanReport(schema: schema, notes: notes.map(other), rowCount: rowCount, byteCount: byteCount, settle: settle)
  }

  /// The same of some of the columns; nil stands for all.
  public func restricted(to columns: Set<String>?) -> ScanReport {
    guard let columns else { return self }
    return ScanReport(
      schema: Schema(schema.fields.filter { columns.contains($0.name) }), notes: notes, rowCount: rowCount,
      byteCount: byteCount, settle: settle)
  }

  /// A chunk's column as the type that it has at the end: ints as floats, open texts as what they turned out to be. O(rows).
  public func conformed(_ column: Column, to type: ColumnType) -> Column {
    switch (column, type) {
    case (let column, let type) where column.type == type: column
    case (.int(let cells), .float): .float(Cells(cells.values.map(Double.init), validity: cells.validity))
    case (.text(let cells), _): settle(cells, type)
    case (let column, let type): .missing(type, count: column.count)
    }
  }
}
