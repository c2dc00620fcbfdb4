/// Sums of the third and fourth powers of numbers' distances from their mean, of parts that merge by the update formulas of Pébay
/// ("Formulas for Robust, One-Pass Parallel Computation of Covariances and Arbitrary-Order Statistical Moments", 2008).
///
/// Not-a-number where a power is past the range of numbers.
struct HigherMoments: Sendable {
  private(set) var squares = 0.0
  private(set) var cubes = 0.0
  private(set) var fourths = 0.0

  init() {}

  /// Of numbers, none of them not-a-number, around their mean.
  init(_ values: UnsafeBufferPointer<Double>, around mean: Double) {
    let raw = UnsafeRawBufferPointer(values)
    let whole = values.count & ~7
    let center = SIMD8<Double>(repeating: mean)
    var (second, third, fourth) = (SIMD8<Double>.zero, SIMD8<Double>.zero, SIMD8<Double>.zero)
    for place in stride(from: 0, to: whole, by: 8) {
      let distance = raw.loadUnaligned(fromByteOffset: place &* 8, as: SIMD8<Double>.self) - center
      let square = distance * distance
      second += square
      third += square * distance
      fourth += square * square
    }
    (squares, cubes, fourths) = (second.sum(), third.sum(), fourth.sum())
    for place in whole..<values.count {
      let distance = values[place] - mean
      let square = distance * distance
      squares += square
      cubes += square * distance
      fourths += square * square
    }
  }

  /// Adds what is known of `other` numbers whose mean is `delta` above that of these, of which there are `own`.
  mutating func merge(_ next: HigherMoments, own: Int, other: Int, delta: Double) {
    if own == 0 {
      self = next
      return
    }
    if other == 0 { return }
    let (a, b) = (Double(own), Double(other))
    let n = a + b
    let (step, product) = (delta / n, a * b)
    let fourth =
      fourths + next.fourths + step * step * step * delta * product * (a * a - product + b * b)
      + 6 * step * step * (a * a * next.squares + b * b * squares) + 4 * step * (a * next.cubes - b * cubes)
    let third =
      cubes + next.cubes + step * step * delta * product * (a - b) + 3 * step * (a * next.squares - b * squares)
    squares += next.squares + delta * step * product
    (cubes, fourths) = (third, fourth)
  }

  /// The skewness of a sample, adjusted for its size (G₁ of Joanes & Gill, 1998); nil with fewer than three numbers, where all are the
  /// same, or where it is past the range of numbers.
  func skewness(_ count: Int) -> Double? {
    guard count > 2, isTelling else { return nil }
    let n = Double(count)
    let plain = cubes / n / (squares / n * (squares / n).squareRoot())
    return Self.finite(plain * (n * (n - 1)).squareRoot() / (n - 2))
  }

  /// The excess kurtosis of a sample, adjusted for its size (G₂, likewise); nil with fewer than four numbers.
  func kurtosis(_ count: Int) -> Double? {
    guard count > 3, isTelling, (squares * squares).isNormal, fourths.isNormal else { return nil }
    let n = Double(count)
    let plain = n * fourths / (squares * squares) - 3
    return Self.finite((n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * plain + 6))
  }

  /// A sum of squares that has lost no digits.
  private var isTelling: Bool { squares.isNormal && squares > 1e-200 && squares < 1e200 }

  private static func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }
}
