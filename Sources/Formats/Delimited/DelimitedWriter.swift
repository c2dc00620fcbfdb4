import Kernels
import Tables

/// Writes tables as delimited text (RFC 4180, UTF-8, line feeds) that `DelimitedSource` reads back as the same cells.
///
/// A missing cell is empty, an empty text is `""`, and a word such as `NA` stands in quotes. A vector column becomes one column a place, `name_place`.
enum DelimitedWriter {
  private static let chunkRows = 1 << 14
  private static let blockRows = 1 << 10

  /// The rows of a table without a header. The same bytes on any number of threads.
  static func body(_ table: Table, _ delimiter: UInt8, _ progress: Progress) throws(Cancelled) -> [UInt8] {
    let fields = table.columns.map { FieldWriter($0, delimiter: delimiter) }
    let chunks = (table.rowCount + chunkRows - 1) / chunkRows
    let parts = parallelMap(chunks) { chunk -> [UInt8] in
      if progress.isCancelled { return [] }
      return rows(chunk * chunkRows..<min(table.rowCount, (chunk + 1) * chunkRows), fields, delimiter)
    }
    try progress.checkpoint(1, "writing")
    var result: [UInt8] = []
    result.reserveCapacity(parts.reduce(0) { $0 + $1.count })
    for part in parts { result.append(contentsOf: part) }
    return result
  }

  /// The line that names the columns. The delimiter is an ASCII character other than a quote or a line break.
  static func header(_ table: Table, _ delimiter: UInt8) -> [UInt8] {
    var names: [String] = []
    for (name, column) in zip(table.names, table.columns) {
      if case .vector(let cells) = column {
        names += cells.names.map { "\(name)_\($0)" }
      } else {
        names.append(name)
      }
    }
    var result: [UInt8] = []
    for (place, name) in names.enumerated() {
      if place > 0 { result.append(delimiter) }
      DelimitedText.append(name.utf8, to: &result, delimiter: delimiter)
    }
    result.append(0x0A)
    return result
  }

  private static func rows(_ rows: Range<Int>, _ fields: [FieldWriter], _ delimiter: UInt8) -> [UInt8] {
    var result: [UInt8] = []
    var block = WrittenBlock()
    for start in stride(from: rows.lowerBound, to: rows.upperBound, by: blockRows) {
      let rows = start..<min(rows.upperBound, start + blockRows)
      block.clear()
      for field in fields { field.append(rows, to: &block) }
      block.append(rows: rows.count, to: &result, delimiter)
    }
    return result
  }
}

/// The fields of some rows, written column after column, so that a column's type is asked for once and not for each cell.
private struct WrittenBlock {
  var bytes: [UInt8] = []
  /// Where each field ends.
  private var ends: [Int] = []

  mutating func clear() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }

  /// Ends the field that was written last.
  mutating func endField() { ends.append(bytes.count) }

  /// The same fields row after row.
  func append(rows count: Int, to result: inout [UInt8], _ delimiter: UInt8) {
    result.reserveCapacity(result.count + bytes.count + ends.count)
    bytes.withUnsafeBufferPointer { bytes in
      ends.withUnsafeBufferPointer { ends in
        for row in 0..<count {
          for field in stride(from: row, to: ends.count, by: count) {
            if field >= count { result.append(delimiter) }
            let start = field > 0 ? ends[field - 1] : 0
            result.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<ends[field]]))
          }
          result.append(0x0A)
        }
      }
    }
  }
}

/// Writes the cells of one column.
private struct FieldWriter {
  private let column: Column
  private let delimiter: UInt8
  /// The words of a dictionary column as they are written, one after the other, and where each ends.
  private let words: [UInt8]
  private let wordEnds: [Int]

  init(_ column: Column, delimiter: UInt8) {
    self.column = column
    self.delimiter = delimiter
    var (written, ends): ([UInt8], [Int]) = ([], [])
    if case .text(let cells) = column, case .dictionary(_, let words) = cells.storage {
      for word in words {
        DelimitedText.append(word.utf8, to: &written, delimiter: delimiter)
        ends.append(written.count)
      }
    }
    words = written
    wordEnds = ends
  }

  func append(_ rows: Range<Int>, to block: inout WrittenBlock) {
    switch column {
    case .text(let cells): append(cells, rows, to: &block)
    case .float(let cells):
      for row in rows {
        if let value = cells[row] { Self.append(value, to: &block.bytes) }
        block.endField()
      }
    case .vector(let cells):
      for row in rows {
        for place in 0..<cells.width {
          if place > 0 { block.bytes.append(delimiter) }
          Self.append(cells[row, place], to: &block.bytes)
        }
        block.endField()
      }
    case .bool(let cells): append(cells, rows, to: &block) { .bool($0) }
    case .int(let cells): append(cells, rows, to: &block) { .int($0) }
    case .date(let cells): append(cells, rows, to: &block) { .date($0) }
    case .datetime(let cells): append(cells, rows, to: &block) { .datetime($0) }
    }
  }

  private static func append(_ value: Double, to bytes: inout [UInt8]) {
    if !value.isNaN { bytes.append(contentsOf: value.description.utf8) }
  }

  private func append<Value>(
    _ cells: Cells<Value>, _ rows: Range<Int>, to block: inout WrittenBlock, _ cell: (Value) -> Cell
  ) {
    for row in rows {
      if let value = cells[row] { block.bytes.append(contentsOf: cell(value).description.utf8) }
      block.endField()
    }
  }

  private func append(_ cells: TextCells, _ rows: Range<Int>, to block: inout WrittenBlock) {
    switch cells.storage {
    case .dictionary(let codes, _):
      codes.withUnsafeBufferPointer { codes in
        words.withUnsafeBufferPointer { words in
          wordEnds.withUnsafeBufferPointer { ends in
            for row in rows {
              if cells.isValid(row) {
                let code = Int(codes[row])
                let start = code > 0 ? ends[code - 1] : 0
                block.bytes.append(contentsOf: UnsafeBufferPointer(rebasing: words[start..<ends[code]]))
              }
              block.endField()
            }
          }
        }
      }
    case .plain(let offsets, let text):
      text.withUnsafeBufferPointer { text in
        for row in rows {
          if cells.isValid(row) {
            let field = UnsafeBufferPointer(rebasing: text[offsets[row]..<offsets[row + 1]])
            DelimitedText.append(field, to: &block.bytes, delimiter: delimiter)
          }
          block.endField()
        }
      }
    }
  }
}
