import Tables

/// The rows of each value of a column, in the order of the values; more than a dozen values are cut into the most frequent and the
/// rest.
public struct Slices: Sendable {
  public static let limit = 12

  /// Rows in rising order.
  public let parts: [(name: String, rows: [Int])]

  /// O(n log n).
  public init(of column: Column) {
    let codes = CategoryCodes(column)
    // Missing cells have code −1 and stand first.
    let counts = [column.missingCount] + codes.counts
    let there = counts.indices.filter { counts[$0] > 0 }
    let frequent = there.sorted { (counts[$0], $1) > (counts[$1], $0) }.prefix(Self.limit).sorted()
    var slots = [Int](repeating: frequent.count, count: counts.count)
    for (slot, value) in frequent.enumerated() { slots[value] = slot }
    var rows = [[Int]](repeating: [], count: frequent.count + 1)
    for (row, code) in codes.codes.enumerated() { rows[slots[Int(code) + 1]].append(row) }
    var parts = zip(frequent, rows).map { value, rows in
      (name: value == 0 ? "missing" : codes.values[value - 1].description, rows: rows)
    }
    if there.count > frequent.count { parts.append((name: "others", rows: rows[frequent.count])) }
    self.parts = parts
  }
}
