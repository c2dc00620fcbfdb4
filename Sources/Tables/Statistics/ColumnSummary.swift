import Kernels

/// What is known of one column of a stretch of rows: how many cells hold a value, their range, moments, quantiles, how many different
/// ones there are, the most frequent ones, the lengths of texts.
///
/// Summaries of consecutive stretches merge, and the figures are the same bits however the rows were cut and on any number of
/// threads. A summary that begins with the first row takes bounded memory (about 40 MB a column and 24 bytes for each 4,096 rows at
/// most); one that begins later keeps each different value, for only what comes before tells which of them matter.
public struct ColumnSummary: Sendable {
  public let type: ColumnType
  /// The rows that it is of, by their numbers in the whole table.
  public private(set) var rows: Range<Int>
  // One of these, by the type; not an enum, so that what is added to stays where it is.
  private var ordered: OrderedSummary?
  private var texts: TextTally?
  private var shape: TextShape?
  private var truths = 0
  private var falsehoods = 0

  /// Of no row yet, the next being row `firstRow`.
  public init(_ type: ColumnType, firstRow: Int = 0, depth: ProfileDepth = .brief) {
    self.init(type, firstRow: firstRow, limit: ValueCounts.limit, depth: depth)
  }

  /// Of a column, the first of its cells being row `firstRow`. O(cells).
  public init(
    _ column: Column, firstRow: Int = 0, depth: ProfileDepth = .brief, _ progress: Progress = Progress()
  ) throws(Cancelled) {
    self.init(column.type, firstRow: firstRow, depth: depth)
    try append(column, progress)
  }

  /// - Parameter limit: how many different values are counted exactly.
  init(_ type: ColumnType, firstRow: Int, limit: Int, depth: ProfileDepth = .brief) {
    self.type = type
    rows = firstRow..<firstRow
    ordered = OrderedKey(type).map { OrderedSummary($0, firstRow: firstRow, limit: limit, depth: depth) }
    texts = type == .text ? TextTally(firstRow: firstRow, limit: limit) : nil
    shape = type == .text && depth == .full ? TextShape() : nil
  }

  /// Adds the cells of the rows that come next; the column must be of the summary's type. O(cells). A summary that threw is not to be
  /// used further.
  public mutating func append(_ column: Column, _ progress: Progress = Progress()) throws(Cancelled) {
    precondition(column.type == type, "a summary is of one type")
    let first = rows.upperBound
    rows = rows.lowerBound..<first + column.count
    switch column {
    case .int, .float, .date, .datetime: try ordered?.add(column, first: first, progress)
    case .text(let cells):
      try texts?.add(cells, first: first, progress)
      try shape?.add(cells, progress)
    case .bool(let cells):
      var found = 0
      for row in 0..<cells.count where cells.values[row] && cells.isValid(row) { found += 1 }
      truths += found
      falsehoods += cells.count - cells.missingCount - found
    case .vector: break
    }
  }

  /// Adds what is known of the rows that come next; `next` has to begin where this ends and be of the same type. O(what differs).
  public mutating func merge(_ next: ColumnSummary) {
    precondition(
      next.type == type && next.rows.lowerBound == rows.upperBound, "summaries merge in the order of their rows")
    if next.rows.isEmpty { return }
    if rows.isEmpty {
      // Only a summary that begins with the first row may have let values go.
      self = next
      return
    }
    rows = rows.lowerBound..<next.rows.upperBound
    if let other = next.ordered { ordered?.merge(other, end: rows.upperBound) }
    if let other = next.texts { texts?.merge(other, end: rows.upperBound) }
    if let other = next.shape { shape?.merge(other) }
    truths += next.truths
    falsehoods += next.falsehoods
  }

  /// The figures. Quartiles and histogram are exact where at most `ValueCounts.limit` different values were met, else those of an even
  /// sample of its rows.
  public func profile(_ name: String, top: Int = 10) -> ColumnProfile { profile(name, top: top, nil) }

  /// What has to look at the column again for exact quartiles; nil where they are known.
  mutating func search() -> QuartileSearch? {
    ordered?.settle()
    return ordered.flatMap(QuartileSearch.init)
  }

  /// - Parameter search: what a second look at the column found.
  func profile(_ name: String, top: Int, _ search: QuartileSearch?) -> ColumnProfile {
    let top = min(max(0, top), ValueCounts.mostTop)
    if var ordered {
      ordered.settle()
      return ColumnProfile(name, ordered, rows.count, top, search)
    }
    if let texts { return ColumnProfile(name, texts, shape, rows.count, top) }
    if type == .bool { return ColumnProfile(name, truths: truths, falsehoods: falsehoods, rows.count, top) }
    return ColumnProfile(name, type, rows.count, missing: 0, distinct: nil)
  }
}
