/// A named piece of mlp text: a script file, a line typed at the prompt, or the text given to `-e`.
public struct SourceFile: Sendable {
  /// The name that diagnostics show: a path as it was given, or `<prompt>`.
  public let name: String
  public let text: String
  public let bytes: [UInt8]
  /// Byte offset at which each line starts.
  private let lineStarts: [Int]
  /// The number of Unicode scalars before every `stride`-th byte: a column costs no more on a line of a million bytes.
  private let scalarCounts: [Int]
  private static let stride = 1024

  public init(name: String, text: String) {
    self.name = name
    self.text = text
    bytes = Array(text.utf8)
    var starts = [0]
    var counts: [Int] = []
    var scalars = 0
    for (index, byte) in bytes.enumerated() {
      if index % Self.stride == 0 { counts.append(scalars) }
      if byte & 0xC0 != 0x80 { scalars += 1 }
      if byte == 10 { starts.append(index + 1) }
    }
    lineStarts = starts
    scalarCounts = counts
  }

  /// The 1-based line and 1-based column, counted in Unicode scalars, of a byte offset. O(log lines).
  public func position(of offset: Int) -> (line: Int, column: Int) {
    let bounded = min(max(offset, 0), bytes.count)
    var low = 0
    var high = lineStarts.count
    while low + 1 < high {
      let middle = (low + high) / 2
      if lineStarts[middle] <= bounded { low = middle } else { high = middle }
    }
    let column = scalars(before: bounded) - scalars(before: lineStarts[low]) + 1
    return (low + 1, column)
  }

  private func scalars(before offset: Int) -> Int {
    let block = min(offset / Self.stride, scalarCounts.count - 1)
    guard block >= 0 else { return 0 }
    return scalarCounts[block] + bytes[block * Self.stride..<offset].count { $0 & 0xC0 != 0x80 }
  }

  /// The bytes of a 1-based line without its line break; empty, at the end, for a line that is not there.
  public func lineRange(_ number: Int) -> SourceRange {
    guard number >= 1, number <= lineStarts.count else { return SourceRange(bytes.count, bytes.count) }
    let start = lineStarts[number - 1]
    var end = number < lineStarts.count ? lineStarts[number] - 1 : bytes.count
    if end > start, bytes[end - 1] == 13 { end -= 1 }
    return SourceRange(start, end)
  }

  /// The text of a 1-based line without its line break; empty for a line that is not there.
  public func line(_ number: Int) -> String {
    self[lineRange(number)]
  }

  /// The source text of a range; the range is clamped to the file.
  public subscript(range: SourceRange) -> String {
    let start = min(max(range.start, 0), bytes.count)
    let end = min(max(range.end, start), bytes.count)
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }
}
