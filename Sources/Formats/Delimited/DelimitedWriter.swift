import Kernels
import Tables

/// Writes tables as delimited text (RFC 4180, UTF-8, line feeds) that `DelimitedSource` reads back as the same cells.
///
/// A missing cell is empty, an empty text is `""`, and a word such as `NA` stands in quotes. A vector column becomes one column a place, `name_place`.
enum DelimitedWriter {
  private static let chunkRows = 1 << 14

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
    for row in rows {
      var isFirst = true
      for field in fields {
        if !isFirst { result.append(delimiter) }
        field.append(row, to: &result)
        isFirst = false
      }
      result.append(0x0A)
    }
    return result
  }
}

/// Writes the cells of one column.
private struct FieldWriter {
  private let column: Column
  private let delimiter: UInt8
  /// The words of a dictionary column as they are written.
  private let words: [[UInt8]]

  init(_ column: Column, delimiter: UInt8) {
    self.column = column
    self.delimiter = delimiter
    if case .text(let cells) = column, case .dictionary(_, let words) = cells.storage {
      self.words = words.map { word in
        var written: [UInt8] = []
        DelimitedText.append(word.utf8, to: &written, delimiter: delimiter)
        return written
      }
    } else {
      words = []
    }
  }

  func append(_ row: Int, to bytes: inout [UInt8]) {
    switch column {
    case .text(let cells):
      guard cells.isValid(row) else { return }
      switch cells.storage {
      case .dictionary(let codes, _): bytes.append(contentsOf: words[Int(codes[row])])
      case .plain(let offsets, let text):
        DelimitedText.append(text[offsets[row]..<offsets[row + 1]], to: &bytes, delimiter: delimiter)
      }
    case .float(let cells):
      if let value = cells[row], !value.isNaN { bytes.append(contentsOf: value.description.utf8) }
    case .vector(let cells):
      for place in 0..<cells.width {
        if place > 0 { bytes.append(delimiter) }
        let value = cells[row, place]
        if !value.isNaN { bytes.append(contentsOf: value.description.utf8) }
      }
    case .bool, .int, .date, .datetime: bytes.append(contentsOf: column[row].description.utf8)
    }
  }
}
