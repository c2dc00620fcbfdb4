import Tables

/// The order of a column's texts in which they go with another column best: a normal number that rises stands for one text after the other.
enum TextOrder {
  /// For each row the mean that the rows of its text have in the column of numbers, bools or classes which it goes with best by the
  /// correlation ratio; how often the text stands where there is no such column, and nothing for a column of another type. O(rows × columns).
  static func places(of column: Column, among columns: [Column], by: Int?) -> [Double] {
    guard case .text(let cells) = column else { return [] }
    let (codes, words) = cells.encoded()
    // Texts that tell rows apart need no order.
    guard words.count * 2 <= max(2, codes.count) else { return [] }
    var best: (ratio: Double, means: [Double])?
    for (place, other) in columns.enumerated() {
      let numbers = Self.numbers(other, isClass: place == by)
      guard let numbers, let found = ratio(codes, words.count, numbers) else { continue }
      if found.ratio > best?.ratio ?? 0 { best = found }
    }
    var counts = [Double](repeating: 0, count: words.count)
    for code in codes where code >= 0 { counts[Int(code)] += 1 }
    let means = best?.means ?? counts
    return codes.map { $0 < 0 ? 0 : means[Int($0)] }
  }

  private static func numbers(_ column: Column, isClass: Bool) -> [Double?]? {
    switch column {
    case .int, .float, .date, .datetime: return (0..<column.count).map(column.number)
    case .bool(let cells): return (0..<cells.count).map { cells[$0].map { $0 ? 1 : 0 } }
    case .text(let cells):
      guard isClass else { return nil }
      return cells.encoded().codes.map { $0 < 0 ? nil : Double($0) }
    case .vector: return nil
    }
  }

  /// The share of the numbers' variance that lies between the means of the codes, and these means; nil where numbers do not differ.
  private static func ratio(_ codes: [Int32], _ count: Int, _ numbers: [Double?]) -> (ratio: Double, means: [Double])? {
    var sums = [Double](repeating: 0, count: count)
    var counts = sums
    var (n, sum, squares) = (0.0, 0.0, 0.0)
    let shift = numbers.lazy.compactMap(\.self).first ?? 0
    for (row, code) in codes.enumerated() where code >= 0 {
      guard let number = numbers[row] else { continue }
      let value = number - shift
      sums[Int(code)] += value
      counts[Int(code)] += 1
      n += 1
      sum += value
      squares += value * value
    }
    guard n > 1 else { return nil }
    let variance = squares - sum * sum / n
    guard variance > 1e-12 * squares else { return nil }
    let between = zip(sums, counts).reduce(0) { $1.1 > 0 ? $0 + $1.0 * $1.0 / $1.1 : $0 } - sum * sum / n
    return (between / variance, zip(sums, counts).map { $1 > 0 ? $0 / $1 : sum / n })
  }
}
