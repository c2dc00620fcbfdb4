/// A sum of squares that may be past the range of numbers though their root is not: of numbers like 1e-200 or 1e300.
struct ScaledSquares: Sendable, Hashable {
  private static let bits = 1000

  /// The sum is this times 2^(2 × exponent).
  private var value = 0.0
  /// 0 for all sums that are normal numbers, else 1000 or −1000.
  private var exponent = 0

  init() {}

  private init(_ value: Double, exponent: Int) {
    self.value = value
    self.exponent = exponent
  }

  /// nil where the sum says nothing: too large, or so small that its terms have lost their digits.
  init?(_ sum: Double) {
    guard sum.isNormal else { return nil }
    value = sum
  }

  /// Of the distances of some numbers from one, which is theirs in the middle.
  init(_ numbers: UnsafeBufferPointer<Double>, around center: Double) {
    guard center.isFinite else {
      value = .nan
      return
    }
    let farthest = numbers.reduce(0) { max($0, abs($1 - center)) }
    guard farthest > 0 else { return }
    exponent = farthest < 1 ? -Self.bits : Self.bits
    let factor = Self.factor(-exponent)
    value = numbers.reduce(0) { sum, number in
      let distance = number * factor - center * factor
      return sum + distance * distance
    }
  }

  /// Of one distance that counts `weight` times.
  init(of distance: Double, weight: Double) {
    let plain = distance * distance * weight
    guard distance != 0, !plain.isNormal else {
      value = plain
      return
    }
    exponent = abs(distance) < 1 ? -Self.bits : Self.bits
    let scaled = distance * Self.factor(-exponent)
    value = scaled * scaled * weight
  }

  static func + (left: ScaledSquares, right: ScaledSquares) -> ScaledSquares {
    if left.value == 0 { return right }
    if right.value == 0 { return left }
    let exponent = max(left.exponent, right.exponent)
    let sum = left.value(at: exponent) + right.value(at: exponent)
    if sum.isFinite || exponent == bits { return ScaledSquares(sum, exponent: exponent) }
    return ScaledSquares(left.value(at: bits) + right.value(at: bits), exponent: bits)
  }

  /// Past what another exponent can hold it is nothing beside what is written with that.
  private func value(at other: Int) -> Double {
    exponent == other ? value : value * Self.factor(exponent - other) * Self.factor(exponent - other)
  }

  /// The root of the sum over `count`.
  func rootOfMean(_ count: Int) -> Double {
    let root = (value / Double(count)).squareRoot()
    return exponent == 0 ? root : root * Self.factor(exponent)
  }

  /// 2^exponent; nothing where it is below all numbers.
  private static func factor(_ exponent: Int) -> Double {
    exponent < -1022 ? 0 : Double(sign: .plus, exponent: exponent, significand: 1)
  }
}
