/// How gradients and hessians become integers: sums of integers are the same in any order, so that the number of threads cannot
/// show in a tree.
///
/// A cell of a histogram is one 64-bit word, the sum of gradients above the sum of hessians. A record has 32 bits a row: of a
/// classification 16 for each, rounded up or down by a chance that makes the sums right on average (Shi et al. 2022); of a
/// regression all for the gradient, for its hessian is 1 and the sum of hessians the number of rows. With more rows the steps
/// become larger, so that the sums still fit: a step is 1/2400 of a gradient's range at 900,000 rows and 1/220 at ten million.
struct GradientScale: Sendable {
  let isRegression: Bool
  /// Steps in a gradient of 1 and in a hessian of 1.
  private(set) var gradient: Double
  let hessian: Double

  static let mostRows = 1 << 28
  static let pairShift = 32
  static let countShift = 28

  /// For gradients in −1 … 1 and hessians up to `largestHessian`.
  init(rows: Int, largestHessian: Double) {
    isRegression = false
    let count = Double(max(rows, 1))
    gradient = min(32_000, 0x1p31 / count - 2)
    hessian = min(65_000, 0x1p32 / count - 2) / largestHessian
  }

  /// For the gradients of numbers, measured every round.
  static let regression = GradientScale()

  private init() {
    isRegression = true
    gradient = 1
    hessian = 1
  }

  /// Fits the steps to gradients of which the largest and the sum are these.
  mutating func fit(largest: Double, sum: Double) {
    gradient = largest > 1e-280 ? min(0x1p30 / largest, 0x1p34 / sum) : 1
  }

  private var shift: Int { isRegression ? Self.countShift : Self.pairShift }

  @inline(__always)
  func gradient(of cell: Int64) -> Int64 { cell >> Int64(shift) }

  @inline(__always)
  func hessian(of cell: Int64) -> Int64 { cell & (1 << Int64(shift) - 1) }
}
