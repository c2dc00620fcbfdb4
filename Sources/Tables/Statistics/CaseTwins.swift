/// Texts of a column that differ only by case: `yes` and `Yes`.
public struct CaseTwins: Sendable, Hashable {
  /// How many groups are kept as examples.
  private static let mostExamples = 3
  /// Of more different texts than this none are looked for: they are no categories.
  private static let mostWords = 1 << 14

  /// Of some groups the texts, in the order of their bytes.
  public let examples: [[String]]
  /// How many groups there are.
  public let count: Int
  /// How many cells hold a text of a group that is not the most frequent one of it.
  public let rows: Int

  /// nil where no texts differ by case alone. O(bytes of the different texts).
  init?(_ words: WordTable, _ counts: [Int]) {
    guard words.count <= Self.mostWords, counts.count == words.count else { return nil }
    var alike: [String: [Int]] = [:]
    for place in 0..<words.count { alike[words.text(place).lowercased(), default: []].append(place) }
    let groups = alike.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }
    guard !groups.isEmpty else { return nil }
    count = groups.count
    rows = groups.reduce(0) { sum, group in
      let found = group.value.map { counts[$0] }
      return sum + found.reduce(0, +) - (found.max() ?? 0)
    }
    examples = groups.prefix(Self.mostExamples).map { group in
      group.value.sorted { words.word($0).lexicographicallyPrecedes(words.word($1)) }.map(words.text)
    }
  }
}
