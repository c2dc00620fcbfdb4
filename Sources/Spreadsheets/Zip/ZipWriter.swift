import CZlib
import Formats
import Tables

/// Makes a zip archive from front to back: its entries are deflated, and their sizes stand behind them. Entries have no time, so that
/// equal contents are equal bytes.
struct ZipWriter {
  private struct Written {
    let name: String
    let check: UInt
    let compressed: Int
    let expanded: Int
    let start: Int
  }

  private static let most = 0xFFFF_FFFF - 1
  /// The first of January 1980, where the format's time begins.
  private static let (time, day) = (0, 0x21)
  /// Sizes behind the data; names in UTF-8.
  private static let flags = 1 << 3 | 1 << 11

  private var entries: [Written] = []
  private var position = 0
  // Of the entry at hand:
  private var name = ""
  private var start = 0
  private var deflater = GzipWriter(isBare: true)
  private var (check, compressed, expanded): (UInt, Int, Int) = (0, 0, 0)

  /// An entry from its first byte to its last.
  mutating func add(_ name: String, _ bytes: [UInt8]) throws(SourceError) -> [UInt8] {
    try begin(name) + append(bytes) + end()
  }

  mutating func begin(_ name: String) -> [UInt8] {
    self.name = name
    start = position
    deflater = GzipWriter(isBare: true)
    (check, compressed, expanded) = (crc32(0, nil, 0), 0, 0)
    var head = Fields()
    head.four(0x0403_4B50)
    head.two(20)
    head.entry(Self.flags, check: 0, compressed: 0, expanded: 0, name: name)
    head.two(0)
    return given(head.bytes + Array(name.utf8))
  }

  /// Throws `tooLarge` beyond 4 GiB.
  mutating func append(_ bytes: [UInt8]) throws(SourceError) -> [UInt8] {
    if bytes.isEmpty { return [] }
    check = bytes.withUnsafeBufferPointer { crc32(check, $0.baseAddress, UInt32($0.count)) }
    expanded += bytes.count
    let data = deflater.take(bytes)
    compressed += data.count
    guard expanded <= Self.most, position + data.count <= Self.most else {
      throw XLSXEncoder.tooLarge("a sheet of more than 4 GiB")
    }
    return given(data)
  }

  mutating func end() -> [UInt8] {
    let data = deflater.finish()
    compressed += data.count
    entries.append(Written(name: name, check: check, compressed: compressed, expanded: expanded, start: start))
    var tail = Fields()
    tail.four(0x0807_4B50)
    tail.four(Int(truncatingIfNeeded: check))
    tail.four(compressed)
    tail.four(expanded)
    return given(data + tail.bytes)
  }

  /// The list of entries, which ends the archive.
  mutating func finish() throws(SourceError) -> [UInt8] {
    var list = Fields()
    for entry in entries {
      list.four(0x0201_4B50)
      list.two(20)
      list.two(20)
      list.entry(
        Self.flags, check: Int(truncatingIfNeeded: entry.check), compressed: entry.compressed, expanded: entry.expanded,
        name: entry.name)
      // No extra fields, no comment, the first disk, no attributes.
      for _ in 0..<4 { list.two(0) }
      list.four(0)
      list.four(entry.start)
      list.bytes += Array(entry.name.utf8)
    }
    guard position + list.bytes.count <= Self.most else {
      throw XLSXEncoder.tooLarge("a sheet of more than 4 GiB")
    }
    var tail = Fields()
    tail.four(0x0605_4B50)
    for number in [0, 0, entries.count, entries.count] { tail.two(number) }
    tail.four(list.bytes.count)
    tail.four(position)
    tail.two(0)
    return given(list.bytes + tail.bytes)
  }

  private mutating func given(_ bytes: [UInt8]) -> [UInt8] {
    position += bytes.count
    return bytes
  }

  /// Numbers of several bytes, the lowest first.
  private struct Fields {
    var bytes: [UInt8] = []

    mutating func two(_ number: Int) {
      for shift in [0, 8] { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
    }

    mutating func four(_ number: Int) {
      for shift in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
    }

    /// What the head of an entry and the list have in common, from the flags to the length of the name.
    mutating func entry(_ flags: Int, check: Int, compressed: Int, expanded: Int, name: String) {
      two(flags)
      two(8)
      two(ZipWriter.time)
      two(ZipWriter.day)
      four(check)
      four(compressed)
      four(expanded)
      two(name.utf8.count)
    }
  }
}
