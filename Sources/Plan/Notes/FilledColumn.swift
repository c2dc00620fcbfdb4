import Tables

/// What filling the missing cells of a column did to it, of all rows or of chunks of them one after the other.
public struct FilledColumn: Sendable, Hashable {
  public let column: String
  /// What was filled in; nil where cells got values of their own.
  public let value: Cell?
  /// Whether that is a statistic of the rows, not a value that was given.
  public let isFitted: Bool
  /// How many cells were filled.
  public private(set) var filled = 0
  /// How many are still missing.
  public private(set) var left = 0
  private var present = NumberMoments()
  private var made = NumberMoments()
  private let isNumeric: Bool

  /// What became of `before`'s missing cells in `after`; `isPart` where there are other rows before or behind. O(cells), or nothing where
  /// none is missing of all.
  public init(
    _ column: String, value: Cell? = nil, isFitted: Bool = true, from before: Column, to after: Column,
    isPart: Bool = false
  ) {
    self.column = column
    self.value = value
    self.isFitted = isFitted
    isNumeric = before.type.isNumeric && after.type.isNumeric
    guard isPart || before.missingCount > 0 else { return }
    left = after.missingCount
    filled = before.missingCount - left
    guard isNumeric else { return }
    let validity = before.validity
    present = NumberMoments(before) { validity?[$0] ?? true }
    made = NumberMoments(after) { !(validity?[$0] ?? true) }
  }

  /// Mean and standard deviation (n − 1) of the cells that had a value; nil for what is no number.
  public var before: NumberMoments? { isNumeric ? present : nil }
  /// The same with those that were filled.
  public var after: NumberMoments? { isNumeric ? present.merged(with: made) : nil }

  /// This with what was done to the rows behind.
  func followed(by next: FilledColumn) -> FilledColumn {
    var all = self
    all.filled += next.filled
    all.left += next.left
    all.present = present.merged(with: next.present)
    all.made = made.merged(with: next.made)
    return all
  }
}

extension [FilledColumn] {
  /// The same columns with what was done to the rows behind.
  func followed(by next: [FilledColumn]) -> [FilledColumn] {
    isEmpty ? next : next.isEmpty ? self : zip(self, next).map { $0.followed(by: $1) }
  }

  /// nil where nothing was missing.
  var remark: StageRemark? {
    let found = filter { $0.filled > 0 || $0.left > 0 }
    return found.isEmpty ? nil : .filled(found)
  }
}

/// Count, mean and spread of some numbers, of parts that merge.
///
/// Sums are kept in three doubles each, so that the figures are those of all the numbers, however they were cut.
public struct NumberMoments: Sendable, Hashable {
  public private(set) var count = 0
  private var sum = TripleSum()
  private var squares = TripleSum()

  init() {}

  /// Of a column's cells at the rows for which `isCounted`, those without a number left out.
  init(_ column: Column, where isCounted: (Int) -> Bool) {
    switch column {
    case .float(let cells): for row in 0..<cells.count where isCounted(row) { add(cells[row]) }
    case .int(let cells): for row in 0..<cells.count where isCounted(row) { add(cells[row].map(Double.init)) }
    case .bool, .text, .date, .datetime, .vector: break
    }
  }

  private mutating func add(_ number: Double?) {
    guard let number else { return }
    count += 1
    sum.add(number)
    let square = number * number
    squares.add(square)
    squares.add((-square).addingProduct(number, number))
  }

  /// 0 without a number.
  public var mean: Double { count == 0 ? 0 : sum.value / Double(count) }

  /// nil with fewer than two numbers, and past the range of numbers.
  public var deviation: Double? {
    guard count > 1 else { return nil }
    // Σx² − (Σx)² / n, its parts in three doubles each.
    let mean = mean
    var left = squares
    for part in sum.parts { left.subtract(part, times: mean) }
    // What the rounded mean is off by.
    left.subtract(sum.less(mean, times: Double(count)), times: mean)
    // Less than what numbers of the size are apart is what rounding left of equal ones.
    let total = left.value < squares.value * 0x1p-106 ? 0 : left.value
    let variance = total / Double(count - 1)
    return variance.isFinite ? variance.squareRoot() : nil
  }

  func merged(with other: NumberMoments) -> NumberMoments {
    var all = self
    all.count += other.count
    for part in other.sum.parts { all.sum.add(part) }
    for part in other.squares.parts { all.squares.add(part) }
    return all
  }

  public static func == (a: NumberMoments, b: NumberMoments) -> Bool {
    a.count == b.count && a.mean == b.mean && a.deviation == b.deviation
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    hasher.combine(mean)
  }
}

/// A sum in three doubles, each what the one before was rounded by.
private struct TripleSum: Sendable {
  private var high = 0.0
  private var middle = 0.0
  private var low = 0.0

  var value: Double {
    var sum = high
    // The first two may cancel.
    let error = Self.add(middle, to: &sum)
    return sum + (error + low)
  }
  var parts: [Double] { [high, middle, low] }

  mutating func add(_ number: Double) {
    let error = Self.add(number, to: &high)
    low += Self.add(error, to: &middle)
  }

  /// Adds and gives what the sum was rounded by (Knuth 1969).
  private static func add(_ number: Double, to sum: inout Double) -> Double {
    let total = sum + number
    let part = total - sum
    let error = (sum - (total - part)) + (number - part)
    sum = total
    return error
  }

  mutating func subtract(_ a: Double, times b: Double) {
    let product = a * b
    add(-product)
    add(-(-product).addingProduct(a, b))
  }

  /// The sum less a product.
  func less(_ a: Double, times b: Double) -> Double {
    var rest = self
    rest.subtract(a, times: b)
    return rest.value
  }
}
