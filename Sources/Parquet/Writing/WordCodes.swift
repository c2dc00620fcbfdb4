import Glibc

/// The different words of a column in the order in which they come, and for each text that is there its place among them.
struct WordCodes {
  private(set) var codes: [Int32] = []
  /// The words as plain pages have them: before each how long it is.
  private(set) var plain: [UInt8] = []
  /// Where each word begins in them.
  private var starts: [Int] = []
  private var slots = [Int32](repeating: -1, count: 1 << 10)

  var count: Int { starts.count }
  var byteCount: Int { plain.count }

  /// nil where the words take more than `most` bytes.
  init?(_ pieces: [TextPiece], most: Int) {
    var known: [Int32] = []
    var last: TextPiece?
    for piece in pieces {
      if last.map({ !piece.shares($0) }) ?? true { known = [Int32](repeating: -1, count: piece.wordCount ?? 0) }
      last = piece
      piece.eachCode { code, text in
        guard let text, plain.count <= most else { return }
        if code >= 0 {
          if known[code] < 0 { known[code] = place(of: text) }
          codes.append(known[code])
        } else {
          codes.append(place(of: text))
        }
      }
      if plain.count > most { return nil }
    }
  }

  /// Calls `take` with a word.
  func word(_ place: Int, _ take: (UnsafeBufferPointer<UInt8>) -> Void) {
    let end = place + 1 < starts.count ? starts[place + 1] : plain.count
    plain.withUnsafeBufferPointer { take(UnsafeBufferPointer(rebasing: $0[starts[place] + 4..<end])) }
  }

  /// The place of a word, which it is given where it is new.
  private mutating func place(of text: UnsafeBufferPointer<UInt8>) -> Int32 {
    var slot = Self.hash(text) & (slots.count - 1)
    while slots[slot] >= 0 {
      if isWord(Int(slots[slot]), text) { return slots[slot] }
      slot = (slot &+ 1) & (slots.count &- 1)
    }
    let place = Int32(starts.count)
    slots[slot] = place
    starts.append(plain.count)
    plain.append(word32: UInt32(truncatingIfNeeded: text.count))
    plain.append(contentsOf: text)
    if 2 * starts.count > slots.count { grow() }
    return place
  }

  private func isWord(_ place: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = starts[place] + 4
    let end = place + 1 < starts.count ? starts[place + 1] : plain.count
    guard end - start == text.count else { return false }
    return plain.withUnsafeBufferPointer { plain in
      guard let a = plain.baseAddress, let b = text.baseAddress else { return true }
      return memcmp(a + start, b, text.count) == 0
    }
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: 4 * slots.count)
    for place in starts.indices {
      var hash = 0
      word(place) { hash = Self.hash($0) }
      var slot = hash & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot &+ 1) & (slots.count &- 1) }
      slots[slot] = Int32(place)
    }
  }

  /// Eight bytes at a time, folded by a wide multiplication.
  private static func hash(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    var hash = UInt64(truncatingIfNeeded: text.count) &* 0x9E37_79B9_7F4A_7C15
    guard let base = text.baseAddress else { return Int(truncatingIfNeeded: hash) }
    let raw = UnsafeRawPointer(base)
    var at = 0
    while at &+ 8 <= text.count {
      hash = mix(hash ^ raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
      at &+= 8
    }
    var rest: UInt64 = 0
    while at < text.count {
      rest = rest &<< 8 | UInt64(base[at])
      at &+= 1
    }
    return Int(truncatingIfNeeded: mix(hash ^ rest))
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    return product.high ^ product.low
  }
}
