extension JSONParser {
  /// A string from its opening quote on; runs without an escape are taken whole.
  mutating func string() throws(JSONError) -> String {
    let opening = place
    place += 1
    var runStart = place
    var unescaped: [UInt8] = []
    var isASCII = true
    while true {
      guard place < bytes.count else { throw JSONError(.expected("the end of the string"), offset: opening) }
      let byte = bytes[place]
      if byte == UInt8(ascii: "\"") { break }
      if byte >= 0x80 { isASCII = false }
      guard byte >= 0x20 else { throw JSONError(.controlCharacter, offset: place) }
      if byte == UInt8(ascii: "\\") {
        unescaped.append(contentsOf: bytes[runStart..<place])
        try appendEscape(to: &unescaped)
        runStart = place
      } else {
        place += 1
      }
    }
    let lastRun = UnsafeBufferPointer(rebasing: bytes[runStart..<place])
    place += 1
    if runStart == opening + 1, isASCII { return String(decoding: lastRun, as: UTF8.self) }
    unescaped.append(contentsOf: lastRun)
    guard let text = String(validating: unescaped, as: UTF8.self) else { throw JSONError(.badUTF8, offset: opening) }
    return text
  }

  private mutating func appendEscape(to unescaped: inout [UInt8]) throws(JSONError) {
    let start = place
    place += 1
    let letter = byte
    place += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): unescaped.append(letter)
    case UInt8(ascii: "b"): unescaped.append(0x08)
    case UInt8(ascii: "f"): unescaped.append(0x0C)
    case UInt8(ascii: "n"): unescaped.append(0x0A)
    case UInt8(ascii: "r"): unescaped.append(0x0D)
    case UInt8(ascii: "t"): unescaped.append(0x09)
    case UInt8(ascii: "u"): unescaped.append(contentsOf: String(try escapedScalar(start)).utf8)
    default: throw JSONError(.badEscape, offset: start)
    }
  }

  /// The scalar of `\uXXXX`, or of a surrogate pair of them; the place is after the `u`.
  private mutating func escapedScalar(_ start: Int) throws(JSONError) -> Unicode.Scalar {
    let high = try fourHexDigits(start)
    if let scalar = Unicode.Scalar(high) { return scalar }
    guard high < 0xDC00, byte == UInt8(ascii: "\\") else { throw JSONError(.loneSurrogate, offset: start) }
    place += 1
    guard byte == UInt8(ascii: "u") else { throw JSONError(.loneSurrogate, offset: start) }
    place += 1
    let low = try fourHexDigits(start)
    guard (0xDC00...0xDFFF).contains(low),
      let scalar = Unicode.Scalar(0x10000 + ((high - 0xD800) << 10 | (low - 0xDC00)))
    else { throw JSONError(.loneSurrogate, offset: start) }
    return scalar
  }

  private mutating func fourHexDigits(_ start: Int) throws(JSONError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      let digit: UInt8
      switch byte {
      case 0x30...0x39: digit = byte - 0x30
      case 0x41...0x46: digit = byte - 0x37
      case 0x61...0x66: digit = byte - 0x57
      default: throw JSONError(.badEscape, offset: start)
      }
      value = value << 4 | UInt32(digit)
      place += 1
    }
    return value
  }
}
