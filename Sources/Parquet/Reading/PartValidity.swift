import Tables

/// Which rows of a part of a column have a value: a bit a row.
final class PartValidity {
  private var words: UnsafeMutablePointer<UInt64>
  private var capacity = 0
  private(set) var count = 0

  init() { words = .allocate(capacity: 1) }

  deinit { words.deallocate() }

  /// Begins a part of so many rows, none of which has a value yet.
  func begin(_ rows: Int) {
    let needed = (rows + 63) / 64
    if needed > capacity {
      words.deallocate()
      words = .allocate(capacity: needed)
      capacity = needed
    }
    words.update(repeating: 0, count: needed)
    count = rows
  }

  @inline(__always)
  func isSet(_ row: Int) -> Bool { words[row >> 6] &>> UInt64(truncatingIfNeeded: row & 63) & 1 == 1 }

  /// The bit as a number.
  @inline(__always)
  func bit(_ row: Int) -> Int { Int(truncatingIfNeeded: words[row >> 6] &>> UInt64(truncatingIfNeeded: row & 63) & 1) }

  func clear(_ row: Int) { words[row >> 6] &= ~(1 << UInt64(row & 63)) }

  /// Says that the rows have values.
  func set(_ rows: Range<Int>) {
    var row = rows.lowerBound
    while row < rows.upperBound {
      let length = min(64 - row & 63, rows.upperBound - row)
      words[row >> 6] |= (.max >> UInt64(64 - length)) << UInt64(row & 63)
      row += length
    }
  }

  /// Takes bits from bytes, from the one at `bit` on; eight bytes behind the last must be readable.
  func set(_ rows: Range<Int>, from bytes: UnsafePointer<UInt8>, at bit: Int) {
    let raw = UnsafeRawPointer(bytes)
    var (row, bit) = (rows.lowerBound, bit)
    while row < rows.upperBound {
      let length = min(64 - row & 63, rows.upperBound - row, 57)
      let word = raw.loadUnaligned(fromByteOffset: bit >> 3, as: UInt64.self) >> UInt64(bit & 7)
      words[row >> 6] |= (word & (.max >> UInt64(64 - length))) << UInt64(row & 63)
      row += length
      bit += length
    }
  }

  /// How many of the rows have a value.
  func ones(_ rows: Range<Int>) -> Int {
    var (row, sum) = (rows.lowerBound, 0)
    while row < rows.upperBound {
      let length = min(64 - row & 63, rows.upperBound - row)
      sum += (words[row >> 6] >> UInt64(row & 63) & (.max >> UInt64(64 - length))).nonzeroBitCount
      row += length
    }
    return sum
  }

  /// nil where every row has a value.
  var bitmap: Bitmap? {
    if ones(0..<count) == count { return nil }
    return Bitmap(words: Array(UnsafeBufferPointer(start: words, count: (count + 63) / 64)), count: count)
  }
}
