/// Why bytes are not JSON, and at which of them.
public struct JSONError: Error, Sendable, Equatable {
  public enum Reason: Sendable, Equatable {
    /// What should have stood there, in words: `a value`, `',' or ']'`.
    case expected(String)
    case badNumber
    /// Too large for a double.
    case numberOutOfRange
    case badEscape
    /// Half of a surrogate pair.
    case loneSurrogate
    case controlCharacter
    case badUTF8
    case duplicateName(String)
    case tooDeep(limit: Int)
    case tooLong(limit: Int)
    case trailingText
  }

  public let reason: Reason
  /// Bytes before the place at which it was seen.
  public let offset: Int

  public init(_ reason: Reason, offset: Int) {
    self.reason = reason
    self.offset = offset
  }

  /// The reason in one line without a final full stop, and at which byte.
  public var words: String { words(at: "at byte \(offset)") }

  /// The same with another word for the place, such as `in column 7`.
  public func words(at place: String) -> String {
    switch reason {
    case .expected(let what): "expected \(what) \(place)"
    case .badNumber: "malformed number \(place)"
    case .numberOutOfRange: "number out of range \(place)"
    case .badEscape: "unknown escape in a string \(place)"
    case .loneSurrogate: "half of a surrogate pair \(place)"
    case .controlCharacter: "unescaped control character in a string \(place)"
    case .badUTF8: "invalid UTF-8 in the string \(place)"
    case .duplicateName(let name): "'\(SafeText.escaped(name))' twice in one object \(place)"
    case .tooDeep(let limit): "nested deeper than \(limit) \(place)"
    case .tooLong(let limit): "longer than \(limit) bytes"
    case .trailingText: "text after the value \(place)"
    }
  }
}
