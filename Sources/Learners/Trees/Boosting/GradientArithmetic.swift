import CVector
import Kernels

/// eˣ to 1e-10, four at a time and in plain arithmetic, so that it is the same on every machine.
enum Exponential {
  /// Beyond ±500 as at ±500.
  @inline(__always)
  static func values(_ exponents: SIMD4<Double>) -> SIMD4<Double> {
    let (low, high) = (SIMD4<Double>(repeating: -500), SIMD4<Double>(repeating: 500))
    var x = exponents.replacing(with: high, where: exponents .> high)
    x.replace(with: low, where: x .< low)
    // eˣ = 2ᵏ · eʳ with |r| ≤ ln 2 / 2.
    let magic = SIMD4<Double>(repeating: 0x1.8p52)
    let shifted = x * SIMD4(repeating: 1.4426950408889634) + magic
    let whole = shifted - magic
    let rest = x - whole * SIMD4(repeating: 0.6931471805599453)
    var sum = SIMD4<Double>(repeating: 1.0 / 362_880)
    sum = sum * rest + SIMD4(repeating: 1.0 / 40_320)
    sum = sum * rest + SIMD4(repeating: 1.0 / 5040)
    sum = sum * rest + SIMD4(repeating: 1.0 / 720)
    sum = sum * rest + SIMD4(repeating: 1.0 / 120)
    sum = sum * rest + SIMD4(repeating: 1.0 / 24)
    sum = sum * rest + SIMD4(repeating: 1.0 / 6)
    sum = sum * rest + SIMD4(repeating: 0.5)
    sum = sum * rest + SIMD4(repeating: 1)
    sum = sum * rest + SIMD4(repeating: 1)
    let bits = unsafeBitCast(shifted, to: SIMD4<Int64>.self) &<< 52
    return unsafeBitCast(unsafeBitCast(sum, to: SIMD4<Int64>.self) &+ bits, to: SIMD4<Double>.self)
  }
}

/// Rounds up or down by a chance that makes sums right on average, so that many small gradients of a kind are not lost together.
/// The chances of a row are its own, whichever thread asks: the sequence of Roberts (2018), which fills the square more evenly
/// than independent numbers do.
struct RandomRounding: Sendable {
  private static let gradientStep: UInt64 = 0xC13F_A9A9_02A6_328F
  private static let hessianStep: UInt64 = 0x91E1_0DA5_C79E_7B1D
  private let starts: (gradient: UInt64, hessian: UInt64)
  private var gradient = SIMD4<UInt64>.zero
  private var hessian = SIMD4<UInt64>.zero

  /// Other chances for each tree.
  init(_ random: CounterRandom, tree: Int) {
    starts = (random.bits(at: UInt64(2 * tree)), random.bits(at: UInt64(2 * tree + 1)))
  }

  /// Ready for the four rows from `row` on.
  func at(_ row: Int) -> RandomRounding {
    var copy = self
    let rows = SIMD4<UInt64>(0, 1, 2, 3) &+ SIMD4(repeating: UInt64(row))
    copy.gradient = rows &* SIMD4(repeating: Self.gradientStep) &+ SIMD4(repeating: starts.gradient)
    copy.hessian = rows &* SIMD4(repeating: Self.hessianStep) &+ SIMD4(repeating: starts.hessian)
    return copy
  }

  /// The chances of the four rows from `row` on, as the kernel of logistic gradients takes them.
  func steps(_ row: Int) -> mlp_rounding {
    let start = at(row)
    func four(_ bits: SIMD4<UInt64>) -> (UInt64, UInt64, UInt64, UInt64) { (bits[0], bits[1], bits[2], bits[3]) }
    return mlp_rounding(
      gradient: four(start.gradient), hessian: four(start.hessian), gradient_step: Self.gradientStep,
      hessian_step: Self.hessianStep)
  }

  /// Gradients and hessians of four rows, in steps, as 16 bits above 16 bits; then moves on to the next four.
  @inline(__always)
  mutating func next(_ gradients: SIMD4<Double>, _ hessians: SIMD4<Double>) -> SIMD4<Int64> {
    let magic = SIMD4<Double>(repeating: 0x1.8p52)
    let above = unsafeBitCast(gradients + Self.chances(gradient) + magic, to: SIMD4<Int64>.self)
    let below = unsafeBitCast(hessians + Self.chances(hessian) + magic, to: SIMD4<Int64>.self)
    gradient &+= SIMD4(repeating: 4 &* Self.gradientStep)
    hessian &+= SIMD4(repeating: 4 &* Self.hessianStep)
    return above &<< 16 &+ (below & SIMD4(repeating: 0xFFFF))
  }

  /// Numbers from −½ to ½.
  @inline(__always)
  private static func chances(_ bits: SIMD4<UInt64>) -> SIMD4<Double> {
    let fractions = bits &>> 12 | SIMD4(repeating: 0x3FF0_0000_0000_0000)
    return unsafeBitCast(fractions, to: SIMD4<Double>.self) - SIMD4(repeating: 1.5)
  }
}
