import Tables

/// A stream of text in blocks that end where a line ends, so that they can be parsed side by side.
final class LineBlocks {
  /// A block's size, unless a line is longer.
  static let size = 1 << 20

  private let stream: SampledStream
  private let source: String
  /// How many bytes one line may hold.
  private let lineLimit: Int
  private var rest: [UInt8] = []
  private var isAtEnd = false
  /// Line breaks in the blocks given so far.
  private var lines = 0

  init(_ stream: SampledStream, source: String, lineLimit: Int) {
    self.stream = stream
    self.source = source
    self.lineLimit = lineLimit
  }

  /// The block that follows; nil at the end.
  func next() throws(SourceError) -> [UInt8]? {
    var block = rest
    rest = []
    while !isAtEnd {
      let start = block.count
      try fill(&block)
      if let end = block[start...].lastIndex(of: 0x0A), !isAtEnd {
        rest = Array(block[(end + 1)...])
        block.removeSubrange((end + 1)...)
        break
      }
      if !isAtEnd, block.count > lineLimit {
        throw SourceError(source: source, reason: .tooLarge("a line longer than \(lineLimit) bytes"), line: lines + 1)
      }
    }
    if block.isEmpty { return nil }
    lines += block.lazy.filter { $0 == 0x0A }.count
    return block
  }

  private func fill(_ block: inout [UInt8]) throws(SourceError) {
    let start = block.count
    block.append(contentsOf: repeatElement(0, count: Self.size))
    var filled: Result<Int, SourceError> = .success(0)
    block.withUnsafeMutableBytes { buffer in
      guard let base = buffer.baseAddress else { return }
      do throws(SourceError) { filled = .success(try stream.fill(base + start, Self.size)) } catch {
        filled = .failure(error)
      }
    }
    let got = try filled.get()
    isAtEnd = got < Self.size
    block.removeLast(Self.size - got)
  }
}
