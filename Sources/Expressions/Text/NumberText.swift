import Glibc

/// Reads numbers out of texts, in one grammar whatever the locale: `[+-] digits [. digits] [e [+-] digits]`.
enum NumberText {
  /// The number that the whole text is, white space at its ends aside; nil if it is none or not finite.
  static func float(_ text: TextRef) -> Double? {
    let trimmed = text.trimmed()
    guard let scan = scan(trimmed, from: 0), scan.end == trimmed.count else { return nil }
    return value(trimmed.slice(0, scan.end), scan)
  }

  /// The whole number that the text is, or the part before the fraction; nil if it is none or past 64 bits.
  static func int(_ text: TextRef) -> Int64? {
    let trimmed = text.trimmed()
    if let whole = wholeNumber(trimmed) { return whole }
    guard let number = float(trimmed) else { return nil }
    return Int64(exactly: number.rounded(.towardZero))
  }

  private static func wholeNumber(_ text: TextRef) -> Int64? {
    var place = 0
    let isNegative = text.count > 0 && text.base[0] == UInt8(ascii: "-")
    if text.count > 0, isNegative || text.base[0] == UInt8(ascii: "+") { place = 1 }
    guard place < text.count else { return nil }
    var value: Int64 = 0
    while place < text.count {
      let digit = text.base[place] &- 48
      guard digit < 10 else { return nil }
      let (tenfold, over) = value.multipliedReportingOverflow(by: 10)
      // Counted downwards: the least Int64 has no positive twin.
      let (next, under) = tenfold.subtractingReportingOverflow(Int64(digit))
      guard !over, !under else { return nil }
      value = next
      place += 1
    }
    if isNegative { return value }
    return value == .min ? nil : -value
  }

  /// The first number in the text: currency signs, words and units around it and commas between its digits do not count.
  static func first(_ text: TextRef) -> Double? {
    var digits: [UInt8] = []
    var place = 0
    while place < text.count, text.base[place] &- 48 >= 10 { place += 1 }
    guard place < text.count else { return nil }
    var before = place - 1
    if before >= 0, text.base[before] == UInt8(ascii: ".") {
      digits.append(UInt8(ascii: "."))
      before -= 1
    }
    while before >= 0, text.base[before] >= 0x80 || [0x20, 0x24].contains(text.base[before]) { before -= 1 }
    if before >= 0, text.base[before] == UInt8(ascii: "-") { digits.insert(UInt8(ascii: "-"), at: 0) }
    while place < text.count {
      let byte = text.base[place]
      let isBetweenDigits = place + 1 < text.count && text.base[place + 1] &- 48 < 10
      if byte == UInt8(ascii: ","), isBetweenDigits {
        place += 1
        continue
      }
      let isPoint = byte == UInt8(ascii: ".") && isBetweenDigits && !digits.contains(UInt8(ascii: "."))
      guard byte &- 48 < 10 || isPoint else { break }
      digits.append(byte)
      place += 1
    }
    return digits.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.flatMap { float(TextRef(base: $0, count: buffer.count)) }
    }
  }

  private struct Scan {
    var mantissa: UInt64 = 0
    var digits = 0
    var exponent = 0
    var isNegative = false
    var end = 0
  }

  private static func scan(_ text: TextRef, from start: Int) -> Scan? {
    var scan = Scan()
    var place = start
    if place < text.count, text.base[place] == 0x2B || text.base[place] == 0x2D {
      scan.isNegative = text.base[place] == 0x2D
      place += 1
    }
    let first = place
    scanDigits(text, &place, &scan, fraction: false)
    var count = place - first
    if place < text.count, text.base[place] == 0x2E {
      place += 1
      let fraction = place
      scanDigits(text, &place, &scan, fraction: true)
      count += place - fraction
    }
    guard count > 0 else { return nil }
    if place < text.count, text.base[place] | 0x20 == 0x65 {
      guard scanExponent(text, &place, &scan) else { return nil }
    }
    scan.end = place
    return scan
  }

  private static func scanDigits(_ text: TextRef, _ place: inout Int, _ scan: inout Scan, fraction: Bool) {
    while place < text.count, text.base[place] &- 48 < 10 {
      let digit = UInt64(text.base[place] &- 48)
      if scan.digits > 0 || digit != 0 { scan.digits += 1 }
      scan.mantissa = scan.mantissa &* 10 &+ digit
      if fraction { scan.exponent -= 1 }
      place += 1
    }
  }

  private static func scanExponent(_ text: TextRef, _ place: inout Int, _ scan: inout Scan) -> Bool {
    place += 1
    var isNegative = false
    if place < text.count, text.base[place] == 0x2B || text.base[place] == 0x2D {
      isNegative = text.base[place] == 0x2D
      place += 1
    }
    let first = place
    var exponent = 0
    while place < text.count, text.base[place] &- 48 < 10 {
      exponent = Swift.min(exponent * 10 + Int(text.base[place] &- 48), 100_000)
      place += 1
    }
    scan.exponent += isNegative ? -exponent : exponent
    return place > first
  }

  private static let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]

  /// Exact in one operation where mantissa and power of ten are both doubles (Clinger's fast path), else strtod's.
  private static func value(_ text: TextRef, _ scan: Scan) -> Double? {
    if scan.digits <= 15, abs(scan.exponent) <= 22 {
      let mantissa = Double(scan.mantissa)
      let power = powers[abs(scan.exponent)]
      let value = scan.exponent < 0 ? mantissa / power : mantissa * power
      return scan.isNegative ? -value : value
    }
    // The program never sets LC_NUMERIC, so the point is a point.
    let terminated = text.bytes.map { CChar(bitPattern: $0) } + [0]
    let value = terminated.withUnsafeBufferPointer { $0.baseAddress.map { strtod($0, nil) } ?? .nan }
    return value.isFinite ? value : nil
  }
}
