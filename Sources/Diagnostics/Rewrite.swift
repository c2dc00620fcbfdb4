/// What to write in place of a part of the script: followed word by word, it mends what a diagnostic tells of.
public struct Rewrite: Sendable, Hashable {
  public let range: SourceRange
  public let text: String

  public init(_ range: SourceRange, _ text: String) {
    self.range = range
    self.text = text
  }
}
