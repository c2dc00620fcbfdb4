/// Reads a text from its start.
struct TextReader {
  let text: TextRef
  var place = 0

  init(_ text: TextRef) { self.text = text }

  var isAtEnd: Bool { place >= text.count }
  var next: UInt8? { place < text.count ? text.base[place] : nil }

  mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    place += 1
    return true
  }

  /// A whole number of at least `least` and at most `most` digits.
  mutating func digits(_ least: Int, _ most: Int) -> Int? {
    var value = 0
    var count = 0
    while count < most, let byte = next, byte &- 48 < 10 {
      value = value * 10 + Int(byte &- 48)
      count += 1
      place += 1
    }
    return count >= least ? value : nil
  }

  /// Digits of a fraction as microseconds; more than six are cut off.
  mutating func fraction() -> Int64? {
    var value: Int64 = 0
    var count = 0
    while let byte = next, byte &- 48 < 10 {
      if count < 6 { value = value * 10 + Int64(byte &- 48) }
      count += 1
      place += 1
    }
    guard count > 0 else { return nil }
    for _ in 0..<max(0, 6 - count) { value *= 10 }
    return value
  }

  /// `Z`, `+02:00`, `-0530`: seconds east of UTC.
  mutating func zone() -> Int64? {
    if take(0x5A) || take(0x7A) { return 0 }
    let isWest = next == 0x2D
    guard take(0x2B) || take(0x2D), let hours = digits(2, 2) else { return nil }
    _ = take(0x3A)
    let minutes = digits(2, 2) ?? 0
    guard hours <= 23, minutes <= 59 else { return nil }
    return Int64(hours * 3600 + minutes * 60) * (isWest ? -1 : 1)
  }
}
