/// Rounding without the converting initialiser, which does not become vector code: adding 1.5 · 2⁵² leaves the nearest whole
/// number in the low bits.
enum Rounding {
  @inline(__always)
  static func whole(_ value: Double) -> Int32 {
    Int32(truncatingIfNeeded: (value + 0x1.8p52).bitPattern)
  }
}

/// 1 / (1 + e⁻ˣ) to 1e-10, four at a time and in plain arithmetic, so that it is the same on every machine.
enum Sigmoid {
  @inline(__always)
  static func values(_ scores: SIMD4<Double>) -> SIMD4<Double> {
    let bound = SIMD4<Double>(repeating: 36)
    let x = -pointwiseMin(pointwiseMax(scores, -bound), bound)
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
    let power = unsafeBitCast(unsafeBitCast(sum, to: SIMD4<Int64>.self) &+ bits, to: SIMD4<Double>.self)
    return SIMD4(repeating: 1) / (SIMD4(repeating: 1) + power)
  }
}
