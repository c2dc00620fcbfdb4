import Glibc
import Kernels
import Plan

/// The centre and the inverse spread of each column, found so that no square overflows between 1e-300 and 1e300.
struct ColumnScaling: Sendable {
  let means: [Double]
  /// What a centred value is multiplied by to be of size one; 0 for a constant column.
  let scales: [Double]

  /// O(rows × columns). Throws `trainingFailed` for a value that is not finite.
  init(_ columns: [[Double]], names: [String], _ progress: Progress) throws(EngineError) {
    let found = parallelMap(columns.count) { place in
      progress.isCancelled ? Column(mean: 0, scale: 0, isFinite: true) : Column(columns[place])
    }
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
    if let place = found.firstIndex(where: { !$0.isFinite }) {
      throw EngineError(
        .trainingFailed, names[place], "has a value that is not a finite number",
        help: ["filter such rows out, or impute the column"])
    }
    means = found.map(\.mean)
    scales = found.map(\.scale)
  }

  private struct Column: Sendable {
    let mean: Double
    let scale: Double
    let isFinite: Bool

    init(mean: Double, scale: Double, isFinite: Bool) {
      self.mean = mean
      self.scale = scale
      self.isFinite = isFinite
    }

    init(_ values: [Double]) {
      let largest = values.reduce(0) { max($0, abs($1)) }
      let isFinite = values.allSatisfy(\.isFinite)
      guard isFinite, largest > 0 else {
        self.init(mean: 0, scale: 0, isFinite: isFinite)
        return
      }
      // A power of two: scaling by it is exact.
      let size = Self.power(-largest.exponent)
      let mean = values.reduce(0) { $0 + $1 * size } / Double(values.count)
      let squares = values.reduce(0) { $0 + ($1 * size - mean) * ($1 * size - mean) }
      let deviation = (squares / Double(values.count)).squareRoot()
      // Below this, what is left after centring is rounding error: the column is constant.
      let isConstant = deviation <= abs(mean) * 4 * .ulpOfOne
      self.init(
        mean: isConstant ? values[0] : mean / size, scale: isConstant ? 0 : size * Self.power(-deviation.exponent),
        isFinite: true)
    }

    private static func power(_ exponent: Int) -> Double { scalbn(1, Int32(max(-1000, min(1000, exponent)))) }
  }
}
