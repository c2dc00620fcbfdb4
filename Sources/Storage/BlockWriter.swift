import Tables

/// A column of a chunk as bytes, little-endian, its parts on 8-byte boundaries.
///
/// Type, whether there is a validity bitmap, how the cells are stored, the count of rows; then the bitmap's words and the cells. Plain
/// text is its offsets and its bytes, coded text its codes and its words; a vector column begins with the names of its places.
struct BlockWriter {
  private(set) var bytes: [UInt8] = []

  /// The column's bytes. O(cells).
  static func bytes(of column: Column) -> [UInt8] {
    var writer = BlockWriter()
    // The bitmap, the words before the cells, and zeros to the next boundary.
    writer.bytes.reserveCapacity(column.byteCount + column.count / 8 + 64)
    writer.write(column)
    return writer.bytes
  }

  private mutating func write(_ column: Column) {
    switch column {
    case .bool(let cells): write(cells.values.map { $0 ? 1 : 0 } as [UInt8], .bool, cells.validity)
    case .int(let cells): write(cells.values, .int, cells.validity)
    case .float(let cells): write(cells.values, .float, cells.validity)
    case .date(let cells): write(cells.values, .date, cells.validity)
    case .datetime(let cells): write(cells.values, .datetime, cells.validity)
    case .text(let cells): write(cells)
    case .vector(let cells): write(cells)
    }
  }

  private mutating func head(_ kind: BlockKind, _ count: Int, _ validity: Bitmap?) {
    write(UInt64(kind.rawValue) | (validity == nil ? 0 : 0x100))
    write(UInt64(count))
    if let validity { write(raw: validity.words) }
  }

  private mutating func write<Value: BitwiseCopyable>(_ values: [Value], _ kind: BlockKind, _ validity: Bitmap?) {
    head(kind, values.count, validity)
    write(raw: values)
  }

  private mutating func write(_ cells: TextCells) {
    switch cells.storage {
    case .plain(let offsets, let text):
      head(.plainText, cells.count, cells.validity)
      let start = offsets.first ?? 0
      let end = offsets.last ?? 0
      write(UInt64(end - start))
      write(raw: start == 0 ? offsets : offsets.map { $0 - start })
      write(raw: text[start..<end])
    case .dictionary(let codes, let words):
      let used = Self.used(codes, words, cells)
      head(.codedText, cells.count, cells.validity)
      write(raw: used.codes)
      write(used.words)
    }
  }

  /// The words that occur, when those of the whole table are more than the chunk has rows.
  private static func used(_ codes: [Int32], _ words: [String], _ cells: TextCells) -> (codes: [Int32], words: [String])
  {
    words.count <= codes.count ? (codes, words) : cells.encoded()
  }

  private mutating func write(_ cells: VectorCells) {
    switch cells.storage {
    case .dense(let values):
      head(.denseVector, cells.count, nil)
      write(cells.names)
      write(raw: values)
    case .codes(let codes):
      head(.codedVector, cells.count, nil)
      write(cells.names)
      write(raw: codes)
    }
  }

  mutating func write(_ word: UInt64) {
    withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func write(_ words: [String]) {
    write(UInt64(words.count))
    var ends: [UInt64] = []
    var text: [UInt8] = []
    for word in words {
      text.append(contentsOf: word.utf8)
      ends.append(UInt64(text.count))
    }
    write(raw: ends)
    write(raw: text)
  }

  /// The memory of an array, then zeros to the next boundary.
  private mutating func write<Values: Collection>(raw values: Values) where Values.Element: BitwiseCopyable {
    _ = values.withContiguousStorageIfAvailable { bytes.append(contentsOf: UnsafeRawBufferPointer($0)) }
    let excess = bytes.count % 8
    if excess != 0 { bytes.append(contentsOf: repeatElement(0, count: 8 - excess)) }
  }
}

/// How a block's cells are stored. The numbers are part of the file.
enum BlockKind: UInt8 {
  case bool = 1
  case int, float, date, datetime, plainText, codedText, denseVector, codedVector
}
