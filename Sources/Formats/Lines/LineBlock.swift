import Glibc
import Kernels
import Tables

/// The rows of a block of lines.
struct LineBlock: Sendable {
  /// A line that is no row.
  struct Problem: Sendable {
    /// Lines and rows, of whatever kind, before it in the block.
    let line: Int
    let record: Int
    let fault: LineFault
    let raw: [UInt8]
  }

  private(set) var columns: [Column] = []
  private(set) var infinite: [Int] = []
  private(set) var rows = 0
  private(set) var records = 0
  private(set) var lines = 0
  private(set) var problems: [Problem] = []

  /// Room is made for so many rows at first.
  private static let fewRows = 1 << 10

  /// Reads lines until so many rows stand; `wanted` are the columns that are kept, by place. With `keepsRaw` every line that is no row
  /// is kept, else the reading ends with the first. Where memory is refused, which cancels the work, it ends early.
  init(
    _ text: UnsafeBufferPointer<UInt8>, _ grammar: any LineGrammar, wanted: [Int], keepsRaw: Bool,
    rowLimit: Int = .max, _ progress: Progress
  ) {
    var cells = [LineCells?](repeating: nil, count: grammar.columns.count)
    for place in wanted { cells[place] = LineCells(grammar.columns[place]) }
    let kept = wanted.compactMap { cells[$0] }
    let texts = kept.filter(\.isText)
    var row = LineRow(cells)
    var (start, capacity) = (0, 0)
    while start < text.count, rows < rowLimit, keepsRaw || problems.isEmpty {
      if rows == capacity {
        capacity = max(Self.fewRows, capacity * 4)
        guard Self.hasRoom(capacity, kept, progress) else { break }
      }
      let rest = UnsafeBufferPointer(rebasing: text[start...])
      let length = Self.lineLength(rest)
      let line = Self.trimmed(UnsafeBufferPointer(rebasing: rest[..<length]))
      if let first = line.first, first != grammar.comment {
        row.row = rows
        if let fault = grammar.read(line, into: row) {
          for cells in kept { cells.undo(rows) }
          problems.append(Problem(line: lines, record: records, fault: fault, raw: keepsRaw ? Array(line) : []))
        } else {
          for cells in texts { cells.keepText() }
          rows += 1
        }
        records += 1
      }
      lines += 1
      start += length + 1
    }
    columns = kept.map { $0.finish(rows: rows) }
    infinite = kept.map(\.infiniteCount)
  }

  private static func hasRoom(_ rows: Int, _ cells: [LineCells], _ progress: Progress) -> Bool {
    do throws(Cancelled) { try progress.require(rows * cells.count * LineCells.rowSize) } catch { return false }
    for cells in cells { cells.grow(to: rows) }
    return true
  }

  /// Where the first line ends.
  private static func lineLength(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    guard let base = bytes.baseAddress, let end = memchr(base, 0x0A, bytes.count) else { return bytes.count }
    return UnsafeRawPointer(end) - UnsafeRawPointer(base)
  }

  /// A line without the blanks at its ends.
  static func trimmed(_ line: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var (start, end) = (0, line.count)
    while start < end, isBlank(line[start]) { start += 1 }
    while end > start, isBlank(line[end - 1]) { end -= 1 }
    return UnsafeBufferPointer(rebasing: line[start..<end])
  }

  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
}
