/// The signs beside an amount's digits: blanks, minus signs and currencies in their spellings.
enum AmountSigns {
  /// How many bytes a sign of several bytes has that stands for one of ASCII, and that one; nil for any other.
  static func known(_ p: UnsafePointer<UInt8>, _ at: Int, _ end: Int) -> (length: Int, sign: UInt8)? {
    if at + 1 < end, p[at] == 0xC2, p[at + 1] == 0xA0 { return (2, 0x20) }
    guard at + 2 < end else { return nil }
    switch (p[at], p[at + 1], p[at + 2]) {
    // U+2000 … U+200A, U+202F and U+3000
    case (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xAF), (0xE3, 0x80, 0x80): return (3, 0x20)
    // U+2019
    case (0xE2, 0x80, 0x99): return (3, 0x27)
    // U+2212
    case (0xE2, 0x88, 0x92): return (3, 0x2D)
    // any other three bytes
    default: return nil
    }
  }

  /// How many bytes the currency has that stands there: a sign, a code of ISO 4217, or the short form of a name with its full stop.
  static func currency(_ p: UnsafePointer<UInt8>, _ at: Int, _ end: Int) -> Int? {
    if let length = sign(p, at, end) { return length }
    var last = at
    while last < end, isLetter(p[last]) { last += 1 }
    guard last > at, last - at <= 4 else { return nil }
    let word = String(decoding: UnsafeBufferPointer(start: p + at, count: last - at), as: UTF8.self)
    if last < end, p[last] == 0x24 { return dollars.contains(word) ? last + 1 - at : nil }
    guard words.contains(word) else { return nil }
    guard last < end, p[last] == 0x2E else { return last - at }
    // The full stop of a short form; behind a code it may be the mark of a fraction.
    let isBeforeDigit = last + 1 < end && p[last + 1] &- 0x30 <= 9
    return isBeforeDigit && word == word.uppercased() ? nil : last + 1 - at
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) || byte >= 0x80 }

  /// $, £, ¥, ¤, ฿, and U+20A0 … U+20C0.
  private static func sign(_ p: UnsafePointer<UInt8>, _ at: Int, _ end: Int) -> Int? {
    if p[at] == 0x24 { return 1 }
    if at + 1 < end, p[at] == 0xC2, (0xA3...0xA5).contains(p[at + 1]) { return 2 }
    guard at + 2 < end else { return nil }
    if p[at] == 0xE0, p[at + 1] == 0xB8, p[at + 2] == 0xBF { return 3 }
    guard p[at] == 0xE2 else { return nil }
    return p[at + 1] == 0x82 && p[at + 2] >= 0xA0 || p[at + 1] == 0x83 && p[at + 2] == 0x80 ? 3 : nil
  }

  /// What stands before a dollar sign.
  private static let dollars: Set<String> = ["A", "AU", "C", "CA", "HK", "MX", "NT", "NZ", "R", "S", "US"]

  private static let words: Set<String> = [
    "AED", "ARS", "AUD", "BDT", "BGN", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK", "EGP", "EUR", "GBP",
    "HKD", "HUF", "IDR", "ILS", "INR", "ISK", "JPY", "KES", "KRW", "KZT", "MAD", "MXN", "MYR", "NGN", "NOK", "NZD",
    "PEN", "PHP", "PKR", "PLN", "QAR", "RON", "RSD", "RUB", "SAR", "SEK", "SGD", "THB", "TRY", "TWD", "UAH", "USD",
    "VND", "ZAR", "kr", "Kr", "Fr", "fr", "SFr", "Rs", "zł", "Kč", "Ft", "руб", "лв",
  ]
}
