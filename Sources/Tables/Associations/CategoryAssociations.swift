/// Associations of categories with each other and with numbers, over the rows that have both.
enum CategoryAssociations {
  /// Cramér's V of two columns' categories, 0 … 1, as codes from 0 on, −1 for none: √(χ² / n / (fewer categories − 1)), without a
  /// correction for few rows. nil where one of them has fewer than two categories.
  static func cramersV(_ first: CategoryCodes, _ second: CategoryCodes) -> Double? {
    let width = second.count
    guard first.count > 1, width > 1 else { return nil }
    var table = [Int](repeating: 0, count: first.count * width)
    for (one, other) in zip(first.codes, second.codes) where one >= 0 && other >= 0 {
      table[Int(one) * width + Int(other)] += 1
    }
    var (rows, columns) = ([Int](repeating: 0, count: first.count), [Int](repeating: 0, count: width))
    for (place, count) in table.enumerated() {
      rows[place / width] += count
      columns[place % width] += count
    }
    let fewer = min(rows.filter { $0 > 0 }.count, columns.filter { $0 > 0 }.count)
    guard fewer > 1 else { return nil }
    var share = 0.0
    for (place, count) in table.enumerated() where count > 0 {
      share += Double(count) / Double(rows[place / width]) * Double(count) / Double(columns[place % width])
    }
    return max(0, min(1, (max(0, share - 1) / Double(fewer - 1)).squareRoot()))
  }

  /// The correlation ratio η of numbers by categories, 0 … 1: the root of the share of the numbers' sum of squares that is between
  /// categories (Pearson, 1905). nil where numbers do not vary or there are fewer than two categories.
  static func correlationRatio(_ categories: CategoryCodes, _ numbers: Column) -> Double? {
    guard categories.count > 1 else { return nil }
    var (counts, means, squares) = (
      [Int](repeating: 0, count: categories.count), [Double](repeating: 0, count: categories.count), 0.0
    )
    func add(_ validity: Bitmap?, _ number: (Int) -> Double) {
      for (row, code) in categories.codes.enumerated() where code >= 0 && validity?[row] ?? true {
        let (value, place) = (number(row), Int(code))
        counts[place] += 1
        // Welford's update: sums of squares within do not cancel.
        let distance = value - means[place]
        means[place] += distance / Double(counts[place])
        squares += distance * (value - means[place])
      }
    }
    switch numbers {
    case .int(let cells): add(cells.validity) { Double(cells.values[$0]) }
    case .float(let cells): add(cells.validity) { cells.values[$0] }
    case .bool, .text, .date, .datetime, .vector: return nil
    }
    let n = Double(counts.reduce(0, +))
    let mean = zip(counts, means).reduce(0) { $0 + Double($1.0) / n * $1.1 }
    let between = zip(counts, means).reduce(0) { $0 + Double($1.0) * ($1.1 - mean) * ($1.1 - mean) }
    guard counts.filter({ $0 > 0 }).count > 1, between + squares > 0, (between + squares).isFinite else { return nil }
    return max(0, min(1, (between / (between + squares)).squareRoot()))
  }
}
