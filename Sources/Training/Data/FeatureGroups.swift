import Learners
import Tables

/// A group for each row by one feature: its category, or its place among about equal parts of the ordered numbers; missing is a group
/// of its own.
struct FeatureGroups {
  let count: Int
  private let cells: Cells

  private enum Cells {
    case codes([Int32], highest: Int32)
    /// Numbers and the largest of all groups but the last, filled up with infinity to one less than a power of two.
    case numbers([Double], edges: [Double])
  }

  /// nil when there are too many groups for the rows to say anything.
  init?(_ column: DesignColumn) {
    let rows = column.rowCount
    if let found = column.codes {
      let highest = max(found.max() ?? 0, 0)
      guard (Int(highest) + 1) * 10 <= rows else { return nil }
      cells = .codes(found, highest: highest)
      count = Int(highest) + 3
      return
    }
    let numbers = column.numbers
    let edges = Self.edges(numbers, most: Self.most(rows))
    guard !edges.isEmpty else { return nil }
    count = edges.count + 2
    var size = 1
    while size <= edges.count { size *= 2 }
    cells = .numbers(numbers, edges: edges + [Double](repeating: .infinity, count: size - 1 - edges.count))
  }

  /// How many groups numbers are cut into at most.
  static func most(_ rows: Int) -> Int { min(SuspiciousFeatures.groupCount, max(2, rows / 8)) }

  /// The group of a row.
  func code(_ row: Int) -> Int {
    switch cells {
    case .codes(let codes, let highest):
      // Unseen and missing come after the categories.
      return Int(codes[row] >= 0 ? codes[row] : highest - codes[row])
    case .numbers(let numbers, let edges):
      let number = numbers[row]
      if number.isNaN { return count - 1 }
      // By halves without a branch, for which side it is can not be foretold: the sign of a difference is 1 where an edge is less.
      var (place, half) = (0, (edges.count + 1) / 2)
      while half > 0 {
        let isLess = Int(truncatingIfNeeded: (edges[place &+ half &- 1] - number).bitPattern &>> 63)
        place &+= half & (0 &- isLess)
        half &>>= 1
      }
      return place
    }
  }

  /// From a sorted part of the numbers.
  private static func edges(_ numbers: [Double], most: Int) -> [Double] {
    let step = max(1, numbers.count / 256)
    var sorted: [Double] = []
    sorted.reserveCapacity(numbers.count / step + 1)
    for row in stride(from: 0, to: numbers.count, by: step) where !numbers[row].isNaN { sorted.append(numbers[row]) }
    InterpolationSort.sort(&sorted)
    guard let largest = sorted.last else { return [] }
    var edges: [Double] = []
    for part in 1..<most {
      let edge = sorted[min(sorted.count - 1, part * sorted.count / most)]
      if edge < largest, edges.last.map({ $0 < edge }) ?? true { edges.append(edge) }
    }
    return edges
  }
}
