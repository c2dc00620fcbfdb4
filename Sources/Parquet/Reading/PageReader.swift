import CZlib
import Kernels

/// The values of a data page, as they are written.
enum PageValues {
  /// One after the other.
  case plain(ByteCursor)
  /// Places in the dictionary.
  case coded(HybridDecoder)
  /// Bits, as booleans are written.
  case bits(HybridDecoder)
}

/// Reads the pages of a column of a row group, one after the other.
final class PageReader {
  /// Bytes that a header has at most, the values in its statistics included; and that are looked at first.
  private static let (longestHeader, usualHeader) = (1 << 24, 1 << 9)

  private let leaf: SchemaColumns.Leaf
  private let codec: Codec
  private let window: ReadWindow
  private let expander: Expander
  private let progress: Progress
  private let expanded = RawBuffer()
  private let laidOut = RawBuffer()
  /// Rows of the row group that no page so far had.
  private var rowsToCome: Int
  private var hasDictionary = false
  /// Rows of the page at hand that were not taken.
  private(set) var rowsLeft = 0
  private var levels: HybridDecoder?
  /// Whether levels or values of the page at hand are read where the file has them.
  private var isInPlace = false
  /// Levels of an old page, which have to stay while it is read.
  private let oldLevels = RawBuffer()

  /// How many bytes of the file were read.
  var byteCount: Int { window.byteCount }

  init(
    _ window: ReadWindow, _ codec: Codec, _ leaf: SchemaColumns.Leaf, rows: Int, _ expander: Expander,
    _ progress: Progress
  ) {
    self.window = window
    self.codec = codec
    self.leaf = leaf
    self.expander = expander
    self.progress = progress
    rowsToCome = rows
  }

  /// Says which of the rows of a part have a value, they being the next of the page; gives how many.
  func takeLevels(_ rows: Range<Int>, _ validity: PartValidity) throws(ParquetFailure) -> Int {
    rowsLeft -= rows.count
    guard levels != nil else {
      validity.set(rows)
      return rows.count
    }
    try levels?.levels(rows, deepest: leaf.definition, to: validity)
    return validity.ones(rows)
  }

  /// Turns to the next data page; a dictionary that stands before it is handed over too.
  func turn(_ sink: any ColumnSink) throws(ParquetFailure) {
    guard rowsToCome > 0 else { throw .damaged("its pages hold fewer values than there are rows") }
    while true {
      if progress.isCancelled { throw .cancelled }
      let header = try header()
      let body = try window.bytes(header.compressedSize)
      window.advance(header.compressedSize)
      try check(body, header)
      switch header.kind {
      case .dictionary: try takeDictionary(body, header, sink)
      case .data:
        sink.turn(to: try dataPage(body, header))
        return
      case .dataV2:
        sink.turn(to: try dataPageV2(body, header))
        return
      case .index, nil: continue
      }
    }
  }

  /// Gives back what is read ahead, unless the page at hand stands there.
  func rest() { if !isInPlace { window.release() } }

  private func header() throws(ParquetFailure) -> PageHeader {
    var size = min(Self.usualHeader, window.likelyLeft)
    while true {
      let bytes = try window.bytes(size)
      var reader = CompactReader(bytes.at, bytes.count)
      do throws(CompactReader.Failure) {
        let header = try PageHeader.read(&reader)
        window.advance(reader.at)
        return header
      } catch {
        guard error == .cut, size < Self.longestHeader else {
          throw .damaged("the header of a page at byte \(window.position) is damaged")
        }
        guard size < window.left else { throw .damaged("its pages end early") }
        size = min(size * 8, window.left)
      }
    }
  }

  private func check(_ body: ByteCursor, _ header: PageHeader) throws(ParquetFailure) {
    guard let expected = header.checksum else { return }
    guard crc32(0, body.at, UInt32(truncatingIfNeeded: body.count)) == UInt(expected) else {
      throw .damaged("a page before byte \(window.position) has another checksum than it says: its bytes have changed")
    }
  }

  /// The bytes of a page, or of its values, expanded.
  private func expand(_ body: ByteCursor, size: Int) throws(ParquetFailure) -> ByteCursor {
    guard size >= 0 else { throw .damaged("the levels of a page have more bytes than the page") }
    if codec == .uncompressed {
      guard body.count == size else { throw .damaged("a page of \(body.count) bytes says that it has \(size)") }
      return body
    }
    if size == 0 { return ByteCursor(body.at, 0) }
    try expander.expand(codec, body, to: expanded, size: size)
    return ByteCursor(expanded)
  }

