import Tables

/// Turns delimited text of another dialect into that of RFC 4180: other quotes and escapes become double quotes, lines of comment become
/// blank ones, and returns that end rows become line feeds.
///
/// Line breaks stay where they are, so that lines are counted as in the file.
final class DialectRecoder: TextRecoder {
  /// What it is turned from.
  struct Marks: Sendable, Equatable {
    var delimiter: UInt8
    /// nil where no field stands in quotes.
    var quote: UInt8?
    /// What makes the next character stand for itself.
    var escape: UInt8?
    /// What a line of comment begins with; empty where there are none.
    var comment: [UInt8] = []
    var lineEnd = LineEnd.lf
  }

  private enum Mode {
    /// In the lines above the table, which stay as they are.
    case above
    case lineStart, comment
    case fieldStart, plain, plainEscape
    case quoted, quotedEscape
    /// Behind a quote that closes the field, unless another follows.
    case closed
    /// In what stands behind a closed quote and is not read.
    case behind
  }

  private static let quote = FieldScanner.quote
  private static let (feed, carriage): (UInt8, UInt8) = (0x0A, 0x0D)

  private let marks: Marks
  private let source: String
  /// How many bytes a field may have.
  private let limit: Int
  private let rowEnd: UInt8
  private var mode: Mode
  /// Lines above the table that are still to come, and bytes that are to be left out.
  private var above: Int
  private var dropped: Int
  /// How many bytes of the comment's beginning were met.
  private var matched = 0
  /// The last byte was a return that ended a row.
  private var isAfterReturn = false
  /// Returns outside quotes that no line feed followed.
  private(set) var loneReturns = 0
  /// A field without quotes, as far as it is known, and whether it has to stand in quotes.
  private var field: [UInt8] = []
  private var needsQuotes = false
  private var escapes = 0
  /// The last byte of the field was escaped.
  private var endsEscaped = false

  /// `above` is how many lines stand above the table; `dropped` how many of the first bytes are a byte order mark.
  init(_ marks: Marks, above: Int = 0, dropped: Int = 0, limit: Int, source: String) {
    self.marks = marks
    self.source = source
    self.limit = limit
    self.above = above
    self.dropped = dropped
    rowEnd = marks.lineEnd == .cr ? Self.carriage : Self.feed
    mode = above > 0 ? .above : .lineStart
  }

  func take(_ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool, _ result: inout [UInt8]) throws(SourceError) {
    result.reserveCapacity(result.count + bytes.count + bytes.count / 8)
    for byte in bytes {
      if dropped > 0 {
        dropped -= 1
      } else if marks.lineEnd == .any {
        takeAny(byte, &result)
      } else {
        put(byte, &result)
      }
    }
    if isLast { finish(&result) }
    if field.count > limit {
      throw SourceError(source: source, reason: .tooLarge("a field longer than \(limit) bytes"))
    }
  }

  /// Where returns end rows as well: a return becomes a line feed, and one that follows it nothing.
  private func takeAny(_ byte: UInt8, _ result: inout [UInt8]) {
    if mode == .quoted || mode == .quotedEscape || mode == .plainEscape { return put(byte, &result) }
    if byte == Self.feed, isAfterReturn {
      isAfterReturn = false
      return
    }
    if isAfterReturn { loneReturns += 1 }
    isAfterReturn = byte == Self.carriage
    put(isAfterReturn ? Self.feed : byte, &result)
  }

  private func put(_ byte: UInt8, _ result: inout [UInt8]) {
    switch mode {
    case .plain:
      if byte == marks.delimiter || byte == rowEnd {
        end(byte, &result)
      } else if byte == marks.escape {
        mode = .plainEscape
      } else {
        field.append(byte)
        endsEscaped = false
      }
    case .quoted:
      if byte == marks.escape {
        mode = .quotedEscape
      } else if byte == marks.quote {
        mode = .closed
      } else {
        putQuoted(byte, &result)
      }
    case .fieldStart: start(byte, &result)
    case .lineStart: startLine(byte, &result)
    case .closed: close(byte, &result)
    case .quotedEscape:
      putQuoted(byte, &result)
      mode = .quoted
    case .plainEscape:
      needsQuotes =
        needsQuotes || byte == marks.delimiter || byte == Self.quote || byte == Self.feed || byte == Self.carriage
      escapes += 1
      endsEscaped = true
      field.append(byte)
      mode = .plain
    case .behind:
      result.append(byte)
      if byte == marks.delimiter { mode = .fieldStart } else if byte == rowEnd { mode = .lineStart }
    case .comment:
      guard byte == rowEnd else { return }
      result.append(byte)
      mode = .lineStart
    case .above:
      result.append(byte)
      guard byte == rowEnd else { return }
      above -= 1
      if above == 0 { mode = .lineStart }
    }
  }

  private func startLine(_ byte: UInt8, _ result: inout [UInt8]) {
    if matched < marks.comment.count, byte == marks.comment[matched] {
      matched += 1
      if matched < marks.comment.count { return }
      matched = 0
      mode = .comment
      return
    }
    startRow(&result)
    put(byte, &result)
  }

  /// The line is no comment: what was held for that is its beginning.
  private func startRow(_ result: inout [UInt8]) {
    let held = marks.comment.prefix(matched)
    matched = 0
    mode = .fieldStart
    for byte in held { put(byte, &result) }
  }

  private func start(_ byte: UInt8, _ result: inout [UInt8]) {
    if byte == marks.quote {
      result.append(Self.quote)
      mode = .quoted
    } else {
      // A double quote that is an ordinary character must not open a field.
      needsQuotes = byte == Self.quote
      escapes = 0
      mode = .plain
      put(byte, &result)
    }
  }

  private func putQuoted(_ byte: UInt8, _ result: inout [UInt8]) {
    if byte == Self.quote { result.append(byte) }
    result.append(byte)
  }

  /// Behind a quote in a quoted field.
  private func close(_ byte: UInt8, _ result: inout [UInt8]) {
    if byte == marks.quote {
      putQuoted(byte, &result)
      mode = .quoted
      return
    }
    result.append(Self.quote)
    mode = .behind
    put(byte, &result)
  }

  /// A field without quotes ends before `mark`.
  private func end(_ mark: UInt8, _ result: inout [UInt8]) {
    let hasReturn = mark == rowEnd && rowEnd == Self.feed && field.last == Self.carriage && !endsEscaped
    if hasReturn { field.removeLast() }
    writeField(&result)
    if hasReturn { result.append(Self.carriage) }
    result.append(mark)
    mode = mark == marks.delimiter ? .fieldStart : .lineStart
  }

  private func writeField(_ result: inout [UInt8]) {
    if needsQuotes {
      result.append(Self.quote)
      for byte in field { putQuoted(byte, &result) }
      result.append(Self.quote)
    } else if escapes == 1, field == [UInt8(ascii: "N")], let escape = marks.escape {
      // What MySQL, PostgreSQL and Hive write for a missing cell is left for `missing` to name.
      result.append(escape)
      result.append(contentsOf: field)
    } else {
      result.append(contentsOf: field)
    }
    field.removeAll(keepingCapacity: true)
  }

  private func finish(_ result: inout [UInt8]) {
    if isAfterReturn { loneReturns += 1 }
    if mode == .lineStart { startRow(&result) }
    switch mode {
    case .plainEscape:
      if let escape = marks.escape { field.append(escape) }
      writeField(&result)
    case .plain: writeField(&result)
    case .closed: result.append(Self.quote)
    case .above, .lineStart, .comment, .fieldStart, .quoted, .quotedEscape, .behind: break
    }
  }
}
