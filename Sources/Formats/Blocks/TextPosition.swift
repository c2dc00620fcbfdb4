import CVector

/// How far a text leads: the line breaks in it, and the bytes behind the last.
struct TextPosition: Sendable {
  let line: Int
  let column: Int

  init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// Behind all of some bytes.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let base = bytes.baseAddress else {
      self.init(line: 0, column: 0)
      return
    }
    let lines = mlp_count_byte(base, bytes.count, 0x0A)
    var end = lines == 0 ? 0 : bytes.count
    while end > 0, base[end - 1] != 0x0A { end -= 1 }
    self.init(line: lines, column: bytes.count - end)
  }

  /// The same from a place on: the text begins there.
  func behind(line: Int, column: Int) -> TextPosition {
    TextPosition(line: line + self.line, column: self.line > 0 ? self.column : column + self.column)
  }
}

/// Positions of places in a text, each asked for behind the one before: all together are one pass.
struct TextPositions {
  private let text: UnsafeBufferPointer<UInt8>
  private var place = 0
  private var position = TextPosition(line: 0, column: 0)

  init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

  mutating func position(_ next: Int) -> TextPosition {
    let next = max(place, min(next, text.count))
    let more = TextPosition(UnsafeBufferPointer(rebasing: text[place..<next]))
    place = next
    position = more.behind(line: position.line, column: position.column)
    return position
  }
}