  private func takeDictionary(
    _ body: ByteCursor, _ header: PageHeader, _ sink: any ColumnSink
  ) throws(ParquetFailure) {
    guard !hasDictionary else { throw .damaged("it has two dictionaries") }
    guard header.encoding == .plain || header.encoding == .plainDictionary else {
      throw .damaged("its dictionary is written by encoding \(header.encodingCode)")
    }
    hasDictionary = true
    try sink.take(dictionary: try expand(body, size: header.uncompressedSize), count: header.valueCount)
    // A dictionary is often much larger than a page.
    expanded.release()
  }

  // MARK: Data pages

  private func begin(_ header: PageHeader) throws(ParquetFailure) {
    guard header.valueCount <= rowsToCome else {
      throw .damaged("its pages hold more values than there are rows")
    }
    rowsToCome -= header.valueCount
    rowsLeft = header.valueCount
    levels = nil
    isInPlace = codec == .uncompressed || header.kind == .dataV2
  }

  private func dataPage(_ body: ByteCursor, _ header: PageHeader) throws(ParquetFailure) -> PageValues {
    try begin(header)
    var bytes = try expand(body, size: header.uncompressedSize)
    if leaf.definition > 0 {
      let width = Self.bits(leaf.definition)
      switch header.levelEncoding {
      case .rle:
        let size = try bytes.word32("its levels")
        levels = try HybridDecoder(try bytes.take(Int(size), "its levels"), width: width)
      case .bitPacked:
        let packed = try bytes.take(PackedLevels.size(header.valueCount, width: width), "its levels")
        try PackedLevels.hybrid(packed, count: header.valueCount, width: width, into: oldLevels)
        levels = try HybridDecoder(ByteCursor(oldLevels), width: width)
      default: throw .damaged("its levels are written in a way that is not known here")
      }
    }
    return try values(bytes, header)
  }

  private func dataPageV2(_ body: ByteCursor, _ header: PageHeader) throws(ParquetFailure) -> PageValues {
    try begin(header)
    var bytes = body
    _ = try bytes.take(header.repetitionSize, "its levels")
    let packed = try bytes.take(header.definitionSize, "its levels")
    if leaf.definition > 0 { levels = try HybridDecoder(packed, width: Self.bits(leaf.definition)) }
    if header.isCompressed {
      bytes = try expand(bytes, size: header.uncompressedSize - header.repetitionSize - header.definitionSize)
    }
    return try values(bytes, header)
  }

  /// Bits of a level.
  private static func bits(_ deepest: Int) -> Int { Int.bitWidth - deepest.leadingZeroBitCount }

  private func values(_ bytes: ByteCursor, _ header: PageHeader) throws(ParquetFailure) -> PageValues {
    var bytes = bytes
    let (physical, most) = (leaf.node.physical, header.valueCount)
    let width = physical == .fixedLengthByteArray ? leaf.node.length : physical?.width
    switch (header.encoding, physical) {
    case (.plainDictionary, _), (.rleDictionary, _):
      guard hasDictionary else { throw .damaged("a page names words of a dictionary, and there is none") }
      guard bytes.count > 0 else { return .coded(try HybridDecoder(bytes, width: 0)) }
      let width = Int(bytes.at[0])
      bytes.skip(1)
      return .coded(try HybridDecoder(bytes, width: width))
    case (.plain, .boolean): return .bits(HybridDecoder(bits: bytes))
    case (.plain, _): return .plain(bytes)
    case (.rle, .boolean):
      let size = try bytes.word32("its values")
      return .bits(try HybridDecoder(try bytes.take(Int(size), "its values"), width: 1))
    case (.deltaBinaryPacked, .int32), (.deltaBinaryPacked, .int64):
      return .plain(try DeltaBinaryPacked.plain(bytes, width: width ?? 8, most: most, into: laidOut))
    case (.deltaLengthByteArray, .byteArray):
      return .plain(try DeltaByteArrays.byLength(bytes, most: most, into: laidOut))
    case (.deltaByteArray, .byteArray), (.deltaByteArray, .fixedLengthByteArray):
      return .plain(try DeltaByteArrays.byPrefix(bytes, width: width, most: most, into: laidOut))
    case (.byteStreamSplit, _) where width != nil && physical != .int96:
      return .plain(try ByteStreamSplit.plain(bytes, width: width ?? 0, into: laidOut))
    default:
      throw .damaged("its values are written by encoding \(header.encodingCode), which is not read for their type")
    }
  }
}
