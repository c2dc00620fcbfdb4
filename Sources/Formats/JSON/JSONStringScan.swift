import CVector

/// A string in JSON text, without its quotes.
struct ScannedString {
  /// The place of the closing quote.
  let end: Int
  /// Whether its bytes are not the text itself.
  let hasEscapes: Bool
}

extension JSONScan {
  /// The place of the first byte from `start` on, behind an opening quote, that is a quote or backslash, a control character or not
  /// ASCII.
  @inline(__always)
  func plainString(_ start: Int) -> Int {
    var at = start
    while true {
      let marks = mlp_string_marks16(p + at, 1)
      if marks != 0 { return at &+ marks.trailingZeroBitCount }
      at &+= 16
    }
  }

  /// The string from `start` on, which is behind its opening quote; nil where it is none.
  func string(_ start: Int) -> ScannedString? {
    let stop = plainString(start)
    if p[stop] == UInt8(ascii: "\"") { return ScannedString(end: stop, hasEscapes: false) }
    return longString(start, from: stop)
  }

  /// The same of one that is plain up to a place.
  @inline(never)
  func longString(_ start: Int, from stop: Int) -> ScannedString? {
    var at = stop
    var hasEscapes = false
    while true {
      let marks = mlp_string_marks16(p + at, 0)
      guard marks != 0 else {
        at += 16
        continue
      }
      at += marks.trailingZeroBitCount
      if p[at] == UInt8(ascii: "\"") { break }
      guard p[at] == UInt8(ascii: "\\"), let length = escapeLength(at) else { return nil }
      hasEscapes = true
      at += length
    }
    guard mlp_is_plain_ascii(p + start, at - start) != 0 || UTF8Text.isValid(p, start, at) else { return nil }
    return ScannedString(end: at, hasEscapes: hasEscapes)
  }

  /// How many bytes the escape at `at` has, a pair of surrogates being one; nil where it is none.
  private func escapeLength(_ at: Int) -> Int? {
    switch p[at + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return 2
    case UInt8(ascii: "u"):
      guard let unit = codeUnit(at) else { return nil }
      if unit & 0xF800 != 0xD800 { return 6 }
      guard unit < 0xDC00, p[at + 6] == UInt8(ascii: "\\"), p[at + 7] == UInt8(ascii: "u"), let low = codeUnit(at + 6)
      else { return nil }
      return low & 0xFC00 == 0xDC00 ? 12 : nil
    default: return nil
    }
  }

  /// The number that the four digits of `\uXXXX` at `at` write.
  private func codeUnit(_ at: Int) -> UInt32? {
    var unit: UInt32 = 0
    for place in at + 2..<at + 6 {
      let byte = p[place]
      let digit: UInt8
      switch byte {
      case 0x30...0x39: digit = byte - 0x30
      case 0x41...0x46: digit = byte - 0x37
      case 0x61...0x66: digit = byte - 0x57
      default: return nil
      }
      unit = unit << 4 | UInt32(digit)
    }
    return unit
  }

  /// Puts the text of a string with escapes, which ends at `end`, at `target`, where as many bytes find room; gives how many it has.
  func unescape(_ start: Int, _ end: Int, into target: UnsafeMutablePointer<UInt8>) -> Int {
    var (at, count) = (start, 0)
    while at < end {
      guard p[at] == UInt8(ascii: "\\") else {
        target[count] = p[at]
        (at, count) = (at &+ 1, count &+ 1)
        continue
      }
      if p[at + 1] == UInt8(ascii: "u") {
        at += unescapeUnit(at, into: target, &count)
      } else {
        target[count] = Self.letter(p[at + 1])
        (at, count) = (at &+ 2, count &+ 1)
      }
    }
    return count
  }

  private static func letter(_ byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    default: byte
    }
  }

  /// Gives how many bytes of text it took.
  private func unescapeUnit(_ at: Int, into target: UnsafeMutablePointer<UInt8>, _ count: inout Int) -> Int {
    var scalar = codeUnit(at) ?? 0xFFFD
    var taken = 6
    if scalar & 0xFC00 == 0xD800 {
      scalar = 0x10000 + ((scalar & 0x3FF) << 10 | ((codeUnit(at + 6) ?? 0) & 0x3FF))
      taken = 12
    }
    for byte in String(Unicode.Scalar(scalar) ?? "\u{FFFD}").utf8 {
      target[count] = byte
      count += 1
    }
    return taken
  }
}
