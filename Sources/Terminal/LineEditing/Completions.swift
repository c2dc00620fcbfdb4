/// What may stand at the cursor.
public struct Completions: Sendable, Equatable {
  public struct Candidate: Sendable, Equatable {
    /// The text that takes the place of the range.
    public var text: String
    /// What the list of candidates says beside it.
    public var summary: String?
    /// Put after the text once it is the only candidate: a space, `: `, a closing quote.
    public var suffix: String
    /// What it is, in one word: a long list counts what it leaves out by it.
    public var noun: String

    public init(_ text: String, summary: String? = nil, suffix: String = "", noun: String = "candidate") {
      self.text = text
      self.summary = summary
      self.suffix = suffix
      self.noun = noun
    }
  }

  /// The bytes of the entry (UTF-8) that a candidate replaces, ending at the cursor.
  public var range: Range<Int>
  public var candidates: [Candidate]

  public init(replacing range: Range<Int>, candidates: [Candidate]) {
    self.range = range
    self.candidates = candidates
  }

  public static let none = Completions(replacing: 0..<0, candidates: [])

  /// The longest text that all candidates begin with.
  public var commonPrefix: String {
    guard var prefix = candidates.first.map({ Array($0.text) }) else { return "" }
    for candidate in candidates.dropFirst() {
      prefix = Array(zip(prefix, candidate.text).prefix { $0 == $1 }.map(\.0))
    }
    return String(prefix)
  }
}
