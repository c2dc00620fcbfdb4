/// The words that stand for a missing cell where they are not in quotes.
package final class MissingWords: @unchecked Sendable {
  /// What other programs write for a missing cell, and often take for one.
  package static let common: Set<String> = [
    "NA", "N/A", "n/a", "na", "NaN", "nan", "NAN", "null", "NULL", "Null", "None", "none", "-", "?", ".", "#N/A",
  ]

  /// How many bytes the longest of them has.
  static let longest = common.reduce(0) { max($0, $1.utf8.count) }

  /// Whether an empty cell is missing.
  let emptyIsMissing: Bool
  /// Whether there are others than the empty one.
  let isAny: Bool
  private let words: [[UInt8]]
  /// Whether a word starts with a byte.
  private let firsts: UnsafeMutablePointer<Bool>

  init(_ words: [String]) {
    emptyIsMissing = words.contains("")
    self.words = words.filter { !$0.isEmpty }.map { Array($0.utf8) }
    isAny = !self.words.isEmpty
    firsts = .allocate(capacity: 256)
    firsts.initialize(repeating: false, count: 256)
    for word in self.words { firsts[Int(word[0])] = true }
  }

  deinit { firsts.deallocate() }

  /// Whether a text that is not empty is one of the words.
  @inline(__always)
  func contains(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    isAny && firsts[Int(p[start])] && isOne(p, start, end)
  }

  @inline(never)
  private func isOne(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    let text = UnsafeBufferPointer(start: p + start, count: end - start)
    return words.contains { $0.count == text.count && $0.elementsEqual(text) }
  }
}
