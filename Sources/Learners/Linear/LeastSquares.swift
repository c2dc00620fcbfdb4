import Glibc
import Kernels
import Plan

/// Solves min ‖X b − y‖² + α ‖b‖² with a free intercept; among many solutions the one of least norm.
///
/// Chunks of rows are triangularised apart and their triangles combined in index order (tall-skinny QR, Demmel et al. 2012), so no
/// normal equations lose digits and the number of threads does not show. The triangle is then solved with column pivoting.
struct LeastSquares {
  let weights: [Double]
  let intercept: Double
  /// The number of independent columns.
  let rank: Int

  /// O(rows × columns²).
  init(_ columns: [[Double]], _ values: [Double], names: [String], alpha: Double, _ progress: Progress)
    throws(EngineError)
  {
    let all = columns + [values]
    let scaling = try ColumnScaling(all, names: names + ["the label"], progress)
    let width = columns.count
    var triangle = try Self.triangle(all, scaling, progress)
    let spread = scaling.scales[width] == 0 ? 1 : scaling.scales[width]
    // The penalty, in the units of the scaled columns; so large a row already holds its weight at zero.
    if alpha > 0 {
      for column in 0..<width {
        let row = (0...width).map { $0 == column ? min(alpha.squareRoot() * scaling.scales[column], 1e100) : 0 }
        triangle.append(row)
      }
    }
    let solution = TriangularSolution(
      triangle.map { Array($0.dropLast()) }, triangle.map { $0[width] }, width: width, units: scaling.scales,
      rowCount: values.count)
    rank = solution.rank
    weights = (0..<width).map { solution.values[$0] * scaling.scales[$0] / spread }
    // Term by term, so that a huge mean meets its tiny weight first.
    intercept = zip(weights, scaling.means).reduce(scaling.means[width]) { $0 - $1.0 * $1.1 }
    if let place = weights.firstIndex(where: { !$0.isFinite }) {
      throw EngineError(.trainingFailed, names[place], "needs a weight beyond the largest number", help: ["scale it"])
    }
    guard intercept.isFinite else {
      throw EngineError(.trainingFailed, "the label", "needs an intercept beyond the largest number")
    }
  }

  /// Rows of the triangle of the centred, scaled columns.
  private static func triangle(_ columns: [[Double]], _ scaling: ColumnScaling, _ progress: Progress)
    throws(EngineError) -> [[Double]]
  {
    let rows = columns.last?.count ?? 0
    let width = columns.count
    let size = max(1024, 4 * width)
    let chunks = (rows + size - 1) / size
    let parts = parallelMap(chunks) { chunk -> [Double] in
      if progress.isCancelled { return [] }
      return part(columns, scaling, chunk * size..<min(rows, (chunk + 1) * size))
    }
    var sum: [Double] = parts.first ?? []
    for part in parts.dropFirst() {
      try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
      sum = stacked(sum, part, width: width)
    }
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
    let height = sum.count / width
    return (0..<height).map { row in (0..<width).map { sum[$0 * height + row] } }
  }

  private static func part(_ columns: [[Double]], _ scaling: ColumnScaling, _ rows: Range<Int>) -> [Double] {
    let count = rows.count
    var block = [Double](repeating: 0, count: count * columns.count)
    for (place, column) in columns.enumerated() where scaling.scales[place] != 0 {
      let (mean, scale) = (scaling.means[place], scaling.scales[place])
      // Dividing in halves keeps the difference of two huge values finite.
      let isHuge = abs(mean) > 1e300
      for row in rows {
        block[place * count + row - rows.lowerBound] =
          isHuge ? (column[row] / 4 - mean / 4) * scale * 4 : (column[row] - mean) * scale
      }
    }
    return reduced(&block, rows: count, width: columns.count)
  }

  /// The upper triangle of a block, column by column, at most `width` rows high.
  private static func reduced(_ block: inout [Double], rows: Int, width: Int) -> [Double] {
    block.withUnsafeMutableBufferPointer { buffer in
      if let base = buffer.baseAddress { Householder.triangularise(base, rows: rows, columns: width) }
    }
    let height = min(rows, width)
    return (0..<width).flatMap { column in block[column * rows..<column * rows + height] }
  }

  private static func stacked(_ upper: [Double], _ lower: [Double], width: Int) -> [Double] {
    let (high, low) = (upper.count / width, lower.count / width)
    var block: [Double] = []
    block.reserveCapacity(upper.count + lower.count)
    for column in 0..<width {
      block += upper[column * high..<(column + 1) * high]
      block += lower[column * low..<(column + 1) * low]
    }
    return reduced(&block, rows: high + low, width: width)
  }
}
