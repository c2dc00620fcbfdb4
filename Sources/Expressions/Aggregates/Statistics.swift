import Glibc

/// Statistics of numbers, each the same to the bit whatever the machine's number of threads.
public enum Statistics {
  /// The sum with the rounding errors carried along (Neumaier 1974); nil where it is not finite.
  static func sum(_ values: [Double]) -> Double? {
    var sum = 0.0
    var lost = 0.0
    for value in values {
      let next = sum + value
      lost += sum.magnitude >= value.magnitude ? (sum - next) + value : (value - next) + sum
      sum = next
    }
    let total = sum + lost
    return total.isFinite ? total : nil
  }

  static func mean(_ values: [Double]) -> Double? {
    guard !values.isEmpty else { return nil }
    if let sum = sum(values) { return sum / Double(values.count) }
    // Only the sum is past the largest number, not the mean.
    return sum(values.map { $0 * 0x1p-64 }).map { $0 / Double(values.count) * 0x1p64 }
  }

  /// The sum of whole numbers, exactly: fewer than 2⁶³ terms are never past 128 bits.
  static func total(_ values: [Int64]) -> Int128 { values.reduce(0) { $0 &+ Int128($1) } }

  /// The mean of `count` whole numbers by their exact sum: of large ones that cancel a sum of doubles would leave nothing.
  public static func mean(ofTotal total: Int128, count: Int) -> Double {
    (Int64(exactly: total).map(Double.init) ?? Double(total)) / Double(count)
  }

  /// What squares are taken from: the mean, and of values that are all equal exactly that one, which the share of a rounded sum need not
  /// be.
  static func centre(_ values: [Double]) -> Double? {
    guard let first = values.first, values.allSatisfy({ $0 == first }) else { return mean(values) }
    return first
  }

  /// The sample variance, by two passes; nil for fewer than two values.
  static func variance(_ values: [Double]) -> Double? {
    guard values.count > 1, let centre = centre(values) else { return nil }
    return sum(values.map { ($0 - centre) * ($0 - centre) }).map { $0 / Double(values.count - 1) }
  }

  /// The sample standard deviation; of values whose squares are past the range of numbers, that of scaled ones.
  static func deviation(_ values: [Double]) -> Double? {
    guard values.count > 1 else { return nil }
    if let variance = variance(values), variance.isNormal { return variance.squareRoot() }
    guard let scale = scale(of: values) else { return 0 }
    return variance(values.map { $0 * scale }).map { $0.squareRoot() / scale }
  }

  /// A power of two that brings the greatest of some values near to 1; nil where all are 0.
  private static func scale(of values: [Double]) -> Double? {
    let greatest = values.reduce(0) { Swift.max($0, $1.magnitude) }
    return greatest > 0 ? scalbn(1.0, Int(-Swift.max(-1000, greatest.exponent))) : nil
  }

  /// The value below which `part` lies, by linear interpolation (Hyndman & Fan 1996, type 7). O(n) on average.
  static func quantile(_ values: [Double], _ part: Double) -> Double? {
    var values = values
    return values.withUnsafeMutableBufferPointer { quantile(of: $0, part) }
  }

  /// The same of values that may be put in another order; nil where there are none, or for a part that is not from 0 to 1.
  public static func quantile(of values: UnsafeMutableBufferPointer<Double>, _ part: Double) -> Double? {
    guard !values.isEmpty, part >= 0, part <= 1 else { return nil }
    let place = part * Double(values.count - 1)
    let low = Int(place.rounded(.down))
    let first = select(values, low)
    let rest = place - Double(low)
    guard rest > 0, low + 1 < values.count else { return first }
    // What stands behind the selected place is not less.
    let second = values[(low + 1)...].reduce(Double.infinity, Swift.min)
    let step = second - first
    return step.isFinite ? first + step * rest : first * (1 - rest) + second * rest
  }

  /// Puts the value that sorting would put at `place` there, what is not greater before it and what is not less behind it (Hoare's
  /// quickselect with the median of three as pivot).
  private static func select(_ values: UnsafeMutableBufferPointer<Double>, _ place: Int) -> Double {
    var low = 0
    var high = values.count - 1
    while low < high {
      let pivot = median(values[low], values[(low + high) / 2], values[high])
      var i = low
      var j = high
      while i <= j {
        while values[i] < pivot { i += 1 }
        while values[j] > pivot { j -= 1 }
        if i <= j {
          values.swapAt(i, j)
          i += 1
          j -= 1
        }
      }
      if place <= j { high = j } else if place >= i { low = i } else { return values[place] }
    }
    return values[place]
  }

  private static func median(_ a: Double, _ b: Double, _ c: Double) -> Double {
    Swift.max(Swift.min(a, b), Swift.min(Swift.max(a, b), c))
  }

  /// Pearson's r; nil where there are fewer than two pairs or one side does not vary. Of values whose squares are past the range of
  /// numbers, that of scaled ones.
  static func correlation(_ x: [Double], _ y: [Double]) -> Double? {
    guard x.count == y.count, x.count > 1 else { return nil }
    if let products = Products(x, y), products.xx.isNormal, products.yy.isNormal { return products.correlation }
    guard let scaleX = scale(of: x), let scaleY = scale(of: y) else { return nil }
    return Products(x.map { $0 * scaleX }, y.map { $0 * scaleY })?.correlation
  }
}

/// Sums of products of pairs, each number less the mean of its side.
private struct Products {
  let xx: Double
  let yy: Double
  let xy: Double

  /// nil where one is past the largest number.
  init?(_ x: [Double], _ y: [Double]) {
    guard let meanX = Statistics.centre(x), let meanY = Statistics.centre(y),
      let xx = Statistics.sum(x.map { ($0 - meanX) * ($0 - meanX) }),
      let yy = Statistics.sum(y.map { ($0 - meanY) * ($0 - meanY) }),
      let xy = Statistics.sum(zip(x, y).map { ($0 - meanX) * ($1 - meanY) })
    else { return nil }
    (self.xx, self.yy, self.xy) = (xx, yy, xy)
  }

  /// nil where one side does not vary.
  var correlation: Double? {
    guard xx > 0, yy > 0 else { return nil }
    // One root loses less than two, as long as the product is in range.
    let product = xx * yy
    let r = xy / (product.isNormal ? product.squareRoot() : xx.squareRoot() * yy.squareRoot())
    return r.isFinite ? max(-1, min(1, r)) : nil
  }
}

extension Statistics {
  /// The most frequent of sorted values, of several the first, and how many different ones there are.
  static func runs<Value: Equatable>(_ sorted: [Value]) -> (mode: Value?, distinct: Int) {
    var mode: Value?
    var most = 0
    var distinct = 0
    var start = 0
    for end in 1...Swift.max(1, sorted.count)
    where end == sorted.count || end < sorted.count && sorted[end] != sorted[start] {
      distinct += 1
      if end - start > most { (mode, most) = (sorted[start], end - start) }
      start = end
    }
    return sorted.isEmpty ? (nil, 0) : (mode, distinct)
  }
}
