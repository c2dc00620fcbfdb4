import Glibc

/// What a tree is grown to tell apart, with the tables its criterion needs. Immutable once made.
final class TreeLabels: @unchecked Sendable {
  /// 0 for numbers.
  let classes: Int
  /// A number a row, around zero; nothing for classes.
  let numbers: UnsafeMutablePointer<Double>
  /// count · log₂ count in steps of `entropyStep`: whole numbers, so that sums do not depend on their order. Only for entropy.
  let entropy: UnsafeMutablePointer<Int>
  let hasEntropy: Bool
  let entropyStep: Double

  private init(classes: Int, numbers: [Double], entropyRows: Int?) {
    self.classes = classes
    self.numbers = .allocate(capacity: numbers.count)
    for (row, number) in numbers.enumerated() { (self.numbers + row).initialize(to: number) }
    let rows = Double(entropyRows ?? 0)
    // The largest sum is that of all rows in one class; it stays below 2⁶⁰.
    entropyStep = scalbn(1, Int32((rows * log2(max(rows, 2)) + 1).exponent) - 59)
    hasEntropy = entropyRows != nil
    let places = entropyRows.map { $0 + 1 } ?? 0
    entropy = .allocate(capacity: places)
    for count in 0..<places {
      let value = count > 0 ? Double(count) * log2(Double(count)) : 0
      (entropy + count).initialize(to: Int((value / entropyStep).rounded()))
    }
  }

  static func numbers(_ values: [Double]) -> TreeLabels { TreeLabels(classes: 0, numbers: values, entropyRows: nil) }
  static func gini(classes: Int) -> TreeLabels { TreeLabels(classes: classes, numbers: [], entropyRows: nil) }
  static func entropy(classes: Int, rows: Int) -> TreeLabels {
    TreeLabels(classes: classes, numbers: [], entropyRows: rows)
  }

  deinit {
    numbers.deallocate()
    entropy.deallocate()
  }
}

/// Numbers around zero and of size one, so that their squares neither overflow nor lose digits.
struct CentredLabels {
  let values: [Double]
  let mean: Double
  /// A power of two.
  let unit: Double

  init(_ numbers: [Double]) {
    let largest = numbers.reduce(0) { max($0, abs($1)) }
    let unit = largest > 0 ? scalbn(1, Int32(max(-1000, min(1000, largest.exponent)))) : 1
    let mean = numbers.reduce(0) { $0 + $1 / unit } / Double(max(numbers.count, 1))
    self.unit = unit
    self.mean = mean
    values = numbers.map { $0 / unit - mean }
  }

  /// A number as it was.
  func restore(_ value: Double) -> Double { (value + mean) * unit }
}
