import Glibc

/// A counter-based random source: each number is a function of (seed, stream, index) alone, so any thread may draw any
/// index in any order and the result is the same.
///
/// The mixer is SplitMix64's finaliser (Steele, Lea & Flood 2014), applied to the key and again to the counter.
public struct CounterRandom: Sendable, RandomNumberGenerator {
  private let key: UInt64
  private var index: UInt64 = 0

  public init(seed: UInt64, stream: UInt64 = 0) {
    key = Self.mix(Self.mix(seed &+ 0x9E37_79B9_7F4A_7C15) ^ Self.mix(stream &* 0xD1B5_4A32_D192_ED03 &+ 1))
  }

  @inline(__always)
  private static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// 64 random bits at a place in the stream.
  public func bits(at index: UInt64) -> UInt64 { Self.mix(key &+ (index &+ 1) &* 0x9E37_79B9_7F4A_7C15) }

  /// A number in [0, 1) with 53 random bits, at a place in the stream.
  public func uniform(at index: UInt64) -> Double { Double(bits(at: index) >> 11) * 0x1p-53 }

  /// The next 64 bits of the stream.
  public mutating func next() -> UInt64 {
    defer { index &+= 1 }
    return bits(at: index)
  }

  /// The next number in [0, 1).
  public mutating func nextUniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A standard normal number (Box–Muller; takes two places of the stream).
  public mutating func nextNormal() -> Double {
    let u = 1 - nextUniform()
    return (-2 * log(u)).squareRoot() * cos(2 * .pi * nextUniform())
  }

  /// A whole number in `0 ..< bound` (Lemire's multiply-shift; the bias is below 2⁻⁶⁴ × bound).
  public mutating func next(below bound: Int) -> Int {
    bound <= 1 ? 0 : Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// `0 ..< count` in random order (Fisher–Yates).
  public mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<max(0, count))
    if count > 1 { for i in stride(from: count - 1, to: 0, by: -1) { order.swapAt(i, next(below: i + 1)) } }
    return order
  }
}
