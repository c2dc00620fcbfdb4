/// Which columns are missing together, of rows that come chunk by chunk.
public struct MissingPatterns: Sendable {
  /// So many columns are told apart, those with the most missing cells.
  public static let mostColumns = 64

  /// Rows that miss the same columns.
  public struct Pattern: Sendable, Hashable {
    /// Places among `columns`, rising; empty for rows that miss none.
    public let missing: [Int]
    public let rows: Int
  }

  /// The columns with missing cells, in the order of the table.
  public let columns: [String]
  /// Columns with missing cells that are not told apart.
  public let omitted: Int
  /// Rows with patterns that came when too many were known.
  public private(set) var otherRows = 0
  private static let mostPatterns = 1 << 16
  private var counts: [UInt64: Int] = [:]
  private var rowCount = 0
  private var masks: [UInt64] = []
  /// For each two columns the rows that miss both; of a column with itself those that miss it.
  private var both: [Int] = []

  /// - Parameter missing: the table's columns with how many cells each misses.
  public init(_ missing: [(name: String, cells: Int)]) {
    let gaps = missing.enumerated().filter { $0.element.cells > 0 }
    let most = gaps.sorted { ($0.element.cells, $1.offset) > ($1.element.cells, $0.offset) }.prefix(Self.mostColumns)
    columns = most.sorted { $0.offset < $1.offset }.map(\.element.name)
    omitted = gaps.count - columns.count
    both = [Int](repeating: 0, count: columns.count * columns.count)
  }

  /// Adds rows. O(rows + missing cells + columns² × rows / 64).
  public mutating func add(_ chunk: Table) {
    let count = chunk.rowCount
    masks.removeAll(keepingCapacity: true)
    masks += repeatElement(0, count: count)
    let valid = columns.map { chunk[$0]?.validity }
    for (place, validity) in valid.enumerated() {
      let bit: UInt64 = 1 << UInt64(place)
      validity?.eachClear(RowList(0..<count), 0..<count) { masks[$0] |= bit }
    }
    for (first, one) in valid.enumerated() {
      guard let one else { continue }
      for second in 0...first {
        guard let other = valid[second] else { continue }
        let present = zip(one.words, other.words).reduce(0) { $0 + ($1.0 | $1.1).nonzeroBitCount }
        both[first * columns.count + second] += count - present
      }
    }
    // Rows of one pattern stand together, most often.
    var start = 0
    for row in 1..<max(1, count + 1) where row == count || masks[row] != masks[start] {
      if start < count { note(masks[start], rows: row - start) }
      start = row
    }
    rowCount += count
  }

  private mutating func note(_ mask: UInt64, rows: Int) {
    if counts[mask] == nil, counts.count >= Self.mostPatterns {
      otherRows += rows
    } else {
      counts[mask, default: 0] += rows
    }
  }

  /// The patterns from the most frequent one on, equally frequent ones by what they miss first.
  public var patterns: [Pattern] {
    counts.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.map { mask, rows in
      Pattern(missing: columns.indices.filter { mask >> UInt64($0) & 1 == 1 }, rows: rows)
    }
  }

  /// How far two columns are missing in the same rows: the correlation of being missing (φ), −1 … 1; nil where one misses all.
  public func together(_ first: Int, _ second: Int) -> Double? {
    let (low, high) = (min(first, second), max(first, second))
    let (a, b) = (Double(rows(missing: low)), Double(rows(missing: high)))
    let n = Double(rowCount)
    let spread = a * (n - a) * b * (n - b)
    guard spread > 0 else { return nil }
    return (n * Double(both[high * columns.count + low]) - a * b) / spread.squareRoot()
  }

  /// How many rows miss a column.
  public func rows(missing place: Int) -> Int { both[place * columns.count + place] }
}
