import CZlib

/// The pages of a column of a row group, compressed one after the other.
struct ChunkBuilder: Sendable {
  let compression: PageCompression
  /// Whether a page could not be compressed, for want of memory.
  private(set) var hasFailed = false
  private(set) var bytes: [UInt8] = []
  /// How many they are, or were.
  private(set) var size = 0
  /// Bytes of all pages before they were compressed, their headers included.
  private(set) var uncompressedSize = 0
  /// Where the first data page begins; after a dictionary.
  private(set) var dataStart = 0
  /// Those of the pages' values and levels, each once.
  private(set) var encodings: [PageEncoding] = [.rle]

  init(_ compression: PageCompression) { self.compression = compression }

  var hasDictionary: Bool { dataStart > 0 }

  /// Appends the words of a dictionary, as plain pages have them; before any data.
  mutating func append(dictionary words: [UInt8], count: Int) {
    note(.plain)
    append(words, .dictionary) { writer in
      writer.structure(7) { page in
        page.int32(1, count)
        page.int32(2, Int(PageEncoding.plain.rawValue))
      }
    }
    dataStart = bytes.count
  }

  /// Appends levels and values of so many rows.
  mutating func append(page: [UInt8], rows: Int, _ encoding: PageEncoding) {
    note(encoding)
    append(page, .data) { writer in
      writer.structure(5) { page in
        page.int32(1, rows)
        page.int32(2, Int(encoding.rawValue))
        page.int32(3, Int(PageEncoding.rle.rawValue))
        page.int32(4, Int(PageEncoding.rle.rawValue))
      }
    }
  }

  /// Gives up the bytes, which are in the file.
  mutating func drop() { bytes = [] }

  private mutating func note(_ encoding: PageEncoding) {
    if !encodings.contains(encoding) { encodings.append(encoding) }
  }

  private mutating func append(_ page: [UInt8], _ kind: PageKind, _ details: (inout CompactWriter) -> Void) {
    guard let compressed = page.withUnsafeBufferPointer(compression.compress) else {
      hasFailed = true
      return
    }
    let checksum = compressed.withUnsafeBufferPointer { crc32(0, $0.baseAddress, UInt32($0.count)) }
    var header = CompactWriter()
    header.structure { writer in
      writer.int32(1, Int(kind.rawValue))
      writer.int32(2, page.count)
      writer.int32(3, compressed.count)
      writer.int32(4, Int(Int32(truncatingIfNeeded: checksum)))
      details(&writer)
    }
    bytes += header.bytes
    bytes += compressed
    size = bytes.count
    uncompressedSize += header.bytes.count + page.count
  }
}

/// Which rows have a value, as pages say it: nothing is kept while all have one.
struct WrittenLevels {
  private(set) var rowCount = 0
  private(set) var missingCount = 0
  /// One for a value and zero for none; empty while there is none missing.
  private var levels: [Int32] = []

  mutating func append(present count: Int) {
    rowCount += count
    if missingCount > 0 { levels.append(contentsOf: repeatElement(1, count: count)) }
  }

  @inline(__always)
  mutating func append(_ isPresent: Bool) {
    if !isPresent {
      if missingCount == 0 { levels = [Int32](repeating: 1, count: rowCount) }
      missingCount += 1
    }
    rowCount += 1
    if missingCount > 0 { levels.append(isPresent ? 1 : 0) }
  }

  /// How many of the rows have a value.
  func presentCount(_ rows: Range<Int>) -> Int {
    missingCount == 0 ? rows.count : levels[rows].reduce(0) { $0 + Int($1) }
  }

  /// Appends the levels of some rows with their size before them.
  func append(_ rows: Range<Int>, to page: inout [UInt8]) {
    var bytes: [UInt8] = []
    if missingCount == 0 {
      bytes.append(varint: UInt64(rows.count) << 1)
      bytes.append(1)
    } else {
      levels.withUnsafeBufferPointer {
        HybridEncoder.append(UnsafeBufferPointer(rebasing: $0[rows]), width: 1, to: &bytes)
      }
    }
    page.append(word32: UInt32(bytes.count))
    page += bytes
  }
}
