import Formats
import Glibc
import Tables

/// Texts one after the other as they grow: where each ends, and the bytes of all.
struct TextRows {
  private(set) var offsets: [Int] = [0]
  private let bytes = RawBuffer()
  private(set) var used = 0

  /// Begins anew, for so many texts.
  mutating func begin(_ count: Int) {
    offsets = [Int](anything: count + 1)
    offsets[0] = 0
    used = 0
  }

  /// Appends the texts of `rows`, all before which are there; `next` gives the bytes of each. There are at most `most` bytes.
  @inline(__always)
  mutating func append(
    _ rows: Range<Int>, most: Int, _ next: (Int) throws(ParquetFailure) -> UnsafeBufferPointer<UInt8>?
  ) throws(ParquetFailure) {
    try bytes.resize(to: used + most, keeping: used)
    let target = bytes.base
    var end = used
    try offsets.withUnsafeMutableBufferPointer { (offsets) throws(ParquetFailure) in
      guard let ends = offsets.baseAddress else { return }
      for row in rows {
        if let text = try next(row), let base = text.baseAddress {
          BlockCopy.literal(base, to: target + end, text.count)
          end &+= text.count
        }
        ends[row &+ 1] = end
      }
    }
    used = end
  }

  /// Throws unless the texts of the rows are UTF-8.
  func check(_ rows: Range<Int>) throws(ParquetFailure) {
    let start = offsets[rows.lowerBound]
    let stretch = UnsafeBufferPointer(start: bytes.base + start, count: offsets[rows.upperBound] - start)
    if Self.isASCII(stretch) { return }
    // None begins within a character of the stretch.
    let begins = rows.allSatisfy { offsets[$0] == offsets[$0 + 1] || bytes.base[offsets[$0]] & 0xC0 != 0x80 }
    guard begins, UTF8Text.isWellFormed(UnsafePointer(bytes.base), start, offsets[rows.upperBound]) else {
      throw .damaged("it has a text that is not UTF-8")
    }
  }

  private static func isASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = bytes.baseAddress else { return true }
    let raw = UnsafeRawPointer(base)
    var (high, place) = (UInt64(0), 0)
    while place &+ 8 <= bytes.count {
      high |= raw.loadUnaligned(fromByteOffset: place, as: UInt64.self)
      place &+= 8
    }
    while place < bytes.count {
      high |= UInt64(base[place])
      place &+= 1
    }
    return high & 0x8080_8080_8080_8080 == 0
  }

  /// The text of a row.
  @inline(__always)
  func text(_ row: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: bytes.base + offsets[row], count: offsets[row &+ 1] &- offsets[row])
  }

  /// All texts as a column's.
  var storage: TextCells.Storage {
    .plain(offsets: offsets, bytes: Array(UnsafeBufferPointer(start: bytes.base, count: used)))
  }
}
