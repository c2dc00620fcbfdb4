import Kernels
import Tables

/// Some rows of a column.
struct ColumnPart: Sendable {
  let column: Column
  let found: PartFindings
}

/// Reads one column of one row group, a part after the other. One thread at a time is at it.
final class ColumnLane: @unchecked Sendable {
  private let pages: PageReader
  private let sink: any ColumnSink
  /// Whether nothing is kept between parts that can be read again: there are many columns.
  private let isFrugal: Bool
  private let validity = PartValidity()
  /// Bytes that parts so far were said to have read.
  private var toldBytes = 0
  /// The first problem, which all parts from there on have.
  private var failure: ParquetFailure?

  private init(_ pages: PageReader, _ sink: any ColumnSink, isFrugal: Bool) {
    self.pages = pages
    self.sink = sink
    self.isFrugal = isFrugal
  }

  /// What a lane is made of: where its pages are and what they become.
  struct Site: Sendable {
    let file: FileBytes
    let column: ReadColumn
    let chunk: ChunkMetadata
    let rowCount: Int
    /// Bytes that are read at a time, and whether what is read ahead is given up between parts.
    let stretch: Int
    let isFrugal: Bool
    let expander: Expander
  }

  /// Nothing is read yet. Throws for a place that the file has not.
  static func open(_ site: Site, _ progress: Progress) throws(ParquetFailure) -> ColumnLane {
    let (file, chunk, column) = (site.file, site.chunk, site.column)
    guard let codec = chunk.codec else { throw .damaged("its pages are compressed in a way that is not known here") }
    let window = try ReadWindow(
      file, start: chunk.start, size: chunk.compressedSize, end: file.length - Footer.tail, stretch: site.stretch)
    let pages = PageReader(window, codec, column.leaf, rows: site.rowCount, site.expander, progress)
    return ColumnLane(pages, column.rule.sink(rows: site.rowCount), isFrugal: site.isFrugal)
  }

  /// The next rows.
  func part(_ rows: Int) throws(ParquetFailure) -> ColumnPart {
    if let failure { throw failure }
    do throws(ParquetFailure) { return try read(rows) } catch {
      failure = error
      throw error
    }
  }

  private func read(_ rows: Int) throws(ParquetFailure) -> ColumnPart {
    var found = PartFindings()
    validity.begin(rows)
    while pages.rowsLeft == 0 { try pages.turn(sink) }
    sink.begin(rows)
    var done = 0
    while done < rows {
      if pages.rowsLeft == 0 {
        try pages.turn(sink)
        continue
      }
      let next = done..<done + min(rows - done, pages.rowsLeft)
      let valid = try pages.takeLevels(next, validity)
      try sink.take(next, valid: valid, validity, &found)
      done = next.upperBound
    }
    if isFrugal { pages.rest() }
    found.byteCount = pages.byteCount - toldBytes
    toldBytes = pages.byteCount
    return ColumnPart(column: sink.finish(validity), found: found)
  }
}
