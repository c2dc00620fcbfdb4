extension JSONParser {
  /// `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`
  mutating func number() throws(JSONError) -> JSONValue {
    let start = place
    try skipNumber()
    guard let base = bytes.baseAddress else { throw JSONError(.badNumber, offset: start) }
    let number = NumberReader.shared.read(base, start, place, lenient: true)
    switch number.kind {
    case .int: return .int(Int64(bitPattern: number.bits))
    case .float, .big: return .double(number.double)
    case .infinite: throw JSONError(.numberOutOfRange, offset: start)
    case .none: throw JSONError(.badNumber, offset: start)
    }
  }

  /// Moves past a number.
  private mutating func skipNumber() throws(JSONError) {
    let start = place
    if byte == UInt8(ascii: "-") { place += 1 }
    let leadsWithZero = byte == UInt8(ascii: "0")
    let digits = skipDigits()
    guard digits > 0, digits == 1 || !leadsWithZero else { throw JSONError(.badNumber, offset: start) }
    if byte == UInt8(ascii: ".") {
      place += 1
      guard skipDigits() > 0 else { throw JSONError(.badNumber, offset: start) }
    }
    if byte | 0x20 == UInt8(ascii: "e") {
      place += 1
      if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { place += 1 }
      guard skipDigits() > 0 else { throw JSONError(.badNumber, offset: start) }
    }
  }

  private mutating func skipDigits() -> Int {
    let start = place
    while byte >= 0x30, byte <= 0x39 { place += 1 }
    return place - start
  }
}
