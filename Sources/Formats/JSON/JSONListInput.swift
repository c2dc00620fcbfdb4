import CVector
import Tables

/// A text that is one list, cut before commas between its elements.
///
/// A block's text begins with such a comma, but for the first, and ends before one or before the list does.
final class JSONListInput: RecordInput, @unchecked Sendable {
  // Of the thread whose turn it is:
  private var state = mlp_list_state(inside: 0, escapes: 0, depth: 1)
  private var hasBegun = false
  private var isClosed = false
  /// Line breaks before the fresh bytes at hand, and bytes behind the last of them.
  private var line: Int
  private var column: Int

  override init(
    path: String, _ start: RecordStart, stream: SampledStream?,
    open: @escaping @Sendable () throws(SourceError) -> SampledStream
  ) {
    line = start.line
    column = start.column
    super.init(path: path, start, stream: stream, open: open)
  }

  override func tooLong(_ limit: Int) -> String {
    "an element longer than \(limit) bytes; is a quote or a bracket never closed?"
  }

  /// Where something is wrong with the list, what comes before it can be read all the same.
  override func endOfRows(_ block: TextBlock, hasQuotes: Bool) throws(SourceError) -> Int? {
    let fresh = UnsafeBufferPointer(start: UnsafePointer(block.freshBytes), count: block.freshCount)
    let carried = block.count - fresh.count
    defer { pass(fresh) }
    if isClosed {
      _ = block.cut(0)
      try refuseText(fresh, from: 0)
      return nil
    }
    if let comma = leadingComma(fresh) {
      _ = block.cut(0)
      throw failure("a comma stands before the first element", fresh, comma)
    }
    var closed = -1
    let last = mlp_list_cut(block.freshBytes, fresh.count, &state, &closed)
    if closed >= 0 {
      isClosed = true
      _ = block.cut(carried + closed)
      guard fresh[closed] == UInt8(ascii: "]") else { throw failure("'}' stands where the list ends", fresh, closed) }
      try refuseText(fresh, from: closed + 1)
      return nil
    }
    let end = last < 0 ? 0 : carried + last
    if isAtEnd {
      _ = block.cut(end)
      throw failure("the list is not closed: ']' is missing", fresh, fresh.count)
    }
    return end
  }

  private func leadingComma(_ fresh: UnsafeBufferPointer<UInt8>) -> Int? {
    guard !hasBegun, let first = fresh.firstIndex(where: { !Self.isSpace($0) }) else { return nil }
    hasBegun = true
    return fresh[first] == UInt8(ascii: ",") ? first : nil
  }

  /// Nothing but white space may stand behind the list.
  private func refuseText(_ fresh: UnsafeBufferPointer<UInt8>, from start: Int) throws(SourceError) {
    guard let place = fresh[start...].firstIndex(where: { !Self.isSpace($0) }) else { return }
    throw failure("there is text behind the list", fresh, place)
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

  private func failure(_ words: String, _ fresh: UnsafeBufferPointer<UInt8>, _ place: Int) -> SourceError {
    let before = TextPosition(UnsafeBufferPointer(rebasing: fresh[..<place])).behind(line: line, column: column)
    return SourceError(
      source: path, reason: .badFormat("\(words), in column \(before.column + 1)"), line: before.line + 1)
  }

  private func pass(_ fresh: UnsafeBufferPointer<UInt8>) {
    let end = TextPosition(fresh).behind(line: line, column: column)
    (line, column) = (end.line, end.column)
  }
}
