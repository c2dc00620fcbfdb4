extension TextRef {
  /// Without Unicode white space at the ends asked for; shares the bytes.
  func trimmed(start: Bool = true, end: Bool = true) -> TextRef {
    var from = 0
    var to = count
    if start { while from < to, let width = spaceWidth(at: from), from + width <= to { from += width } }
    if end { while to > from, let width = spaceWidth(before: to), to - width >= from { to -= width } }
    return slice(from, to)
  }

  /// How many runs of other than white space.
  var wordCount: Int {
    var words = 0
    var place = 0
    var isInside = false
    while place < count {
      if let width = spaceWidth(at: place) {
        isInside = false
        place += width
      } else {
        if !isInside { words += 1 }
        isInside = true
        place += 1
      }
    }
    return words
  }

  /// The bytes of the white space that starts at `place`; nil where there is none.
  func spaceWidth(at place: Int) -> Int? {
    let byte = base[place]
    if byte < 0x80 { return byte == 0x20 || (0x09...0x0D).contains(byte) ? 1 : nil }
    if byte == 0xC2, place + 1 < count { return base[place + 1] == 0x85 || base[place + 1] == 0xA0 ? 2 : nil }
    guard place + 2 < count else { return nil }
    return Self.isWideSpace(byte, base[place + 1], base[place + 2]) ? 3 : nil
  }

  private func spaceWidth(before place: Int) -> Int? {
    if base[place - 1] < 0x80 { return spaceWidth(at: place - 1) }
    if place >= 2, base[place - 2] == 0xC2 { return spaceWidth(at: place - 2) }
    guard place >= 3 else { return nil }
    return Self.isWideSpace(base[place - 3], base[place - 2], base[place - 1]) ? 3 : nil
  }

  /// U+1680, U+2000 … U+200A, U+2028, U+2029, U+202F, U+205F and U+3000: White_Space past two bytes.
  private static func isWideSpace(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
    switch (first, second) {
    case (0xE1, 0x9A): third == 0x80
    case (0xE2, 0x80): third <= 0x8A || third == 0xA8 || third == 0xA9 || third == 0xAF
    case (0xE2, 0x81): third == 0x9F
    case (0xE3, 0x80): third == 0x80
    // any other two bytes
    default: false
    }
  }
}
