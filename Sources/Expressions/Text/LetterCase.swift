extension TextArena {
  func apply(_ op: TextToText, _ text: TextRef) -> TextRef {
    switch op {
    case .trim: return text.trimmed()
    case .ltrim: return text.trimmed(end: false)
    case .rtrim: return text.trimmed(start: false)
    case .squish: return squished(text)
    case .fold: return folded(text)
    case .reverse: return reversed(text)
    case .lower: return text.isASCII ? mapASCII(text) { _, byte in byte.lowered } : copy(text.string.lowercased())
    case .upper: return text.isASCII ? mapASCII(text) { _, byte in byte.raised } : copy(text.string.uppercased())
    case .title: return text.isASCII ? titleASCII(text) : copy(Self.title(text.string))
    case .capitalize:
      if text.isASCII { return mapASCII(text) { place, byte in place == 0 ? byte.raised : byte.lowered } }
      let string = text.string
      return copy(string.prefix(1).uppercased() + string.dropFirst().lowercased())
    }
  }

  @inline(__always)
  private func mapASCII(_ text: TextRef, _ change: (Int, UInt8) -> UInt8) -> TextRef {
    let place = allocate(text.count)
    for i in 0..<text.count { place[i] = change(i, text.base[i]) }
    return TextRef(base: place, count: text.count)
  }

  private func titleASCII(_ text: TextRef) -> TextRef {
    mapASCII(text) { place, byte in
      let starts = place == 0 || text.spaceWidth(at: place - 1) != nil
      return starts ? byte.raised : byte.lowered
    }
  }

  private static func title(_ string: String) -> String {
    var result = ""
    var starts = true
    for character in string {
      result += starts ? character.uppercased() : character.lowercased()
      starts = character.isWhitespace
    }
    return result
  }

  private func reversed(_ text: TextRef) -> TextRef {
    let place = allocate(text.count)
    var start = 0
    while start < text.count {
      var end = start + 1
      while end < text.count, text.base[end] & 0xC0 == 0x80 { end += 1 }
      for i in start..<end { place[text.count - end + (i - start)] = text.base[i] }
      start = end
    }
    return TextRef(base: place, count: text.count)
  }
}

extension UInt8 {
  fileprivate var lowered: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
  fileprivate var raised: UInt8 { (0x61...0x7A).contains(self) ? self & 0xDF : self }
}
