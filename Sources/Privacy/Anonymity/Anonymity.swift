import Glibc
import Kernels
import Plan
import Tables

/// How well rows hide among each other: by the quasi-identifiers, which others may know of a person, rows fall into classes that nobody can
/// tell apart.
///
/// k is the size of the smallest class (Samarati and Sweeney 1998), l the fewest different values of a sensitive column in a class
/// (Machanavajjhala et al. 2007, distinct l-diversity), t the largest earth mover's distance between the values of a class and those of all
/// rows (Li et al. 2007), with ordered distance for numbers and times and equal distance for all else. A missing cell is a value of its own.
public struct Anonymity: Sendable, Equatable {
  /// How much of a sensitive column a class gives away.
  public struct Diversity: Sendable, Equatable {
    public let column: String
    public let l: Int
    public let t: Double
  }

  /// 0 where there are no rows.
  public let k: Int
  public let rows: Int
  public let classes: Int
  /// Rows that are a class of their own.
  public let uniques: Int
  public let diversities: [Diversity]

  /// Of a table that has the columns named. O(rows × columns).
  public init(
    of table: Table, quasi: [String], sensitive: [String], _ progress: Progress
  ) throws(EngineError) {
    do throws(OutOfMemory) { try Memory.require(table.rowCount * 16) } catch {
      throw EngineError(error, rows: table.rowCount)
    }
    var classes = RowClasses(count: table.rowCount)
    for name in quasi {
      try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
      guard let column = table[name] else { throw EngineError(.column(.unknown(name))) }
      classes.part(by: CategoryCodes(column).codes)
    }
    let sizes = classes.sizes
    k = sizes.min() ?? 0
    rows = table.rowCount
    self.classes = sizes.count
    uniques = sizes.count { $0 == 1 }
    var diversities: [Diversity] = []
    for name in sensitive {
      try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
      guard let column = table[name] else { throw EngineError(.column(.unknown(name))) }
      diversities.append(Self.diversity(name, column, classes, sizes))
    }
    self.diversities = diversities
  }

  private static func diversity(
    _ name: String, _ column: Column, _ classes: RowClasses, _ sizes: [Int]
  ) -> Diversity {
    let found = CategoryCodes(column)
    // Missing stands first.
    let hasMissing = column.missingCount > 0
    let places = found.codes.map { Int($0) + (hasMissing ? 1 : 0) }
    let counts = (hasMissing ? [column.missingCount] : []) + found.counts
    var order = [Int](repeating: 0, count: places.count)
    var starts = sizes.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1) }
    let ends = starts.dropFirst()
    for (row, own) in classes.ids.enumerated() {
      order[starts[own]] = places[row]
      starts[own] += 1
    }
    let isOrdered = column.type.isNumeric || column.type == .date || column.type == .datetime
    var (l, t) = (sizes.isEmpty ? 0 : Int.max, 0.0)
    var start = 0
    for end in ends {
      let (different, distance) = Self.compare(order[start..<end], to: counts, of: places.count, isOrdered)
      (l, t) = (min(l, different), max(t, distance))
      start = end
    }
    return Diversity(column: name, l: l, t: t)
  }

  /// How many different values a class has, and how far they lie from those of all rows.
  private static func compare(
    _ own: ArraySlice<Int>, to counts: [Int], of all: Int, _ isOrdered: Bool
  ) -> (different: Int, distance: Double) {
    var tally = [Int](repeating: 0, count: counts.count)
    for place in own { tally[place] += 1 }
    let differences = zip(tally, counts).map { Double($0) / Double(own.count) - Double($1) / Double(all) }
    let different = tally.count { $0 > 0 }
    guard isOrdered else { return (different, differences.reduce(0) { $0 + abs($1) } / 2) }
    guard counts.count > 1 else { return (different, 0) }
    var (sum, distance) = (0.0, 0.0)
    for difference in differences {
      sum += difference
      distance += abs(sum)
    }
    return (different, distance / Double(counts.count - 1))
  }

  /// The share of a column's entropy that is gone in another that was made of it: 0 for the same values, 1 for one value (Gionis and Tassa
  /// 2009). nil where there was none.
  public static func lost(from before: Column, to after: Column) -> Double? {
    let entropy = entropy(of: before)
    return entropy > 0 ? max(0, 1 - Self.entropy(of: after) / entropy) : nil
  }

  private static func entropy(of column: Column) -> Double {
    let counts = CategoryCodes(column).counts + (column.missingCount > 0 ? [column.missingCount] : [])
    return counts.reduce(0) { sum, count in
      let share = Double(count) / Double(column.count)
      return sum - share * log2(share)
    }
  }
}

/// Which rows agree in all columns so far.
private struct RowClasses {
  private(set) var ids: [Int]
  private var count: Int

  init(count: Int) {
    ids = [Int](repeating: 0, count: count)
    self.count = count == 0 ? 0 : 1
  }

  var sizes: [Int] {
    var sizes = [Int](repeating: 0, count: count)
    for id in ids { sizes[id] += 1 }
    return sizes
  }

  /// Parts the classes by codes from -1 on.
  mutating func part(by codes: [Int32]) {
    let width = Int(codes.max() ?? -1) + 2
    var known: [Int: Int] = [:]
    for row in ids.indices {
      let key = ids[row] * width + Int(codes[row]) + 1
      let next = known.count
      ids[row] = known[key, default: next]
      if ids[row] == next { known[key] = next }
    }
    count = known.count
  }
}
