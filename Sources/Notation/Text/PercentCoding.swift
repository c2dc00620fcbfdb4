/// The `%41` of addresses (RFC 3986, 2.1).
public enum PercentCoding {
  /// The text with every `%` and its two hexadecimal digits as the byte that they stand for; nil where a `%` is followed by anything else,
  /// and for bytes that are no UTF-8 or hold a NUL. O(bytes).
  public static func decoded(_ text: some StringProtocol) -> String? {
    if !text.utf8.contains(UInt8(ascii: "%")) { return String(text) }
    let source = Array(text.utf8)
    var bytes: [UInt8] = []
    var at = 0
    while at < source.count {
      guard source[at] == UInt8(ascii: "%") else {
        bytes.append(source[at])
        at += 1
        continue
      }
      guard at + 2 < source.count, let high = digit(source[at + 1]), let low = digit(source[at + 2]) else { return nil }
      bytes.append(high << 4 | low)
      at += 3
    }
    return bytes.contains(0) ? nil : String(validating: bytes, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }
}
