import Expressions

/// The places of a column's texts in a list of words; nodes that ask the same of one column share them.
struct WordPlaces: Sendable {
  /// A row's place when its text is none of the words.
  static let unseen: Int32 = -1
  static let missing: Int32 = -2

  /// Which of the program's lists.
  let list: Int
  /// The words, at the first node that asks; the others read what it found.
  let words: TextSet?
}
