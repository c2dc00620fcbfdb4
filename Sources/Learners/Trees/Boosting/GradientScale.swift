import Glibc

/// How gradients and hessians become integers: sums of integers are the same in any order, so that the number of threads cannot
/// show in a tree.
///
/// *Packed*, 16 bits each in a record and 32 bits each in a cell, for the many rows of a classification; *wide*, 30 bits and two
/// cells with the exact number of rows, for the rest. Both ways rounding stays far below the noise of a gradient: 1/2400 of its
/// range for 900,000 rows, finer for fewer.
struct GradientScale: Sendable {
  let isPacked: Bool
  /// Whether every hessian is 1, so that the number of rows is their sum.
  let isConstantHessian: Bool
  /// Bits for the number of rows in a wide cell.
  let countBits: UInt64
  var gradient: Double
  let hessian: Double

  private static let packedRows = 131_072...4_000_000

  init(rows: Int, isRegression: Bool) {
    isConstantHessian = isRegression
    isPacked = !isRegression && Self.packedRows.contains(rows)
    let count = Double(max(rows, 1))
    if isPacked {
      countBits = 0
      // |gradient| ≤ 1 and hessian ≤ ¼: neither a record's 16 bits nor a sum's 32 may overflow.
      gradient = min(32_000, 0x1p31 / count - 2)
      hessian = min(4 * 65_000, 4 * (0x1p32 / count - 2))
    } else {
      let bits = UInt64(log2(count).rounded(.down)) + 1
      countBits = isRegression ? 0 : bits
      gradient = 0x1p30
      hessian = isRegression ? 1 : scalbn(1, Int32(max(4, min(30, 62 - 2 * Int(bits)))))
    }
  }

  var gradientBytes: Int { isPacked ? 4 : 8 }
  /// 64-bit words of a histogram's cell.
  var words: Int { isPacked ? 1 : 2 }

  /// What a cell holds. `rowsPerHessian` estimates the number of rows of a packed one.
  @inline(__always)
  func read(_ cell: UnsafePointer<Int64>, rowsPerHessian: Double) -> BinSum {
    if isPacked {
      let hessian = cell[0] & 0xFFFF_FFFF
      return BinSum(
        gradient: (cell[0] &- hessian) >> 32, hessian: hessian,
        count: Int64((Double(hessian) * rowsPerHessian).rounded()))
    }
    if isConstantHessian { return BinSum(gradient: cell[0], hessian: cell[1], count: cell[1]) }
    return BinSum(
      gradient: cell[0], hessian: cell[1] >> Int64(countBits), count: cell[1] & (1 << Int64(countBits) - 1))
  }
}

/// Sums over the rows of a bin or of a leaf, in the scale's integers.
struct BinSum: Sendable {
  var gradient: Int64 = 0
  var hessian: Int64 = 0
  var count: Int64 = 0

  @inline(__always)
  static func + (a: BinSum, b: BinSum) -> BinSum {
    BinSum(gradient: a.gradient &+ b.gradient, hessian: a.hessian &+ b.hessian, count: a.count &+ b.count)
  }

  @inline(__always)
  static func - (a: BinSum, b: BinSum) -> BinSum {
    BinSum(gradient: a.gradient &- b.gradient, hessian: a.hessian &- b.hessian, count: a.count &- b.count)
  }
}
