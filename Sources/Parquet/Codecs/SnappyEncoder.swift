/// Compresses blocks as Snappy (google/snappy, format_description.txt). Equal bytes give equal blocks.
enum SnappyEncoder {
  /// Copies reach back within stretches of this many bytes.
  private static let stretch = 1 << 16
  private static let tableBits: UInt32 = 14
  /// Bytes at the end of a stretch that no search begins in: whole words are loaded.
  private static let tail = 15
  /// Bytes that are looked at before steps between searches grow: what has no repeats is passed over ever faster.
  private static let patience = 32

  static func compress(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    let most = 16 + bytes.count + bytes.count / 6 + 64
    return [UInt8](unsafeUninitializedCapacity: most) { target, count in
      guard let out = target.baseAddress else { return }
      var rest = bytes.count
      while rest >= 0x80 {
        out[count] = UInt8(truncatingIfNeeded: rest) | 0x80
        rest >>= 7
        count += 1
      }
      out[count] = UInt8(rest)
      count += 1
      guard let source = bytes.baseAddress else { return }
      let table = UnsafeMutablePointer<UInt16>.allocate(capacity: 1 << Int(tableBits))
      defer { table.deallocate() }
      for start in Swift.stride(from: 0, to: bytes.count, by: stretch) {
        table.update(repeating: 0, count: 1 << Int(tableBits))
        count += compress(source + start, min(stretch, bytes.count - start), table, out + count)
      }
    }
  }

  /// Compresses a stretch and gives how many bytes that took.
  private static func compress(
    _ source: UnsafePointer<UInt8>, _ count: Int, _ table: UnsafeMutablePointer<UInt16>,
    _ out: UnsafeMutablePointer<UInt8>
  ) -> Int {
    let raw = UnsafeRawPointer(source)
    var (made, literal, at) = (0, 0, 1)
    let limit = count - tail
    while at < limit {
      // A repeat of four bytes.
      var (skip, candidate, next) = (patience, 0, at)
      repeat {
        at = next
        if at >= limit { break }
        next = at &+ skip >> 5
        skip &+= 1
        let word = raw.loadUnaligned(fromByteOffset: at, as: UInt32.self)
        let slot = hash(word)
        candidate = Int(table[slot])
        table[slot] = UInt16(truncatingIfNeeded: at)
        if word == raw.loadUnaligned(fromByteOffset: candidate, as: UInt32.self), candidate < at { break }
      } while true
      if at >= limit { break }
      made &+= put(literal: source + literal, at &- literal, out + made)
      let length = 4 &+ matching(raw, at &+ 4, candidate &+ 4, count)
      made &+= put(copy: at &- candidate, length, out + made)
      at &+= length
      literal = at
      guard at < limit else { break }
      table[hash(raw.loadUnaligned(fromByteOffset: at &- 1, as: UInt32.self))] = UInt16(truncatingIfNeeded: at &- 1)
    }
    return made &+ put(literal: source + literal, count &- literal, out + made)
  }

  @inline(__always)
  private static func hash(_ word: UInt32) -> Int { Int((word &* 0x1E35_A7BD) >> (32 &- tableBits)) }

  /// How many bytes from `at` on are those from `before` on.
  @inline(__always)
  private static func matching(_ raw: UnsafeRawPointer, _ at: Int, _ before: Int, _ count: Int) -> Int {
    var length = 0
    while at &+ length &+ 8 <= count {
      let difference =
        raw.loadUnaligned(fromByteOffset: at &+ length, as: UInt64.self)
        ^ raw.loadUnaligned(fromByteOffset: before &+ length, as: UInt64.self)
      if difference != 0 { return length &+ difference.trailingZeroBitCount >> 3 }
      length &+= 8
    }
    while at &+ length < count,
      raw.load(fromByteOffset: at &+ length, as: UInt8.self)
        == raw.load(fromByteOffset: before &+ length, as: UInt8.self)
    {
      length &+= 1
    }
    return length
  }

  private static func put(
    literal source: UnsafePointer<UInt8>, _ count: Int, _ out: UnsafeMutablePointer<UInt8>
  ) -> Int {
    if count == 0 { return 0 }
    var made = 1
    let length = count &- 1
    if length < 60 {
      out[0] = UInt8(truncatingIfNeeded: length << 2)
    } else if length < 1 << 8 {
      out[0] = 60 << 2
      out[1] = UInt8(truncatingIfNeeded: length)
      made = 2
    } else {
      // A stretch has no more than 2^16 bytes.
      out[0] = 61 << 2
      out[1] = UInt8(truncatingIfNeeded: length)
      out[2] = UInt8(truncatingIfNeeded: length >> 8)
      made = 3
    }
    (out + made).update(from: source, count: count)
    return made &+ count
  }

  private static func put(copy offset: Int, _ count: Int, _ out: UnsafeMutablePointer<UInt8>) -> Int {
    var (left, made) = (count, 0)
    // What is left has four bytes at least, which the short form begins with.
    while left >= 68 {
      made &+= put(long: offset, 64, out + made)
      left &-= 64
    }
    if left > 64 {
      made &+= put(long: offset, 60, out + made)
      left &-= 60
    }
    if left >= 12 || offset >= 1 << 11 { return made &+ put(long: offset, left, out + made) }
    out[made] = UInt8(truncatingIfNeeded: (offset >> 8) << 5 | (left &- 4) << 2 | 1)
    out[made &+ 1] = UInt8(truncatingIfNeeded: offset)
    return made &+ 2
  }

  private static func put(long offset: Int, _ count: Int, _ out: UnsafeMutablePointer<UInt8>) -> Int {
    out[0] = UInt8(truncatingIfNeeded: (count &- 1) << 2 | 2)
    out[1] = UInt8(truncatingIfNeeded: offset)
    out[2] = UInt8(truncatingIfNeeded: offset >> 8)
    return 3
  }
}
