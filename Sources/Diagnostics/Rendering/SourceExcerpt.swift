import Notation

/// The line that a diagnostic points at, as wide as a screen, and where its caret stands.
struct SourceExcerpt {
  /// The columns that an excerpt may take, on the widest screen and on the narrowest.
  private static let widths = 24...110
  /// The bytes looked at on either side of the caret: more cannot be shown.
  private static let reach = 1_000

  let lineNumber: Int
  /// 1-based, in Unicode scalars.
  let column: Int
  /// With tabs set to four columns and `…` where it was cut.
  let text: String
  /// The columns before the caret.
  let caretColumn: Int
  /// At least 1: an empty range, and one that goes on over the next lines, still has a mark.
  let caretWidth: Int

  /// In at most `room` columns, within bounds; nil where there is no screen.
  init(_ source: SourceFile, _ range: SourceRange, room: Int? = nil) {
    let width = min(max(room ?? .max, Self.widths.lowerBound), Self.widths.upperBound)
    // The columns kept before the caret when the line is cut.
    let lead = min(30, width / 3)
    (lineNumber, column) = source.position(of: range.start)
    let line = source.lineRange(lineNumber)
    let start = min(max(range.start, line.start), line.end)
    let end = min(max(range.end, start), line.end)
    // Passwords of addresses are masked, wherever the piece that holds one is cut.
    let secrets = Secrets.ranges(in: Array(source.bytes[line.start..<line.end])).map {
      $0.lowerBound + line.start..<$0.upperBound + line.start
    }
    let before = Cells(source.text(line.start, start, keeping: Self.reach, fromEnd: true, secrets), at: 0)
    let marked = Cells(source.text(start, end, keeping: Self.reach, secrets), at: before.width)
    let after = Cells(source.text(end, line.end, keeping: Self.reach, secrets), at: before.width + marked.width)
    let isCutBefore = start - line.start > Self.reach
    if !isCutBefore, before.width + marked.width + after.width <= width, line.end - end <= Self.reach {
      text = before.text + marked.text + after.text
      caretColumn = before.width
      caretWidth = max(1, marked.width)
      return
    }
    let shownBefore = isCutBefore || before.width > width / 2 ? "…" + before.suffix(lead) : before.text
    let shownMark = marked.prefix(width - lead * 2)
    let room = max(0, width - TextWidth.of(shownBefore) - TextWidth.of(shownMark) - 1)
    let rest = shownMark == marked.text ? after.prefix(room) : ""
    let isCutAfter = shownMark != marked.text || rest != after.text || line.end - end > Self.reach
    text = shownBefore + shownMark + rest + (isCutAfter ? "…" : "")
    caretColumn = TextWidth.of(shownBefore)
    caretWidth = max(1, TextWidth.of(shownMark))
  }
}

/// Text as it stands on a screen: each scalar with its columns.
private struct Cells {
  private(set) var cells: [(text: String, width: Int)] = []
  private(set) var width = 0

  init(_ text: String, at column: Int) {
    for scalar in text.unicodeScalars {
      let columns = scalar == "\t" ? 4 - (column + width) % 4 : TextWidth.of(scalar)
      cells.append((scalar == "\t" ? String(repeating: " ", count: columns) : shown(scalar), columns))
      width += columns
    }
  }

  var text: String { cells.map(\.text).joined() }

  func prefix(_ columns: Int) -> String {
    var used = 0
    return cells.prefix { cell in
      used += cell.width
      return used <= columns
    }.map(\.text).joined()
  }

  func suffix(_ columns: Int) -> String {
    var used = 0
    let count = cells.reversed().prefix { cell in
      used += cell.width
      return used <= columns
    }.count
    return cells.suffix(count).map(\.text).joined()
  }
}

extension SourceFile {
  /// At most `limit` bytes of a range, from its start or its end, cut between scalars, with a mask where a secret begins and nothing in
  /// place of it.
  fileprivate func text(
    _ start: Int, _ end: Int, keeping limit: Int, fromEnd: Bool = false, _ secrets: [Range<Int>]
  ) -> String {
    var first = fromEnd ? max(start, end - limit) : start
    var last = fromEnd ? end : min(end, start + limit)
    while first < last, first > start, bytes[first] & 0xC0 == 0x80 { first += 1 }
    while last > first, last < end, bytes[last] & 0xC0 == 0x80 { last -= 1 }
    var shown = ""
    for secret in secrets where secret.lowerBound < last && secret.upperBound > first {
      shown += self[SourceRange(first, max(first, secret.lowerBound))]
      if secret.lowerBound >= first { shown += Secrets.mask }
      first = min(last, secret.upperBound)
    }
    return shown + self[SourceRange(first, last)]
  }
}
