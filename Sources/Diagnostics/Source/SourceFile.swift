/// A named piece of mlp text: a script file, a line typed at the prompt, or the text given to `-e`.
public struct SourceFile: Sendable {
  /// The name that diagnostics show: a path as it was given, or `<prompt>`.
  public let name: String
  public let text: String
  public let bytes: [UInt8]
  /// Byte offset at which each line starts.
  private let lineStarts: [Int]

  public init(name: String, text: String) {
    self.name = name
    self.text = text
    bytes = Array(text.utf8)
    var starts = [0]
    for (index, byte) in bytes.enumerated() where byte == 10 { starts.append(index + 1) }
    lineStarts = starts
  }

  public var lineCount: Int { lineStarts.count }

  /// The 1-based line and 1-based column, counted in Unicode scalars, of a byte offset. O(log lines + line length).
  public func position(of offset: Int) -> (line: Int, column: Int) {
    let bounded = min(max(offset, 0), bytes.count)
    var low = 0
    var high = lineStarts.count
    while low + 1 < high {
      let middle = (low + high) / 2
      if lineStarts[middle] <= bounded { low = middle } else { high = middle }
    }
    let column = bytes[lineStarts[low]..<bounded].count { $0 & 0xC0 != 0x80 } + 1
    return (low + 1, column)
  }

  /// The text of a 1-based line without its line break; empty for a line that is not there.
  public func line(_ number: Int) -> String {
    guard number >= 1, number <= lineStarts.count else { return "" }
    let start = lineStarts[number - 1]
    var end = number < lineStarts.count ? lineStarts[number] - 1 : bytes.count
    if end > start, bytes[end - 1] == 13 { end -= 1 }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// The source text of a range; the range is clamped to the file.
  public subscript(range: SourceRange) -> String {
    let start = min(max(range.start, 0), bytes.count)
    let end = min(max(range.end, start), bytes.count)
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }
}
