import Glibc
import Kernels
import Plan

/// How each column of numbers was centred and scaled, so that no square overflows whatever the column's unit.
///
/// A value x stands in the chunks as (x · unit − mean) · spread, unit and spread being powers of two: a column of any size is of
/// size about one there, and scaling rounds nothing.
struct ColumnScaling: Sendable {
  struct Column: Sendable, Hashable {
    var unit = 1.0
    var mean = 0.0
    /// 0 for a constant column, whose values all stand as 0.
    var spread = 1.0
    /// Of the values as they stand.
    var meanSquare = 1.0

    /// Scales values in place.
    func apply(to values: UnsafeMutablePointer<Double>, _ count: Int) {
      guard unit != 1 || mean != 0 || spread != 1 else { return }
      for place in 0..<count { values[place] = (values[place] * unit - mean) * spread }
    }
  }

  let columns: [Column]

  /// Fills the chunks and scales the columns. `weights` are those of the rows; nil when all count 1. O(rows × columns). Throws
  /// `trainingFailed` for a value that is not finite.
  init(_ values: DesignChunks, weights: [Double]?, centresAll: Bool, _ progress: Progress) throws(EngineError) {
    let (groups, slabs) = (values.groups, values.slabs)
    let sums = parallelMap(groups * slabs) { unit -> [Moments] in
      if progress.isCancelled { return [] }
      return values.fill(unit / slabs, slab: unit % slabs) { Moments($0, $1) }
    }
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
    let rows = Double(values.rowCount)
    columns = parallelMap(values.columns.count) { place in
      var total = Moments()
      let (slab, within) = values.slab(ofColumn: place)
      for group in 0..<groups { total.add(sums[group * slabs + slab][within]) }
      if !centresAll, total.isAboutStandard(rows: rows) { return Column(meanSquare: total.squares / rows) }
      let column = Self.measured(values, place, weights, progress)
      values.apply(column, to: place)
      return column
    }
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
    if let place = columns.firstIndex(where: { !$0.mean.isFinite }) {
      throw EngineError(.fitting(.notFinite(.column(values.columns[place].name))))
    }
  }

  /// What a weight of a column as it stands is for the column itself.
  func weight(_ place: Int, _ value: Double) -> Double {
    value * columns[place].spread * columns[place].unit
  }

  /// What centring a column takes from the intercept.
  func shift(_ place: Int, _ value: Double) -> Double {
    columns[place].spread == 0 ? 0 : value * columns[place].spread * columns[place].mean
  }

  /// What a column's values are multiplied by; 0 for a constant column. May be infinite or 0 for columns at the end of what numbers
  /// can hold.
  func scale(_ place: Int) -> Double { columns[place].spread * columns[place].unit }

  /// Sums over some rows.
  private struct Moments: Sendable {
    var sum = 0.0
    var squares = 0.0
    var largest = 0.0

    init() {}

    init(_ values: UnsafePointer<Double>, _ count: Int) {
      let whole = count / 4
      let lanes = Double.lanes(values)
      var (sums, squares, largest) = (SIMD4<Double>.zero, SIMD4<Double>.zero, SIMD4<Double>.zero)
      for place in 0..<whole {
        let value = lanes[place]
        sums += value
        squares += value * value
        largest = pointwiseMax(largest, value * value)
      }
      (sum, self.squares, self.largest) = (sums.sum(), squares.sum(), largest.max())
      for place in whole * 4..<count { add(values[place]) }
    }

    private mutating func add(_ value: Double) {
      sum += value
      squares += value * value
      largest = max(largest, value * value)
    }

    mutating func add(_ other: Moments) {
      sum += other.sum
      squares += other.squares
      largest = max(largest, other.largest)
    }

    /// Whether the column needs no scaling: nothing in it is far from size one, nor far from zero for its spread. Not for columns
    /// with a value that is no number, as its sum is none either.
    func isAboutStandard(rows: Double) -> Bool {
      let mean = sum / rows
      let variance = squares / rows - mean * mean
      return variance > 1.0 / 256 && variance < 256 && mean * mean < 4 * variance && largest < 1e8
    }
  }

  /// How a column is centred and scaled. The mean is not a number if one of the values is none.
  private static func measured(
    _ values: DesignChunks, _ place: Int, _ weights: [Double]?, _ progress: Progress
  ) -> Column {
    func mean(_ term: (Double) -> Double) -> Double {
      var (sum, whole, row) = (0.0, 0.0, 0)
      values.each(place, progress) { values, count in
        if let weights {
          for place in 0..<count {
            sum += weights[row + place] * term(values[place])
            whole += weights[row + place]
          }
        } else {
          for place in 0..<count { sum += term(values[place]) }
          whole += Double(count)
        }
        row += count
      }
      return sum / whole
    }
    var (largest, isFinite, first) = (0.0, true, Double?.none)
    values.each(place, progress) { values, count in
      first = first ?? values[0]
      for row in 0..<count {
        largest = max(largest, abs(values[row]))
        isFinite = isFinite && values[row].isFinite
      }
    }
    guard isFinite else { return Column(mean: .nan) }
    guard let first, largest > 0 else { return Column(spread: 0) }
    let unit = power(-largest.exponent)
    // Sums of differences from a value: of a constant column they are zero, so that its mean is not off by the rounding of a sum.
    let origin = first * unit
    let middle = origin + mean { $0 * unit - origin }
    let meanSquare = mean { ($0 * unit - middle) * ($0 * unit - middle) }
    let deviation = meanSquare.squareRoot()
    // Below this, what is left after centring is rounding error: the column is constant.
    let isConstant = deviation <= abs(middle) * 4 * .ulpOfOne
    let spread = isConstant ? 0 : power(-deviation.exponent)
    return Column(
      unit: unit, mean: isConstant ? origin : middle, spread: spread,
      meanSquare: isConstant ? 0 : meanSquare * spread * spread)
  }

  private static func power(_ exponent: Int) -> Double { scalbn(1, Int32(max(-1000, min(1000, exponent)))) }
}
