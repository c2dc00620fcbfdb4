import Notation

/// A word or a value of an ARFF file as it stands in a line.
struct ARFFToken {
  /// Its bytes, without the quotes.
  let bytes: UnsafeBufferPointer<UInt8>
  let isQuoted: Bool

  /// A bare question mark.
  var isMissing: Bool { !isQuoted && (bytes.isEmpty || bytes.count == 1 && bytes[0] == UInt8(ascii: "?")) }

  /// The bytes that it stands for: in quotes a backslash changes what follows it.
  var content: [UInt8] {
    guard isQuoted, bytes.contains(UInt8(ascii: "\\")) else { return Array(bytes) }
    var content: [UInt8] = []
    var at = 0
    while at < bytes.count {
      guard bytes[at] == UInt8(ascii: "\\"), at + 1 < bytes.count else {
        content.append(bytes[at])
        at += 1
        continue
      }
      at += 2
      switch bytes[at - 1] {
      case UInt8(ascii: "n"): content.append(0x0A)
      case UInt8(ascii: "r"): content.append(0x0D)
      case UInt8(ascii: "t"): content.append(0x09)
      case UInt8(ascii: "u"):
        if let unit = Self.hexadecimal(bytes, at) {
          content.append(contentsOf: Self.character(unit, bytes, &at).utf8)
        } else {
          content.append(UInt8(ascii: "u"))
        }
      case let other: content.append(other)
      }
    }
    return content
  }

  /// Calls `body` with the bytes that it stands for.
  func withContent<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    if !isQuoted || !bytes.contains(UInt8(ascii: "\\")) { return body(bytes) }
    return content.withUnsafeBufferPointer(body)
  }

  /// The text; nil where it is not UTF-8.
  var text: String? { String(validating: content, as: UTF8.self) }

  /// The four digits at a place as a number.
  private static func hexadecimal(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> UInt32? {
    guard at + 4 <= bytes.count else { return nil }
    return UInt32(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16)
  }

  /// The character of a code of 16 bits, and of the one behind it where two make one; `at` is moved past them.
  private static func character(_ unit: UInt32, _ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int) -> String {
    at += 4
    var scalar = unit
    if unit & 0xFC00 == 0xD800, at + 6 <= bytes.count, bytes[at] == UInt8(ascii: "\\"),
      bytes[at + 1] == UInt8(ascii: "u"), let low = hexadecimal(bytes, at + 2), low & 0xFC00 == 0xDC00
    {
      at += 6
      scalar = 0x10000 + (unit & 0x3FF) << 10 + low & 0x3FF
    }
    return Unicode.Scalar(scalar).map { String(Character($0)) } ?? "\u{FFFD}"
  }
}

/// Goes through a line of an ARFF file.
struct ARFFScanner {
  private let line: UnsafeBufferPointer<UInt8>
  private(set) var at = 0

  init(_ line: UnsafeBufferPointer<UInt8>) { self.line = line }

  var isAtEnd: Bool { at >= line.count }
  /// The next byte; zero at the end.
  var byte: UInt8 { at < line.count ? line[at] : 0 }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  /// Passes over blanks; gives whether there was a tab.
  @discardableResult
  mutating func skipBlanks() -> Bool {
    var hasTab = false
    while at < line.count, Self.isBlank(line[at]) {
      hasTab = hasTab || line[at] == 0x09
      at += 1
    }
    return hasTab
  }

  mutating func take(_ wanted: Unicode.Scalar) -> Bool {
    guard byte == UInt8(ascii: wanted), !isAtEnd else { return false }
    at += 1
    return true
  }

  /// What is left of the line.
  var rest: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: line[min(at, line.count)...]) }

  /// A value in quotes of either kind, or one that ends before `end`, without the blanks behind it. nil where a quote is never closed.
  mutating func token(until end: (UInt8) -> Bool) -> ARFFToken? {
    skipBlanks()
    if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") { return quoted() }
    let start = at
    while at < line.count, !end(line[at]) { at += 1 }
    var last = at
    while last > start, Self.isBlank(line[last - 1]) { last -= 1 }
    return ARFFToken(bytes: UnsafeBufferPointer(rebasing: line[start..<last]), isQuoted: false)
  }

  private mutating func quoted() -> ARFFToken? {
    let quote = byte
    let start = at + 1
    at = start
    while at < line.count, line[at] != quote { at += line[at] == UInt8(ascii: "\\") ? 2 : 1 }
    guard at < line.count else { return nil }
    at += 1
    return ARFFToken(bytes: UnsafeBufferPointer(rebasing: line[start..<at - 1]), isQuoted: true)
  }

  /// A word of the header: letters up to a blank or a brace.
  mutating func word() -> String? { token { Self.isBlank($0) || $0 == UInt8(ascii: "{") }?.text }
}
