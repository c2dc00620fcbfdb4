/// A validity bitmap that grows. No memory is taken until the first missing cell.
struct BitmapBuilder: Sendable {
  private var words: [UInt64] = []
  private var count = 0
  private var hasMissing = false

  /// Puts bits behind those that are there; nil stands for all set. O(added / 64).
  mutating func append(_ bits: Bitmap?, count added: Int) {
    if let bits {
      if !hasMissing { begin() }
      bits.words.withUnsafeBufferPointer { words in append(added) { words[$0] } }
    } else if hasMissing {
      append(added) { _ in .max }
    } else {
      count += added
    }
  }

  private mutating func begin() {
    hasMissing = true
    words = [UInt64](repeating: .max, count: count / 64)
    if count % 64 != 0 { words.append((1 << UInt64(count % 64)) - 1) }
  }

  private mutating func append(_ added: Int, _ word: (Int) -> UInt64) {
    let shift = UInt64(count % 64)
    for index in 0..<(added + 63) / 64 {
      let left = added - index * 64
      let bits = left >= 64 ? word(index) : word(index) & ((1 << UInt64(left)) - 1)
      if shift == 0 {
        words.append(bits)
      } else {
        words[words.count - 1] |= bits << shift
        if UInt64(min(left, 64)) > 64 - shift { words.append(bits >> (64 - shift)) }
      }
    }
    count += added
  }

  /// nil when nothing is missing.
  var bitmap: Bitmap? { hasMissing ? Bitmap(words: words, count: count) : nil }
}
