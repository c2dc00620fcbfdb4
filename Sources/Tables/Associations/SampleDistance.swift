/// How far the values of a column in one table are from those in another, 0 … 1.
public enum SampleDistance {
  /// The greatest distance between the two distribution functions (Kolmogorov & Smirnov's D) of numbers, dates or moments; nil where
  /// one has no value. O(cells).
  public static func kolmogorovSmirnov(_ first: Column, _ second: Column) -> Double? {
    guard let kind = common(first, second) else { return nil }
    let (one, other) = (keys(first, kind), keys(second, kind))
    guard !one.isEmpty, !other.isEmpty else { return nil }
    var (left, right, most) = (0, 0, 0.0)
    while left < one.count, right < other.count {
      let key = min(one[left], other[right])
      while left < one.count, one[left] == key { left += 1 }
      while right < other.count, other[right] == key { right += 1 }
      most = max(most, abs(Double(left) / Double(one.count) - Double(right) / Double(other.count)))
    }
    return most
  }

  /// Ints are compared with floats as numbers.
  private static func common(_ first: Column, _ second: Column) -> OrderedKey? {
    if first.type == second.type { return OrderedKey(first.type) }
    return first.type.isNumeric && second.type.isNumeric ? .float : nil
  }

  private static func keys(_ column: Column, _ kind: OrderedKey) -> [UInt64] {
    guard let own = OrderedKey(column.type) else { return [] }
    var keys = (0..<column.count).compactMap { own.key(column, $0) }
    if case .int = own, case .float = kind { keys = keys.map { OrderedKey.of(own.number($0)) } }
    KeySort.sort(&keys)
    return keys
  }

  /// Half the sum of the differences between the shares of each value (the total variation distance), of texts or bools; nil where one
  /// has no value. O(cells).
  public static func totalVariation(_ first: Column, _ second: Column) -> Double? {
    guard first.type == second.type, first.type == .text || first.type == .bool else { return nil }
    let (one, other) = (shares(first), shares(second))
    guard !one.isEmpty, !other.isEmpty else { return nil }
    let values = one.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let ours = values.reduce(0) { $0 + abs((one[$1] ?? 0) - (other[$1] ?? 0)) }
    let theirs = other.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      .reduce(0) { $0 + (one[$1] == nil ? other[$1] ?? 0 : 0) }
    return min(1, (ours + theirs) / 2)
  }

  private static func shares(_ column: Column) -> [String: Double] {
    let codes = CategoryCodes(column)
    let all = Double(codes.counts.reduce(0, +))
    return Dictionary(
      (0..<codes.count).map { (codes.values[$0].name, Double(codes.counts[$0]) / all) }, uniquingKeysWith: +)
  }
}
