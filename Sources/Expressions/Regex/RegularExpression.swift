import CRegularExpressions

/// A pattern of PCRE2 in UTF mode, compiled once and shared by threads. `\w`, `\d` and their like follow Unicode.
public final class RegularExpression: @unchecked Sendable {
  let regex: mlp_regex
  public let pattern: String
  /// How many groups it captures.
  public var groups: Int { Int(regex.groups) }

  /// Throws `badPattern` with the byte and PCRE2's message.
  public init(_ pattern: String) throws(ExpressionError) {
    var code: Int32 = 0
    var offset = 0
    let bytes = Array(pattern.utf8)
    let regex = mlp_regex_compile(bytes, bytes.count, &code, &offset)
    guard regex.code != nil else {
      throw .badPattern(pattern, offset: offset, message: Self.message(code))
    }
    self.regex = regex
    self.pattern = pattern
  }

  deinit { mlp_regex_free(regex) }

  private static func message(_ code: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 256)
    _ = mlp_regex_message(code, &buffer, buffer.count)
    return String(decoding: buffer.prefix { $0 != 0 }, as: UTF8.self)
  }
}

/// One thread's memory for matching.
final class RegexScratch {
  /// A match may take this many steps before it is given up: about 10 ms.
  static let matchLimit: UInt32 = 1_000_000
  static let depthLimit: UInt32 = 10_000

  private let scratch = mlp_regex_scratch_create(64, matchLimit, depthLimit)

  deinit { mlp_regex_scratch_free(scratch) }

  /// The groups of the pattern that was matched last: PCRE2 leaves the bounds of any beyond them as they were.
  private var groups = 0

  enum Outcome { case match, none, limit }

  func match(_ regex: RegularExpression, _ text: TextRef, from start: Int = 0, continuing: Bool = false) -> Outcome {
    groups = regex.groups
    let found = mlp_regex_match(regex.regex, scratch, text.base, text.count, start, continuing ? 1 : 0)
    return found > 0 ? .match : found == 0 ? .none : .limit
  }

  /// The bytes of a group in the last match; nil for a group that took no part, or that the pattern does not have.
  func range(_ group: Int) -> Range<Int>? {
    guard group <= groups else { return nil }
    let start = mlp_regex_bound(scratch, UInt32(clamping: 2 * group))
    let end = mlp_regex_bound(scratch, UInt32(clamping: 2 * group + 1))
    guard let from = Int(exactly: start), let to = Int(exactly: end), from <= to else { return nil }
    return from..<to
  }
}

extension RegularExpression {
  /// Whether it is found in a text of UTF-8; nil where the search was given up. It takes memory of its own each time: for a few texts.
  public func isFound(in text: [UInt8]) -> Bool? {
    let scratch = RegexScratch()
    return text.withUnsafeBufferPointer { bytes in
      let text = bytes.baseAddress.map { TextRef(base: $0, count: bytes.count) } ?? .empty
      switch scratch.match(self, text) {
      case .match: return true
      case .none: return false
      case .limit: return nil
      }
    }
  }
}
