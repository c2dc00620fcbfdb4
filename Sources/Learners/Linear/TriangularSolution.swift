import Kernels
import Plan

/// A small least-squares problem solved by QR with column pivoting (Businger & Golub 1965): the solutions are `values(free)` for any
/// choice of the dependent columns' values.
struct TriangularSolution: Sendable {
  /// The columns, independent ones first.
  let order: [Int]
  let rank: Int
  private let basic: [Double]
  /// Of each dependent column, in terms of the independent ones.
  private let dependent: [[Double]]

  /// `matrix` holds `width` columns of `height` values and the right side behind them. A column is dependent when what the others
  /// leave of it is rounding, for its own size and `rowCount` rows. Rows may differ in size by any factor: the largest of a column
  /// is brought to the top (Powell & Reid 1969), so that a heavy penalty costs no digits. O(height × width²). Throws
  /// `interrupted`.
  ///
  /// `sizes` are the lengths that columns had before anything was eliminated from them: what is left of one may be all rounding.
  init(
    _ matrix: [Double], height: Int, width: Int, rowCount: Int, sizes: [Double] = [], _ progress: Progress
  ) throws(EngineError) {
    var matrix = matrix
    let tolerance = Double(max(rowCount, width)) * .ulpOfOne
    let found = matrix.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { Self.pivot($0, height, width, sizes, tolerance, progress) } ?? (Array(0..<width), 0)
    }
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
    let (order, rank) = found
    let triangle = matrix
    // Column by column back substitution, of the right side and of each dependent column.
    let solved = parallelMap(width - rank + 1) { place -> [Double] in
      if progress.isCancelled { return [] }
      let column = place == 0 ? width : rank + place - 1
      var solved = (0..<rank).map { triangle[column * height + $0] }
      for row in stride(from: rank - 1, through: 0, by: -1) {
        solved[row] /= triangle[row * height + row]
        let value = solved[row]
        for upper in 0..<row { solved[upper] -= triangle[row * height + upper] * value }
      }
      return solved
    }
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
    self.order = order
    self.rank = rank
    basic = solved[0]
    dependent = Array(solved.dropFirst())
  }

  /// The number of dependent columns.
  var freedom: Int { dependent.count }

  /// One value a column; `free` are those of the dependent columns.
  func values(_ free: [Double]) -> [Double] {
    var values = [Double](repeating: 0, count: order.count)
    var independent = basic
    for (column, value) in zip(dependent, free) where value != 0 { independent.add(-value, column) }
    for row in 0..<rank { values[order[row]] = independent[row] }
    for (place, value) in free.enumerated() { values[order[rank + place]] = value }
    return values
  }

  /// How all values change with that of a dependent column.
  func direction(_ place: Int) -> [Double] {
    var values = [Double](repeating: 0, count: order.count)
    for row in 0..<rank { values[order[row]] = -dependent[place][row] }
    values[order[rank + place]] = 1
    return values
  }

  /// Triangularises with the largest remaining column first.
  private static func pivot(
    _ matrix: UnsafeMutablePointer<Double>, _ height: Int, _ width: Int, _ sizes: [Double], _ tolerance: Double,
    _ progress: Progress
  ) -> (order: [Int], rank: Int) {
    var order = Array(0..<width)
    func size(_ column: Int, _ row: Int) -> Double {
      let start = matrix + column * height + row
      return Householder.dot(start, start, height - row).squareRoot()
    }
    var whole = (0..<width).map { max(size($0, 0), $0 < sizes.count ? sizes[$0] : 0) }
    var rank = 0
    while rank < min(height, width), !progress.isCancelled {
      let sizes = (rank..<width).map { size($0, rank) }
      var best: Int?
      for (place, size) in sizes.enumerated() where size > whole[rank + place] * tolerance {
        // A later column must be clearly larger, so that rounding does not choose among duplicates.
        if best.map({ size > sizes[$0] * (1 + 1e-12) }) ?? true { best = place }
      }
      guard let best else { break }
      let column = rank + best
      if column != rank {
        order.swapAt(rank, column)
        whole.swapAt(rank, column)
        for row in 0..<height { swap(&matrix[rank * height + row], &matrix[column * height + row]) }
      }
      raise(matrix, rank, height, width)
      Householder.reflect(matrix, rank, rows: height, columns: width + 1)
      rank += 1
    }
    return (order, rank)
  }

  /// Brings the row with the largest value of column `step` to its diagonal.
  private static func raise(_ matrix: UnsafeMutablePointer<Double>, _ step: Int, _ height: Int, _ width: Int) {
    let column = matrix + step * height
    var top = step
    for row in step..<height where abs(column[row]) > abs(column[top]) { top = row }
    if top == step { return }
    for column in 0...width { swap(&matrix[column * height + step], &matrix[column * height + top]) }
  }
}
