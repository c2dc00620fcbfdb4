import Diagnostics

/// One way to go on with what is being typed.
public struct Completion: Sendable, Hashable {
  public enum Kind: String, Sendable {
    case verb, word, option, choice, column, method, algorithm, function, value, figure, path, command, topic
  }

  /// What takes the place of the word at the cursor.
  public let text: String
  public let kind: Kind
  /// One line about it.
  public let summary: String

  public init(_ text: String, _ kind: Kind, _ summary: String = "") {
    self.text = text
    self.kind = kind
    self.summary = summary
  }
}

/// The completions at a cursor.
public struct CompletionList: Sendable, Hashable {
  /// The bytes of the text that a completion replaces; empty at the cursor when no word has been begun.
  public let range: SourceRange
  /// Likeliest first, none twice.
  public let items: [Completion]

  public init(range: SourceRange, items: [Completion]) {
    self.range = range
    self.items = items
  }
}
