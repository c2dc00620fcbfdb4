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

  /// The reason in one line without a final full stop.
  public var words: String {
    switch reason {
    case .expected(let what): "expected \(what) at byte \(offset)"
    case .badNumber: "malformed number at byte \(offset)"
    case .numberOutOfRange: "number out of range at byte \(offset)"
    case .badEscape: "unknown escape in a string at byte \(offset)"
    case .loneSurrogate: "half of a surrogate pair at byte \(offset)"
    case .controlCharacter: "unescaped control character in a string at byte \(offset)"
    case .badUTF8: "invalid UTF-8 in the string at byte \(offset)"
    case .duplicateName(let name): "'\(SafeText.escaped(name))' twice in one object at byte \(offset)"
    case .tooDeep(let limit): "nested deeper than \(limit) at byte \(offset)"
    case .tooLong(let limit): "longer than \(limit) bytes"
    case .trailingText: "text after the value at byte \(offset)"
    }
  }
}
