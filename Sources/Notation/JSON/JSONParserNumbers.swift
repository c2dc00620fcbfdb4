extension JSONParser {
  /// `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`
  mutating func number() throws(JSONError) -> JSONValue {
    let start = place
    let (digits, isWhole) = try skipNumber()
    if isWhole, digits <= 18 { return .int(smallInteger(start)) }
    if !isWhole, let exact = exactDouble(start) { return .double(exact) }
    let text = String(decoding: bytes[start..<place], as: UTF8.self)
    if isWhole, let value = Int64(text) { return .int(value) }
    guard let value = Double(text), value.isFinite else { throw JSONError(.numberOutOfRange, offset: start) }
    return .double(value)
  }

  /// Moves past a number; gives its count of digits before the point, and whether it has neither point nor exponent.
  private mutating func skipNumber() throws(JSONError) -> (digits: Int, isWhole: Bool) {
    let start = place
    if byte == UInt8(ascii: "-") { place += 1 }
    let leadsWithZero = byte == UInt8(ascii: "0")
    let digits = skipDigits()
    guard digits > 0, digits == 1 || !leadsWithZero else { throw JSONError(.badNumber, offset: start) }
    let end = place
    if byte == UInt8(ascii: ".") {
      place += 1
      guard skipDigits() > 0 else { throw JSONError(.badNumber, offset: start) }
    }
    if byte | 0x20 == UInt8(ascii: "e") {
      place += 1
      if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { place += 1 }
      guard skipDigits() > 0 else { throw JSONError(.badNumber, offset: start) }
    }
    return (digits, place == end)
  }

  private mutating func skipDigits() -> Int {
    let start = place
    while byte >= 0x30, byte <= 0x39 { place += 1 }
    return place - start
  }

  /// A whole number of at most 18 digits from `start` to the current place, which cannot overflow.
  private func smallInteger(_ start: Int) -> Int64 {
    var value: Int64 = 0
    for digit in bytes[start..<place] where digit != UInt8(ascii: "-") { value = value * 10 + Int64(digit & 15) }
    return bytes[start] == UInt8(ascii: "-") ? -value : value
  }

  /// A plain decimal whose digits fit 2^53 and whose power of ten is exact: one division then rounds correctly
  /// (Clinger, "How to Read Floating Point Numbers Accurately"). nil for all others.
  private func exactDouble(_ start: Int) -> Double? {
    var digits: UInt64 = 0
    var decimals = 0
    var afterPoint = false
    guard place - start <= 18 else { return nil }
    for byte in bytes[start..<place] {
      switch byte {
      case UInt8(ascii: "-"): continue
      case UInt8(ascii: "."): afterPoint = true
      case 0x30...0x39:
        digits = digits &* 10 &+ UInt64(byte & 15)
        if afterPoint { decimals += 1 }
      default: return nil
      }
    }
    guard digits < 1 << 53, decimals < Self.powersOfTen.count else { return nil }
    let value = Double(digits) / Self.powersOfTen[decimals]
    return bytes[start] == UInt8(ascii: "-") ? -value : value
  }

  private static let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
  ]
}
