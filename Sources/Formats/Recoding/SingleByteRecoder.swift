import Tables

/// Text of one byte a character as UTF-8: ISO 8859-1, or Windows-1252, which has letters and signs where the former has control characters.
final class SingleByteRecoder: TextRecoder {
  /// The characters of Windows-1252 for the bytes 80 to 9F; 0 where it has none.
  static let windows: [UInt32] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
    0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E,
    0x0178,
  ]

  private let source: String
  /// What the bytes from 80 on become; nothing where there is no such character.
  private let upper: [[UInt8]]
  private var line = 1

  init(isWindows: Bool, source: String) {
    self.source = source
    upper = (0..<128).map { place in
      let scalar = isWindows && place < 32 ? Self.windows[place] : UInt32(0x80 + place)
      return scalar == 0 ? [] : Unicode.Scalar(scalar).map { Array(String(Character($0)).utf8) } ?? []
    }
  }

  func take(_ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool, _ result: inout [UInt8]) throws(SourceError) {
    result.reserveCapacity(result.count + bytes.count)
    var start = 0
    for place in 0..<bytes.count {
      let byte = bytes[place]
      if byte < 0x80 {
        if byte == 0x0A { line &+= 1 }
        continue
      }
      result.append(contentsOf: bytes[start..<place])
      start = place + 1
      let text = upper[Int(byte &- 0x80)]
      if text.isEmpty {
        let words = "the byte \(String(byte, radix: 16)) is no character of \(TextEncoding.windows1252.rawValue)"
        throw SourceError(source: source, reason: .badFormat(words), line: line)
      }
      result.append(contentsOf: text)
    }
    result.append(contentsOf: bytes[start...])
  }
}
