import Tables

/// Words by their bytes, each with its place in a list.
package struct TextSet: Sendable {
  private let words: WordTable

  /// Of equal words the first place counts. O(bytes of the words).
  package init(_ list: [String]) { words = WordTable(list) }

  /// The place of the word; nil if it is not there. No allocation.
  package func place(of text: TextRef) -> Int? { words.place(of: text.bytes) }
}
