import Glibc

/// The standard normal distribution.
enum NormalDistribution {
  /// The share of it below `z`.
  @inline(__always)
  static func share(below z: Double) -> Double { 0.5 * erfc(-z * 0.5.squareRoot()) }

  static func density(_ z: Double) -> Double { z.isFinite ? exp(-z * z / 2) / (2 * Double.pi).squareRoot() : 0 }

  /// The number that a share of it lies below, infinite for 0 and 1: Wichura's algorithm AS 241 (Applied Statistics 37, 1988), PPND7, to
  /// about 1 part in 10⁷.
  @inline(__always)
  static func quantile(_ share: Double) -> Double {
    let q = share - 0.5
    if abs(q) <= 0.425 {
      let r = 0.180625 - q * q
      let top = ((59.109374720 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179
      return q * top / (((67.187563600 * r + 78.757757664) * r + 17.895169469) * r + 1)
    }
    let tail = min(share, 1 - share)
    guard tail > 0 else { return share <= 0 ? -.infinity : .infinity }
    let z = tailQuantile((-log(tail)).squareRoot())
    return q < 0 ? -z : z
  }

  private static func tailQuantile(_ root: Double) -> Double {
    if root <= 5 {
      let r = root - 1.6
      let top = ((0.17023821103 * r + 1.3067284816) * r + 2.7568153900) * r + 1.4234372777
      return top / ((0.12021132975 * r + 0.73700164250) * r + 1)
    }
    let r = root - 5
    let top = ((0.017337203997 * r + 0.42868294337) * r + 3.0812263860) * r + 6.6579051150
    return top / ((0.012258202635 * r + 0.24197894225) * r + 1)
  }
}
