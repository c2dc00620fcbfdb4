import Formats
import Kernels
import Tables

/// Gives the rows of a sheet's table in chunks.
struct SheetRows {
  /// Cells of a chunk, about, and its rows.
  private static let (cells, mostRows) = (1 << 20, 1 << 14)

  /// The columns that are given.
  let columns: [SheetLayout.SheetColumn]
  private let layout: SheetLayout
  private let options: SheetOptions
  private let strings: SharedStrings
  private let source: String
  private let limit: Int
  private let chunkRows: Int
  /// For each column of the sheet its place among those that are given, or -1.
  private let places: [Int]
  private var chunk: [ChunkColumn] = []
  /// The cells of the chunk that show an error.
  private var errors: [TypedMisfit] = []
  private let misfits: TypedMisfits
  private var rowsInChunk = 0
  private var rows = 0

  init(
    _ layout: SheetLayout, _ wanted: TypedRequest, _ options: SheetOptions, _ strings: SharedStrings, source: String
  ) {
    self.layout = layout
    self.options = options
    self.strings = strings
    self.source = source
    misfits = wanted.misfits
    limit = min(wanted.limit ?? .max, layout.rowCount)
    columns = layout.columns.filter { wanted.takes($0.name) }
    chunkRows = max(64, min(Self.mostRows, Self.cells / max(1, columns.count)))
    var places = [Int](repeating: -1, count: (layout.columns.map(\.place).max() ?? -1) + 1)
    for (place, column) in columns.enumerated() { places[column.place] = place }
    self.places = places
    begin()
  }

  private mutating func begin() {
    chunk = columns.map { ChunkColumn($0.type) }
    rowsInChunk = 0
  }

  /// Gives the rows until there are enough of them.
  mutating func run(
    _ reader: SheetReader, _ progress: Progress, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) {
    while rows < limit, let row = try reader.next() {
      if row.number < layout.firstRow { continue }
      if row.number > layout.lastRow { break }
      append(row)
      guard rowsInChunk == chunkRows else { continue }
      do throws(Cancelled) { try progress.checkpoint(0.5 + reader.fraction / 2, "reading") } catch {
        throw SourceError(source: source, reason: .cancelled)
      }
      if try give(take) == .stop { return }
    }
    if rowsInChunk > 0 { _ = try give(take) }
  }

  private mutating func append(_ row: SheetRow) {
    var next = 0
    for cell in row.cells where cell.column < places.count && places[cell.column] >= 0 {
      let place = places[cell.column]
      while next < place {
        chunk[next].append(nil, strings)
        next += 1
      }
      chunk[place].append(value(cell, columns[place].type), strings)
      if let name = cell.value.flatMap(options.rejectedError) {
        errors.append(TypedMisfit(row: rowsInChunk, column: columns[place].name, text: name))
      }
      next = place + 1
    }
    while next < chunk.count {
      chunk[next].append(nil, strings)
      next += 1
    }
    rowsInChunk += 1
    rows += 1
  }

  /// The value of a cell in a column of a type; nil where it is missing.
  private func value(_ cell: SheetCell, _ type: ColumnType) -> SheetValue? {
    guard let value = cell.value, !options.isMissing(value, strings) else { return nil }
    return type != .text && value.isEmptyText(strings) ? nil : value
  }

  private mutating func give(_ take: (Table) throws(SourceError) -> ScanStep) throws(SourceError) -> ScanStep {
    let table = Table(zip(columns, chunk).map { ($0.name, $1.column) }, rowCount: rowsInChunk)
    misfits.add(errors)
    errors = []
    begin()
    return try take(table)
  }
}
