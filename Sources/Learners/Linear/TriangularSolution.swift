/// The least-norm solution of a small least-squares problem, by QR with column pivoting (Businger & Golub 1965).
struct TriangularSolution {
  /// One per column, in the columns' scaled units.
  private(set) var values: [Double]
  let rank: Int

  /// `units[j]` turns place j of the solution into the unit in which its norm is to be least.
  init(_ rows: [[Double]], _ right: [Double], width: Int, units: [Double], rowCount: Int) {
    values = [Double](repeating: 0, count: width)
    let height = rows.count
    guard height > 0, width > 0 else {
      rank = 0
      return
    }
    var matrix = (0..<width).flatMap { column in rows.map { $0[column] } } + right
    let (order, rank) = matrix.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { Self.pivot($0, height, width, max(rowCount, width)) } ?? ([], 0)
    }
    self.rank = rank
    // Column by column back substitution, of the right side and of each dependent column.
    func solve(_ column: Int) -> [Double] {
      var solved = (0..<rank).map { matrix[column * height + $0] }
      for row in stride(from: rank - 1, through: 0, by: -1) {
        for later in (row + 1)..<max(rank, row + 1) { solved[row] -= matrix[later * height + row] * solved[later] }
        solved[row] /= matrix[row * height + row]
      }
      return solved
    }
    let basic = solve(width)
    let dependent = (rank..<width).map(solve)
    let free = Self.leastNorm(basic, dependent, order, units)
    for row in 0..<rank {
      values[order[row]] = basic[row] - zip(dependent, free).reduce(0) { $0 + $1.0[row] * $1.1 }
    }
    for (place, value) in free.enumerated() { values[order[rank + place]] = value }
  }

  /// Triangularises with the largest remaining column first; the order of columns, and how many are independent.
  private static func pivot(_ matrix: UnsafeMutablePointer<Double>, _ height: Int, _ width: Int, _ size: Int)
    -> (order: [Int], rank: Int)
  {
    var order = Array(0..<width)
    var rank = 0
    var first = 0.0
    while rank < min(height, width) {
      let sizes = (rank..<width).map { column in
        let start = matrix + column * height + rank
        return Householder.dot(start, start, height - rank).squareRoot()
      }
      var best = 0
      // A later column must be clearly larger, so that rounding does not choose among duplicates.
      for (place, size) in sizes.enumerated() where size > sizes[best] * (1 + 1e-12) { best = place }
      if rank == 0 { first = sizes[best] }
      if !(sizes[best] > first * Double(size) * .ulpOfOne) { break }
      let column = rank + best
      if column != rank {
        order.swapAt(rank, column)
        for row in 0..<height {
          let kept = matrix[rank * height + row]
          matrix[rank * height + row] = matrix[column * height + row]
          matrix[column * height + row] = kept
        }
      }
      Householder.reflect(matrix, rank, rows: height, columns: width + 1)
      rank += 1
    }
    return (order, rank)
  }

  /// The values of the dependent columns with which the whole solution is shortest.
  private static func leastNorm(_ basic: [Double], _ dependent: [[Double]], _ order: [Int], _ units: [Double])
    -> [Double]
  {
    let rank = basic.count
    guard !dependent.isEmpty else { return [] }
    // A constant column has no unit: it shares in nothing, so its place is held at zero.
    let largest = max(units.max() ?? 1, .leastNormalMagnitude)
    let relative = order.map { units[$0] == 0 ? 1 : units[$0] / largest }
    var rows: [[Double]] = (0..<rank).map { row in dependent.map { $0[row] * relative[row] } }
    for place in dependent.indices {
      rows.append(dependent.indices.map { $0 == place ? -relative[rank + place] : 0 })
    }
    let right = (0..<rank).map { basic[$0] * relative[$0] } + dependent.map { _ in 0 }
    let inner = TriangularSolution(
      rows, right, width: dependent.count, units: dependent.map { _ in 1 }, rowCount: rows.count)
    return inner.rank == dependent.count ? inner.values : dependent.map { _ in 0 }
  }
}
