/// Checks that bytes are text.
package enum UTF8Text {
  /// Whether the bytes are well-formed UTF-8 (RFC 3629) without NUL.
  package static func isValid(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { $0.baseAddress.map { isValid($0, 0, bytes.count) } ?? true }
  }

  static func isValid(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    isWellFormed(p, start, end, takesNUL: false)
  }

  /// Whether the bytes are well-formed UTF-8. In a file of text NUL is a sign that it is none; where a length says how long a text is,
  /// it is a character.
  package static func isWellFormed(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, takesNUL: Bool = true) -> Bool {
    var at = start
    while at < end {
      let byte = p[at]
      if byte < 0x80 {
        if byte == 0, !takesNUL { return false }
        at &+= 1
        continue
      }
      let length = sequenceLength(p, at, end)
      if length == 0 { return false }
      at &+= length
    }
    return true
  }

  /// The bytes of the character at `at`, which does not start with ASCII; 0 when it is not well-formed.
  private static func sequenceLength(_ p: UnsafePointer<UInt8>, _ at: Int, _ end: Int) -> Int {
    let lead = p[at]
    let length = lead >= 0xC2 && lead <= 0xDF ? 2 : lead & 0xF0 == 0xE0 ? 3 : lead >= 0xF0 && lead <= 0xF4 ? 4 : 0
    guard length > 0, at + length <= end else { return 0 }
    let second = p[at + 1]
    let low: UInt8 = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80
    let high: UInt8 = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF
    guard second >= low, second <= high else { return 0 }
    for next in 2..<max(2, length) where p[at + next] & 0xC0 != 0x80 { return 0 }
    return length
  }
}
