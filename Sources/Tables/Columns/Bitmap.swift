/// One bit per row, packed into 64-bit words; bits past `count` are zero.
public struct Bitmap: Sendable, Equatable {
  public private(set) var words: [UInt64]
  public let count: Int

  public init(repeating value: Bool, count: Int) {
    self.count = count
    words = [UInt64](repeating: value ? .max : 0, count: (count + 63) / 64)
    if value, count % 64 != 0 { words[words.count - 1] = (1 << UInt64(count % 64)) - 1 }
  }

  /// From packed words, as a reader fills them; bits past `count` are cleared and a short array is padded with zeros.
  public init(words: [UInt64], count: Int) {
    self.count = count
    let needed = (count + 63) / 64
    self.words = Array(words.prefix(needed)) + [UInt64](repeating: 0, count: max(0, needed - words.count))
    if count % 64 != 0, needed > 0 { self.words[needed - 1] &= (1 << UInt64(count % 64)) - 1 }
  }

  public init(_ bits: [Bool]) {
    self.init(repeating: false, count: bits.count)
    for (index, bit) in bits.enumerated() where bit { words[index >> 6] |= 1 << UInt64(index & 63) }
  }

  @inlinable
  public subscript(_ index: Int) -> Bool {
    get { words[index >> 6] >> UInt64(index & 63) & 1 == 1 }
    set { setBit(index, newValue) }
  }

  @usableFromInline
  mutating func setBit(_ index: Int, _ value: Bool) {
    let bit: UInt64 = 1 << UInt64(index & 63)
    if value { words[index >> 6] |= bit } else { words[index >> 6] &= ~bit }
  }

  /// The bits at `rows`, in that order. O(rows).
  public func take(_ rows: RowList) -> Bitmap {
    if rows.isWhole(of: count) { return self }
    var taken = [UInt64](repeating: 0, count: (rows.count + 63) / 64)
    words.withUnsafeBufferPointer { words in
      for (place, row) in rows.enumerated() {
        taken[place >> 6] |= (words[row >> 6] >> UInt64(row & 63) & 1) << UInt64(place & 63)
      }
    }
    return Bitmap(words: taken, count: rows.count)
  }

  /// How many bits at `rows` are set. O(rows).
  public func onesCount(at rows: RowList) -> Int {
    if rows.isWhole(of: count) { return onesCount }
    return words.withUnsafeBufferPointer { words in
      rows.reduce(0) { $0 + Int(words[$1 >> 6] >> UInt64($1 & 63) & 1) }
    }
  }

  /// Calls `body` with each place, counted from the first of `places`, of whose row in `rows` the bit is not set. O(places), where
  /// rows follow each other O(places / 64 + bits not set).
  public func eachClear(_ rows: RowList, _ places: Range<Int>, _ body: (Int) -> Void) {
    words.withUnsafeBufferPointer { words in
      switch rows.storage {
      case .ids(let ids):
        for place in 0..<places.count {
          let row = Int(ids[places.lowerBound &+ place])
          if words[row >> 6] >> UInt64(row & 63) & 1 == 0 { body(place) }
        }
      case .stretch(let stretch):
        let start = stretch.lowerBound + places.lowerBound
        var row = start
        while row < start + places.count {
          let length = min(64 - row & 63, start + places.count - row)
          var clear = ~words[row >> 6] >> UInt64(row & 63) & (.max >> UInt64(64 - length))
          while clear != 0 {
            body(row - start + clear.trailingZeroBitCount)
            clear &= clear - 1
          }
          row += length
        }
      }
    }
  }

  /// How many bits are set. O(count / 64).
  public var onesCount: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }
}
