extension TextArena {
  /// Without white space at both ends, with one space for each run of it between, and without characters that take no room: they come
  /// with copied texts and make two cells different that look the same.
  func squished(_ text: TextRef) -> TextRef {
    let out = allocate(text.count)
    var (place, count, isApart) = (0, 0, false)
    while place < text.count {
      if let width = text.spaceWidth(at: place) {
        isApart = count > 0
        place += width
      } else if let width = text.invisibleWidth(at: place) {
        place += width
      } else {
        if isApart {
          out[count] = 0x20
          count += 1
          isApart = false
        }
        out[count] = text.base[place]
        count += 1
        place += 1
      }
    }
    return TextRef(base: out, count: count)
  }
}

extension TextRef {
  /// The bytes of a character without width that starts at `place`: U+200B, U+2060 or U+FEFF; nil where there is none.
  fileprivate func invisibleWidth(at place: Int) -> Int? {
    guard place + 2 < count else { return nil }
    switch (base[place], base[place + 1], base[place + 2]) {
    case (0xE2, 0x80, 0x8B), (0xE2, 0x81, 0xA0), (0xEF, 0xBB, 0xBF): return 3
    // any other three bytes
    default: return nil
    }
  }
}
