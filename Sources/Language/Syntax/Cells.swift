import Diagnostics

extension Comment {
  /// Whether it begins a cell of the percent format: `# %%` on a line of its own.
  public var isCellMark: Bool {
    ownsLine && (text.hasPrefix("# %%") || text.hasPrefix("#%%"))
  }
}

extension Cell {
  /// The cells that a script's marks cut it into. The text before the first mark is a cell if it holds anything but
  /// white space, and a script without marks is one code cell.
  public static func cells(of source: SourceFile, comments: [Comment]) -> [Cell] {
    let marks = comments.filter(\.isCellMark)
    var cells: [Cell] = []
    let preamble = SourceRange(0, marks.first.map { lineStart(of: $0, in: source) } ?? source.bytes.count)
    if marks.isEmpty || !source.bytes[..<preamble.end].allSatisfy({ $0 <= .space }) {
      cells.append(Cell(kind: .code, title: "", mark: nil, content: preamble))
    }
    for (index, mark) in marks.enumerated() {
      let start = source.bytes[mark.range.end...].firstIndex(of: .lineFeed).map { $0 + 1 } ?? source.bytes.count
      let end = index + 1 < marks.count ? lineStart(of: marks[index + 1], in: source) : source.bytes.count
      let (kind, title) = heading(of: mark.text)
      cells.append(Cell(kind: kind, title: title, mark: mark.range, content: SourceRange(start, end)))
    }
    return cells
  }

  private static func lineStart(of mark: Comment, in source: SourceFile) -> Int {
    var start = mark.range.start
    while start > 0, source.bytes[start - 1] != .lineFeed { start -= 1 }
    return start
  }

  /// `# %% [markdown] Title` is a text cell named `Title`.
  private static func heading(of mark: String) -> (Kind, String) {
    let rest = mark.drop { $0 == "#" || $0 == " " }.dropFirst(2).drop { $0 == " " || $0 == "\t" }
    for (tag, kind) in [("[markdown]", Kind.markdown), ("[md]", .markdown), ("[code]", .code)] where rest.hasPrefix(tag)
    {
      return (kind, String(rest.dropFirst(tag.count).drop { $0 == " " }))
    }
    return (.code, String(rest))
  }
}
