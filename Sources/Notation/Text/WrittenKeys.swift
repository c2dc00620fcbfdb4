/// Keys of masks that were written into a script, where only their place belongs: `mask card = token, key: "…"`.
enum WrittenKeys {
  private static let word = Array("key:".utf8)
  private static let verb = Array("mask ".utf8)
  private static let places = [Array("env:".utf8), Array("file:".utf8)]

  /// Where they stand among the bytes of a text, in order. O(bytes).
  static func ranges(in bytes: [UInt8]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var at = 0
    while at + word.count < bytes.count {
      defer { at += 1 }
      guard bytes[at] == word[0], bytes[at...].starts(with: word), isMask(bytes, before: at) else { continue }
      var start = at + word.count
      while start < bytes.count, bytes[start] == 0x20 { start += 1 }
      guard start < bytes.count, bytes[start] == UInt8(ascii: "\"") else { continue }
      start += 1
      let end = bytes[start...].firstIndex { $0 == UInt8(ascii: "\"") || $0 == 0x0A } ?? bytes.count
      if start < end, !places.contains(where: { bytes[start..<end].starts(with: $0) }) { found.append(start..<end) }
    }
    return found
  }

  /// Whether an option begins here, of a stage that masks.
  private static func isMask(_ bytes: [UInt8], before place: Int) -> Bool {
    guard place > 0, bytes[place - 1] == 0x20 || bytes[place - 1] == UInt8(ascii: ",") else { return false }
    let begin = bytes[..<place].lastIndex(of: 0x0A) ?? 0
    // A stage may go over several lines.
    let text = bytes[max(0, begin - 2000)..<place]
    return text.indices.contains { text[$0...].starts(with: verb) }
  }
}
