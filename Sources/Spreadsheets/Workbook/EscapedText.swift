/// Characters that XML has no place for, as workbooks write them: `_x000D_` (ECMA-376 part 1, 22.9.2.19, ST_Xstring).
enum EscapedText {
  /// The text that is meant.
  static func decoded(_ text: [UInt8]) -> [UInt8] {
    guard text.contains(UInt8(ascii: "_")) else { return text }
    var result: [UInt8] = []
    var at = 0
    while at < text.count {
      if let scalar = scalar(text, at) {
        result.append(contentsOf: String(Character(scalar)).utf8)
        at += 7
      } else {
        result.append(text[at])
        at += 1
      }
    }
    return result
  }

  /// The text as it is written: control characters, and what would be read as one of them.
  static func encoded(_ text: some Collection<UInt8>) -> [UInt8] {
    let bytes = Array(text)
    var result: [UInt8] = []
    for (place, byte) in bytes.enumerated() {
      if byte < 0x20, byte != 0x0A, byte != 0x09 {
        let digits = String(byte, radix: 16, uppercase: true)
        result.append(contentsOf: "_x\(String(repeating: "0", count: 4 - digits.count))\(digits)_".utf8)
      } else if scalar(bytes, place) != nil {
        result.append(contentsOf: "_x005F_".utf8)
      } else {
        result.append(byte)
      }
    }
    return result
  }

  /// The character that the seven bytes at a place stand for.
  private static func scalar(_ text: [UInt8], _ at: Int) -> Unicode.Scalar? {
    guard text.count - at >= 7, text[at] == UInt8(ascii: "_"), text[at + 1] == UInt8(ascii: "x"),
      text[at + 6] == UInt8(ascii: "_"),
      let value = UInt32(String(decoding: text[at + 2..<at + 6], as: UTF8.self), radix: 16),
      text[at + 2] != UInt8(ascii: "+"), text[at + 2] != UInt8(ascii: "-"), value != 0
    else { return nil }
    return Unicode.Scalar(value)
  }
}
