import Tables

/// A text without its last lines, blank ones not counted.
final class LastLinesRecoder: TextRecoder {
  private let count: Int
  private let lineEnd: UInt8
  private let limit: Int
  private let source: String
  private var held: [UInt8] = []
  /// Where the last lines that are not blank start in `held`, at most `count` of them.
  private var starts: [Int] = []
  private var lineStart = 0
  private var isBlank = true

  /// `limit` bounds the bytes of the last lines.
  init(_ count: Int, lineEnd: UInt8, limit: Int, source: String) {
    self.count = count
    self.lineEnd = lineEnd
    self.limit = limit
    self.source = source
  }

  func take(_ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool, _ result: inout [UInt8]) throws(SourceError) {
    var at = held.count
    held.append(contentsOf: bytes)
    while at < held.count {
      let byte = held[at]
      at += 1
      if byte == lineEnd {
        (lineStart, isBlank) = (at, true)
      } else if isBlank, byte != 0x0D, byte != 0x0A {
        isBlank = false
        starts.append(lineStart)
        if starts.count > count { starts.removeFirst() }
      }
    }
    release(starts.count == count ? starts[0] : 0, &result)
    if isLast { held = [] }
    if held.count > limit {
      throw SourceError(source: source, reason: .tooLarge("more than \(limit) bytes in the last \(count) lines"))
    }
  }

  /// Gives the bytes before a place.
  private func release(_ place: Int, _ result: inout [UInt8]) {
    if place == 0 { return }
    result.append(contentsOf: held[..<place])
    held.removeFirst(place)
    lineStart -= place
    for index in starts.indices { starts[index] -= place }
  }
}
