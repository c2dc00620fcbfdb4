import Formats
import Kernels
import Tables

/// Writes a file: row groups one after the other, the columns of each encoded side by side, and the footer.
struct ParquetEncoder: TableEncoder {
  private static let mark = Array("PAR1".utf8)
  private static let version = 2

  private let columns: [WrittenColumn]
  private let compression: PageCompression
  private var collector: RowCollector
  private var groups: [(chunks: [(chunk: WrittenChunk, start: Int)], rowCount: Int)] = []
  /// Bytes that were given so far.
  private var size = 0

  /// Of a file of rows like those of the table; `groupRows` are those of a row group, nil for what suits the columns.
  init(_ table: Table, _ compression: PageCompression = .snappy, groupRows: Int? = nil) {
    columns = WrittenColumn.all(of: table)
    self.compression = compression
    collector = RowCollector(columns: columns.count, groupRows: groupRows)
  }

  mutating func append(_ chunk: Table, _ progress: Progress) throws(SourceError) -> [UInt8] {
    var bytes = begun()
    var row = 0
    while row < chunk.rowCount {
      do throws(OutOfMemory) { row = try collector.take(chunk, from: row) } catch {
        throw SourceError(source: "", reason: .tooLarge("a row group of \(collector.groupRows) rows"))
      }
      if collector.isFull { bytes += try group(progress) }
    }
    return bytes
  }

  mutating func finish(_ progress: Progress) throws(SourceError) -> [UInt8] {
    var bytes = begun()
    if collector.rowCount > 0 { bytes += try group(progress) }
    let footer = footer()
    bytes += footer
    bytes.append(word32: UInt32(truncatingIfNeeded: footer.count))
    return bytes + Self.mark
  }

  /// The mark that a file begins with, the first time.
  private mutating func begun() -> [UInt8] {
    guard size == 0 else { return [] }
    size = Self.mark.count
    return Self.mark
  }

  /// Encodes the rows that were collected.
  private mutating func group(_ progress: Progress) throws(SourceError) -> [UInt8] {
    let (columns, compression, pieces, rowCount) = (columns, compression, collector.pieces, collector.rowCount)
    collector.removeAll()
    let chunks = parallelMap(columns.count) { place in
      ColumnEncoder(columns[place], compression, pieces, rowCount: rowCount).chunk(progress)
    }
    do throws(Cancelled) { try progress.checkpoint() } catch { throw SourceError(source: "", reason: .cancelled) }
    if chunks.contains(where: \.pages.hasFailed) {
      throw SourceError(source: "", reason: .tooLarge("what compresses its pages"))
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(chunks.reduce(0) { $0 + $1.pages.bytes.count })
    var placed: [(chunk: WrittenChunk, start: Int)] = []
    for chunk in chunks {
      placed.append((chunk.withoutBytes, size))
      bytes += chunk.pages.bytes
      size += chunk.pages.bytes.count
    }
    groups.append((placed, rowCount))
    return bytes
  }

  private func footer() -> [UInt8] {
    var writer = CompactWriter()
    writer.structure { file in
      file.int32(1, Self.version)
      file.list(2, [nil] + columns.map(Optional.some), of: .structure) { writer, column in
        writer.structure { node in
          if let column { return column.write(&node) }
          node.text(4, "schema")
          node.int32(5, columns.count)
        }
      }
      file.int64(3, groups.reduce(0) { $0 + $1.rowCount })
      file.list(4, groups, of: .structure) { writer, group in
        writer.structure { write(group.chunks, rowCount: group.rowCount, &$0) }
      }
      file.text(6, "mlp")
      // Bounds are in the order of each column's type.
      file.list(7, columns, of: .structure) { writer, _ in writer.structure { $0.structure(1) } }
    }
    return writer.bytes
  }

  private func write(_ chunks: [(chunk: WrittenChunk, start: Int)], rowCount: Int, _ group: inout CompactWriter) {
    group.list(1, Array(zip(columns, chunks)), of: .structure) { writer, pair in
      writer.structure { pair.1.chunk.write(&$0, pair.0, at: pair.1.start) }
    }
    group.int64(2, chunks.reduce(0) { $0 + $1.chunk.uncompressedSize })
    group.int64(3, rowCount)
    if let first = chunks.first { group.int64(5, first.start) }
    group.int64(6, chunks.reduce(0) { $0 + $1.chunk.size })
  }
}

/// Encodes one column of a row group.
struct ColumnEncoder {
  private let column: WrittenColumn
  private let compression: PageCompression
  private let pieces: [WrittenPiece]
  private let rowCount: Int

  init(_ column: WrittenColumn, _ compression: PageCompression, _ pieces: [WrittenPiece], rowCount: Int) {
    self.column = column
    self.compression = compression
    self.pieces = pieces
    self.rowCount = rowCount
  }

  /// The column's pages; some of them where the work is cancelled.
  func chunk(_ progress: Progress) -> WrittenChunk {
    let isCancelled = { progress.isCancelled }
    switch column.type {
    case .bool:
      var cells = BoolColumn()
      eachPart { if case .bool(let part) = $0 { cells.append(part, $1) } }
      return cells.chunk(compression)
    case .int:
      var cells = FixedColumn<Int64>(rowCount: rowCount)
      eachPart { if case .int(let part) = $0 { cells.append(part, $1) } }
      return cells.chunk(compression, isCancelled)
    case .datetime:
      var cells = FixedColumn<Int64>(rowCount: rowCount)
      eachPart { if case .datetime(let part) = $0 { cells.append(part, $1) } }
      return cells.chunk(compression, isCancelled)
    case .date:
      var cells = FixedColumn<Int32>(rowCount: rowCount)
      eachPart { if case .date(let part) = $0 { cells.append(part, $1) } }
      return cells.chunk(compression, isCancelled)
    case .float, .vector: return floats().chunk(compression, isCancelled)
    case .text:
      var parts: [(cells: TextCells, rows: Range<Int>)] = []
      eachPart { if case .text(let part) = $0 { parts.append((part, $1)) } }
      return TextColumn(parts).chunk(compression, isCancelled)
    }
  }

  private func eachPart(_ take: (Column, Range<Int>) -> Void) {
    for piece in pieces { if let part = piece.table[column.source] { take(part, piece.rows) } }
  }

  /// What is no number is missing.
  private func floats() -> FixedColumn<Double> {
    var cells = FixedColumn<Double>(rowCount: rowCount)
    eachPart { part, rows in
      switch part {
      case .float(let part):
        if part.values[rows].contains(where: \.isNaN) {
          for row in rows { cells.append(part[row].flatMap { $0.isNaN ? nil : $0 }) }
        } else {
          cells.append(part, rows)
        }
      case .vector(let part):
        for row in rows {
          let value = part[row, column.place ?? 0]
          cells.append(value.isNaN ? nil : value)
        }
      default: break
      }
    }
    return cells
  }
}
