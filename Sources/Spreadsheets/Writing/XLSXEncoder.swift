import Formats
import Kernels
import Tables

/// Makes a workbook of one sheet, row by row.
struct XLSXEncoder: TableEncoder {
  private static let pieceRows = 1 << 10

  private var archive = ZipWriter()
  private var rows: SheetRowWriter
  /// What was made and not given yet.
  private var ready: [UInt8] = []
  /// The header is row 1.
  private var rowCount = 1

  /// Throws `tooLarge` for more columns than a sheet has, and for a name longer than a cell's text.
  init(_ table: Table) throws(SourceError) {
    rows = SheetRowWriter(table.columns)
    let names = Self.names(table)
    guard names.count <= CellReference.mostColumns else {
      throw Self.tooLarge("\(names.count) columns, and a sheet has \(CellReference.mostColumns)")
    }
    for (name, part) in WorkbookParts.all { ready += try archive.add(name, Array(part.utf8)) }
    ready += archive.begin(WorkbookParts.sheet)
    ready += try archive.append(Array(WorkbookParts.sheetStart.utf8) + rows.header(names))
  }

  /// The names of the columns; of a vector one for each place.
  private static func names(_ table: Table) -> [String] {
    zip(table.names, table.columns).flatMap { name, column -> [String] in
      if case .vector(let cells) = column { cells.names.map { "\(name)_\($0)" } } else { [name] }
    }
  }

  mutating func append(_ chunk: Table, _ progress: Progress) throws(SourceError) -> [UInt8] {
    guard rowCount + chunk.rowCount <= CellReference.mostRows else {
      throw Self.tooLarge("more than \(CellReference.mostRows - 1) rows; .csv and .jsonl hold any number")
    }
    for start in stride(from: 0, to: chunk.rowCount, by: Self.pieceRows) {
      do throws(Cancelled) {
        try progress.checkpoint(Double(start) / Double(chunk.rowCount), "writing")
      } catch { throw SourceError(source: Self.source, reason: .cancelled) }
      let piece = start..<min(chunk.rowCount, start + Self.pieceRows)
      ready += try archive.append(try rows.text(chunk.columns, piece, first: rowCount + 1))
      rowCount += piece.count
    }
    defer { ready = [] }
    return ready
  }

  mutating func finish(_ progress: Progress) throws(SourceError) -> [UInt8] {
    ready += try archive.append(Array(WorkbookParts.sheetEnd.utf8))
    ready += archive.end()
    ready += try archive.finish()
    defer { ready = [] }
    return ready
  }

  private static let source = "the workbook"

  static func tooLarge(_ words: String) -> SourceError { SourceError(source: source, reason: .tooLarge(words)) }
}
