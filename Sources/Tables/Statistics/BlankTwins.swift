/// Texts of a column that differ only by blanks at their ends: `yes` and `yes `.
public struct BlankTwins: Sendable, Hashable {
  /// How many groups are kept as examples.
  private static let most = 3

  /// Of some groups the texts, in the order of their bytes.
  public let examples: [[String]]
  /// How many groups there are.
  public let count: Int

  /// nil where no texts differ by blanks alone. O(different texts).
  init?(_ words: WordTable) {
    var padded: [ArraySlice<UInt8>: [Int]] = [:]
    for place in 0..<words.count {
      let word = words.word(place)
      guard Self.isPadded(word) else { continue }
      let core = Self.trimmed(word)
      if core.count < word.count { padded[core, default: []].append(place) }
    }
    for core in padded.keys {
      if let bare = core.withUnsafeBufferPointer({ words.place(of: $0) }) { padded[core, default: []].append(bare) }
    }
    let groups = padded.filter { $0.value.count > 1 }.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    guard !groups.isEmpty else { return nil }
    count = groups.count
    examples = groups.prefix(Self.most).map { group in
      group.value.sorted { words.word($0).lexicographicallyPrecedes(words.word($1)) }.map(words.text)
    }
  }

  private static func trimmed(_ word: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard let first = word.firstIndex(where: { !isBlank($0) }), let last = word.lastIndex(where: { !isBlank($0) })
    else { return word[word.endIndex...] }
    return word[first...last]
  }

  /// Whether a word begins or ends with a blank.
  static func isPadded(_ word: ArraySlice<UInt8>) -> Bool {
    guard let first = word.first, let last = word.last else { return false }
    return isBlank(first) || isBlank(last)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
