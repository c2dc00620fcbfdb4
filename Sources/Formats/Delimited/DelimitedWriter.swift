import Tables

/// Writes tables as delimited text (RFC 4180, UTF-8, line feeds) that `DelimitedSource` reads back as the same cells.
///
/// A missing cell is empty, an empty text is `""`, and a word such as `NA` stands in quotes. A vector column becomes one column a place, `name_place`.
enum DelimitedWriter {
  /// Rows of a piece of text: what they take stays in a core's cache.
  private static let pieceRows = 1 << 10

  /// The rows of a table without a header.
  static func rows(_ table: Table, _ delimiter: UInt8) -> RowText {
    let fields = table.columns.map { FieldWriter($0, delimiter: delimiter) }
    let places = table.columns.reduce(0) { if case .vector(let cells) = $1 { $0 + cells.width } else { $0 + 1 } }
    return RowText(rows: table.rowCount, fields: places, most: pieceRows) { rows in
      var block = WrittenBlock(rows: rows.count, fields: fields.count)
      for field in fields { field.append(rows, to: &block) }
      return block.rows(delimiter)
    }
  }

  /// The line that names the columns. The delimiter is an ASCII character other than a quote or a line break.
  static func header(_ table: Table, _ delimiter: UInt8) -> [UInt8] {
    var (result, isFirst) = ([UInt8](), true)
    func add(_ name: String) {
      if !isFirst { result.append(delimiter) }
      isFirst = false
      DelimitedText.append(name.utf8, to: &result, delimiter: delimiter)
    }
    for (name, column) in zip(table.names, table.columns) {
      if case .vector(let cells) = column {
        for place in cells.names { add("\(name)_\(place)") }
      } else {
        add(name)
      }
    }
    result.append(0x0A)
    return result
  }
}

/// The fields of some rows, written column after column, so that a column's type is asked for once and not for each cell.
private struct WrittenBlock: ~Copyable {
  /// Fields are copied so many bytes at a time, so that a few bytes more than a field are read and written.
  private static let slack = 16

  private let rowCount: Int
  private var bytes: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var used = 0
  /// Where each field ends.
  private let ends: UnsafeMutablePointer<Int>
  private var count = 0

  init(rows: Int, fields: Int) {
    rowCount = rows
    capacity = rows * (max(1, fields) * 12 + CellText.longest) + Self.slack
    bytes = .allocate(capacity: capacity)
    ends = .allocate(capacity: max(1, rows * fields))
  }

  deinit {
    bytes.deallocate()
    ends.deallocate()
  }

  /// Room for so many bytes more behind what is written.
  private mutating func room(for more: Int) {
    if capacity - used >= more + Self.slack { return }
    capacity = max(2 * capacity, used + more + Self.slack)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: bytes, count: used)
    bytes.deallocate()
    bytes = larger
  }

  /// Appends one field for each of some rows, each of at most `longest` bytes; `write` gives how many it wrote.
  @inline(__always)
  mutating func append(
    _ rows: Range<Int>, longest: Int, _ write: (Int, UnsafeMutablePointer<UInt8>) -> Int
  ) {
    room(for: rows.count &* longest)
    var at = used
    var field = count
    for row in rows {
      at &+= write(row, bytes + at)
      ends[field] = at
      field &+= 1
    }
    (used, count) = (at, field)
  }

  /// Appends one field that may be long.
  @inline(__always)
  mutating func append(longest: Int, _ write: (UnsafeMutablePointer<UInt8>) -> Int) {
    room(for: longest)
    used &+= write(bytes + used)
    ends[count] = used
    count &+= 1
  }

  /// The same fields row after row.
  func rows(_ delimiter: UInt8) -> [UInt8] {
    let (rowCount, count, bytes, ends) = (rowCount, count, bytes, ends)
    let total = used + max(count, rowCount)
    return [UInt8](unsafeUninitializedCapacity: total + Self.slack) { result, size in
      guard var p = result.baseAddress else { return }
      for row in 0..<rowCount {
        for field in stride(from: row, to: count, by: rowCount) {
          if field >= rowCount {
            p[0] = delimiter
            p += 1
          }
          let start = field > 0 ? ends[field &- 1] : 0
          let length = ends[field] &- start
          Self.copy(bytes + start, to: p, length)
          p += length
        }
        p[0] = 0x0A
        p += 1
      }
      size = total
    }
  }

  /// Short fields in one go.
  @inline(__always)
  private static func copy(_ source: UnsafeMutablePointer<UInt8>, to target: UnsafeMutablePointer<UInt8>, _ count: Int)
  {
    if count <= slack {
      let all = UnsafeRawPointer(source).loadUnaligned(as: SIMD16<UInt8>.self)
      UnsafeMutableRawPointer(target).storeBytes(of: all, as: SIMD16<UInt8>.self)
    } else {
      target.update(from: source, count: count)
    }
  }
}

