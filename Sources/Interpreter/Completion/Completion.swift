import Diagnostics

/// One way to go on with what is being typed.
public struct Completion: Sendable, Hashable {
  public enum Kind: String, Sendable {
    case verb, word, option, choice, column, method, algorithm, function, value, figure, command, topic
    case path = "file"
  }

  /// What takes the place of the word at the cursor.
  public let text: String
  public let kind: Kind
  /// One line about it.
  public let summary: String
  /// What is typed next in any case: a space, or the quote that closes a path.
  public let suffix: String

  public init(_ text: String, _ kind: Kind, _ summary: String = "", suffix: String? = nil) {
    self.text = text
    self.kind = kind
    self.summary = summary
    self.suffix = suffix ?? (kind == .verb || kind == .option ? " " : "")
  }

  /// What is compared with the word at the cursor: the text without the quote that opens it.
  var key: Substring { text.hasPrefix("`") || text.hasPrefix("\"") ? text.dropFirst() : text[...] }
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

/// A command of the prompt, which is no part of the language: `:undo`.
public struct SessionCommand: Sendable {
  /// What may follow its name.
  public enum Argument: Sendable {
    case nothing, topic
    /// A script's path, perhaps after one of these words.
    case script(words: [String])
  }

  public let name: String
  public let summary: String
  public let argument: Argument

  public init(_ name: String, _ summary: String, _ argument: Argument = .nothing) {
    self.name = name
    self.summary = summary
    self.argument = argument
  }
}
