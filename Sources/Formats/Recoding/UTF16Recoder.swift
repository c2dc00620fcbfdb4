import Tables

/// UTF-16 (RFC 2781) as UTF-8, without a byte order mark.
package final class UTF16Recoder: TextRecoder {
  private let isBigEndian: Bool
  private let source: String
  /// The first byte of a unit, and the first unit of a pair.
  private var half: UInt8?
  private var high: UInt16?
  private var isAtStart = true
  private var line = 1

  package init(isBigEndian: Bool, source: String) {
    self.isBigEndian = isBigEndian
    self.source = source
  }

  package func take(_ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool, _ result: inout [UInt8]) throws(SourceError) {
    result.reserveCapacity(result.count + bytes.count / 2 + 3)
    for byte in bytes {
      guard let first = half else {
        half = byte
        continue
      }
      half = nil
      try take(isBigEndian ? UInt16(first) << 8 | UInt16(byte) : UInt16(byte) << 8 | UInt16(first), &result)
    }
    if isLast, half != nil || high != nil { throw bad("it ends within a character") }
  }

  private func take(_ unit: UInt16, _ result: inout [UInt8]) throws(SourceError) {
    defer { isAtStart = false }
    if let first = high {
      guard unit & 0xFC00 == 0xDC00 else { throw bad("the first half of a character stands without the second") }
      high = nil
      append(0x1_0000 + (UInt32(first & 0x3FF) << 10 | UInt32(unit & 0x3FF)), &result)
    } else if unit & 0xFC00 == 0xD800 {
      high = unit
    } else if unit & 0xFC00 == 0xDC00 {
      throw bad("the second half of a character stands without the first")
    } else if !isAtStart || unit != 0xFEFF {
      if unit == 0x0A { line &+= 1 }
      append(UInt32(unit), &result)
    }
  }

  private func append(_ scalar: UInt32, _ result: inout [UInt8]) {
    func put(_ bits: UInt32) { result.append(UInt8(truncatingIfNeeded: bits)) }
    if scalar < 0x80 { return put(scalar) }
    if scalar < 0x800 {
      put(0xC0 | scalar >> 6)
    } else {
      if scalar < 0x1_0000 {
        put(0xE0 | scalar >> 12)
      } else {
        put(0xF0 | scalar >> 18)
        put(0x80 | (scalar >> 12 & 0x3F))
      }
      put(0x80 | (scalar >> 6 & 0x3F))
    }
    put(0x80 | (scalar & 0x3F))
  }

  private func bad(_ words: String) -> SourceError {
    SourceError(source: source, reason: .badFormat("it is no UTF-16: \(words)"), line: line)
  }
}
