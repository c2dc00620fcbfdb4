/// Words by their bytes, each with its place: a hash table that is asked without making a String.
///
/// Words are told apart by bytes, not by canonical equivalence, as in every exported format.
package struct TextSet: Sendable {
  /// A word's place with part of its hash, so that a word that is not there is seldom compared with one that is.
  private struct Slot {
    var hash: UInt32 = 0
    var place: Int32 = -1
  }

  /// The bytes of all words, one after the other; word `i` is `bytes[starts[i]..<starts[i + 1]]`.
  private let bytes: [UInt8]
  private let starts: [Int]
  private let slots: [Slot]
  private let mask: Int

  /// Of equal words the first place counts. O(bytes of the words).
  package init(_ list: [String]) {
    var bytes: [UInt8] = []
    var starts: [Int] = [0]
    starts.reserveCapacity(list.count + 1)
    for word in list {
      bytes.append(contentsOf: word.utf8)
      starts.append(bytes.count)
    }
    var size = 8
    while size < 2 * list.count { size *= 2 }
    mask = size - 1
    self.bytes = bytes
    self.starts = starts
    slots = Self.table(bytes, starts, size: size)
  }

  private static func table(_ bytes: [UInt8], _ starts: [Int], size: Int) -> [Slot] {
    var table = [Slot](repeating: Slot(), count: size)
    bytes.withUnsafeBufferPointer { bytes in
      for place in 0..<starts.count - 1 {
        let word = word(place, bytes, starts)
        let hash = word.hash
        var slot = Self.slot(hash, size - 1)
        while table[slot].place >= 0, !word.equals(Self.word(Int(table[slot].place), bytes, starts)) {
          slot = (slot + 1) & (size - 1)
        }
        if table[slot].place < 0 {
          table[slot] = Slot(hash: UInt32(truncatingIfNeeded: hash), place: Int32(clamping: place))
        }
      }
    }
    return table
  }

  @inline(__always)
  private static func word(_ place: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ starts: [Int]) -> TextRef {
    bytes.baseAddress.map { TextRef(base: $0 + starts[place], count: starts[place + 1] - starts[place]) } ?? .empty
  }

  private static func slot(_ hash: UInt64, _ mask: Int) -> Int { Int(truncatingIfNeeded: hash ^ (hash >> 32)) & mask }

  /// The place of the word; nil if it is not there. No allocation.
  package func place(of text: TextRef) -> Int? {
    let hash = text.hash
    var slot = Self.slot(hash, mask)
    return bytes.withUnsafeBufferPointer { bytes in
      while slots[slot].place >= 0 {
        let place = Int(slots[slot].place)
        if slots[slot].hash == UInt32(truncatingIfNeeded: hash), Self.word(place, bytes, starts).equals(text) {
          return place
        }
        slot = (slot + 1) & mask
      }
      return nil
    }
  }
}