/// Writes the cells of one column.
private struct FieldWriter: Sendable {
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
      var text = FloatText()
      append(cells, rows, to: &block) { $0.isNaN ? 0 : text.write($0, to: $1) }
    case .vector(let cells): append(cells, rows, to: &block)
    case .bool(let cells): append(cells, rows, to: &block) { CellText.write($0, to: $1) }
    case .int(let cells): append(cells, rows, to: &block) { CellText.write($0, to: $1) }
    case .date(let cells): append(cells, rows, to: &block) { CellText.write(day: $0, to: $1) }
    case .datetime(let cells): append(cells, rows, to: &block) { CellText.write(moment: $0, to: $1) }
    }
  }

  @inline(__always)
  private func append<Value>(
    _ cells: Cells<Value>, _ rows: Range<Int>, to block: inout WrittenBlock,
    _ write: (Value, UnsafeMutablePointer<UInt8>) -> Int
  ) {
    cells.values.withUnsafeBufferPointer { values in
      if let validity = cells.validity {
        block.append(rows, longest: CellText.longest) { validity[$0] ? write(values[$0], $1) : 0 }
      } else {
        block.append(rows, longest: CellText.longest) { write(values[$0], $1) }
      }
    }
  }

  private func append(_ cells: VectorCells, _ rows: Range<Int>, to block: inout WrittenBlock) {
    var text = FloatText()
    for row in rows {
      block.append(longest: cells.width * (CellText.longest + 1)) { p in
        var count = 0
        for place in 0..<cells.width {
          if place > 0 {
            p[count] = delimiter
            count += 1
          }
          let value = cells[row, place]
          if !value.isNaN { count += text.write(value, to: p + count) }
        }
        return count
      }
    }
  }

  private func append(_ cells: TextCells, _ rows: Range<Int>, to block: inout WrittenBlock) {
    switch cells.storage {
    case .dictionary(let codes, _):
      codes.withUnsafeBufferPointer { codes in
        words.withUnsafeBufferPointer { words in
          wordEnds.withUnsafeBufferPointer { ends in
            for row in rows {
              guard cells.isValid(row) else {
                block.append(longest: 0) { _ in 0 }
                continue
              }
              let code = Int(codes[row])
              let start = code > 0 ? ends[code - 1] : 0
              Self.append(UnsafeBufferPointer(rebasing: words[start..<ends[code]]), to: &block)
            }
          }
        }
      }
    case .plain(let offsets, let text):
      var field: [UInt8] = []
      text.withUnsafeBufferPointer { text in
        for row in rows {
          field.removeAll(keepingCapacity: true)
          if cells.isValid(row) {
            let cell = UnsafeBufferPointer(rebasing: text[offsets[row]..<offsets[row + 1]])
            DelimitedText.append(cell, to: &field, delimiter: delimiter)
          }
          field.withUnsafeBufferPointer { Self.append($0, to: &block) }
        }
      }
    }
  }

  @inline(__always)
  private static func append(_ field: UnsafeBufferPointer<UInt8>, to block: inout WrittenBlock) {
    block.append(longest: field.count) { p in
      if let base = field.baseAddress { p.update(from: base, count: field.count) }
      return field.count
    }
  }
}
