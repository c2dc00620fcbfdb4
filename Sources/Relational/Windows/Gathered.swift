/// What is known of some rows that follow each other, of parts that can be put together: the rows of a window are those of two parts.
protocol Gathered: Sendable {
  associatedtype Value: Sendable & Hashable
  init()
  /// How many cells hold a value.
  var count: Int { get }
  mutating func add(_ value: Value)
  /// Adds what is known of the rows that follow.
  mutating func append(_ next: Self)
}

/// The sum of numbers with what its roundings lost.
struct GatheredSum: Gathered {
  private(set) var count = 0
  private var sum = SIMD2<Double>.zero

  mutating func add(_ value: Double) {
    count += 1
    sum = Compensated.adding(value, to: sum)
  }

  mutating func append(_ next: GatheredSum) {
    count += next.count
    sum = Compensated.adding(next.sum[0], to: sum)
    sum[1] += next.sum[1]
  }

  var total: Double { Compensated.total(sum) }
}

/// The sum of whole numbers.
struct GatheredWhole: Gathered {
  private(set) var count = 0
  private(set) var sum: Int128 = 0

  mutating func add(_ value: Int64) {
    count += 1
    sum &+= Int128(value)
  }

  mutating func append(_ next: GatheredWhole) {
    count += next.count
    sum &+= next.sum
  }
}

/// Mean and sum of squared distances from it, of parts that are put together by the update of Chan, Golub & LeVeque (1979).
struct GatheredMoments: Gathered {
  private(set) var count = 0
  private var mean = 0.0
  private var squares = 0.0

  mutating func add(_ value: Double) {
    count += 1
    let distance = value - mean
    mean += distance / Double(count)
    squares += distance * (value - mean)
  }

  mutating func append(_ next: GatheredMoments) {
    if count == 0 { return self = next }
    if next.count == 0 { return }
    let total = count + next.count
    let distance = next.mean - mean
    mean += distance * (Double(next.count) / Double(total))
    squares += next.squares + distance * distance * (Double(count) * Double(next.count) / Double(total))
    count = total
  }

  /// The sample standard deviation of two values at least.
  var deviation: Double { (max(0, squares) / Double(count - 1)).squareRoot() }
}

/// The least value; of equal ones the first.
struct GatheredLeast<Value: Comparable & Hashable & Sendable>: Gathered {
  private(set) var count = 0
  private(set) var value: Value?

  mutating func add(_ new: Value) {
    count += 1
    value = value.map { new < $0 ? new : $0 } ?? new
  }

  mutating func append(_ next: GatheredLeast) {
    guard let new = next.value else { return }
    value = value.map { new < $0 ? new : $0 } ?? new
    count += next.count
  }
}

/// The greatest value; of equal ones the first.
struct GatheredGreatest<Value: Comparable & Hashable & Sendable>: Gathered {
  private(set) var count = 0
  private(set) var value: Value?

  mutating func add(_ new: Value) {
    count += 1
    value = value.map { new > $0 ? new : $0 } ?? new
  }

  mutating func append(_ next: GatheredGreatest) {
    guard let new = next.value else { return }
    value = value.map { new > $0 ? new : $0 } ?? new
    count += next.count
  }
}
