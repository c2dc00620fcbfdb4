import Kernels
import Tables

/// Orders rows by columns; equal rows keep their order, and missing comes last in either direction.
public struct Sort: RowChooser {
  public struct Key: Sendable, Hashable {
    public let column: String
    public let isDescending: Bool

    public init(_ column: String, isDescending: Bool = false) {
      self.column = column
      self.isDescending = isDescending
    }
  }

  private let keys: [Key]
  public let words: String

  public init(by keys: [Key], words: String) {
    self.keys = keys
    self.words = words
  }

  public var key: StepKey { StepKey("sort", keys.flatMap { [$0.column, $0.isDescending ? "down" : "up"] }) }
  public var reads: [String] { keys.map(\.column) }
  public var choice: RowDependence { .order }

  public func choose(from table: Table, _ progress: Progress) throws(EngineError) -> ChosenRows {
    let ranked = keys.compactMap { key in table[key.column].map { (ranks: $0.ranks, key.isDescending) } }
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
    let order = (0..<table.rowCount).sorted { left, right in
      for (ranks, isDescending) in ranked {
        let (a, b) = (ranks[left], ranks[right])
        if a == b { continue }
        if a < 0 || b < 0 { return b < 0 }
        return isDescending ? a > b : a < b
      }
      return left < right
    }
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
    return ChosenRows(rows: order)
  }
}

extension Column {
  /// For each row the place of its value among the sorted values, equal values sharing one; -1 for missing. O(n log n).
  ///
  /// Text is ordered by code points, false before true.
  public var ranks: [Int] {
    switch self {
    case .bool(let cells): return (0..<cells.count).map { cells[$0].map { $0 ? 1 : 0 } ?? -1 }
    case .int(let cells), .datetime(let cells): return Self.ranks(cells.values, valid: cells.isValid)
    case .float(let cells): return Self.ranks(cells.values, valid: cells.isValid)
    case .date(let cells): return Self.ranks(cells.values, valid: cells.isValid)
    case .text(let cells):
      let (codes, words) = cells.encoded()
      let sorted = words.indices.sorted { words[$0].unicodeScalars.lexicographicallyPrecedes(words[$1].unicodeScalars) }
      var rank = [Int](repeating: 0, count: words.count)
      for (place, word) in sorted.enumerated() { rank[word] = place }
      return codes.map { $0 < 0 ? -1 : rank[Int($0)] }
    case .vector(let cells): return [Int](repeating: 0, count: cells.count)
    }
  }

  private static func ranks<Value: Comparable>(_ values: [Value], valid: (Int) -> Bool) -> [Int] {
    var ranks = [Int](repeating: -1, count: values.count)
    let order = values.indices.filter(valid).sorted { values[$0] < values[$1] }
    var rank = -1
    for (place, row) in order.enumerated() {
      if place == 0 || values[order[place - 1]] < values[row] { rank += 1 }
      ranks[row] = rank
    }
    return ranks
  }
}
