import Diagnostics

/// A name as it stands in the source, without its back quotes.
///
/// Equality and hashing are by text alone; the range only says where it was written.
public struct Name: Sendable, Hashable {
  public var text: String
  public var range: SourceRange

  public init(_ text: String, at range: SourceRange = .nowhere) {
    self.text = text
    self.range = range
  }

  public static func == (left: Name, right: Name) -> Bool { left.text == right.text }

  public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

extension SourceRange {
  /// The empty range of a node that was built, not parsed.
  public static let nowhere = SourceRange(0, 0)
}
