/// Words by their bytes, each with its place: a hash table that is asked without making a String.
///
/// Words are told apart by bytes, not by canonical equivalence, as in every exported format.
package struct TextSet: Sendable {
  private let words: [[UInt8]]
  private let slots: [Int32]
  private let mask: Int

  /// Of equal words the first place counts.
  package init(_ list: [String]) {
    words = list.map { Array($0.utf8) }
    var size = 8
    while size < 2 * words.count { size *= 2 }
    mask = size - 1
    var table = [Int32](repeating: -1, count: size)
    for (place, word) in words.enumerated() {
      let hash = word.withUnsafeBufferPointer { Self.ref($0).hash }
      var slot = Self.slot(hash, mask)
      while table[slot] >= 0, words[Int(table[slot])] != word { slot = (slot + 1) & mask }
      if table[slot] < 0 { table[slot] = Int32(clamping: place) }
    }
    slots = table
  }

  private static func slot(_ hash: UInt64, _ mask: Int) -> Int { Int(truncatingIfNeeded: hash ^ (hash >> 32)) & mask }

  private static func ref(_ buffer: UnsafeBufferPointer<UInt8>) -> TextRef {
    buffer.baseAddress.map { TextRef(base: $0, count: buffer.count) } ?? .empty
  }

  /// The place of the word; nil if it is not there. No allocation.
  package func place(of text: TextRef) -> Int? {
    var slot = Self.slot(text.hash, mask)
    while slots[slot] >= 0 {
      let place = Int(slots[slot])
      if words[place].withUnsafeBufferPointer({ Self.ref($0).equals(text) }) { return place }
      slot = (slot + 1) & mask
    }
    return nil
  }
}
