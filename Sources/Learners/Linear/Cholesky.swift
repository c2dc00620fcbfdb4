/// Solves symmetric positive definite systems.
enum Cholesky {
  /// The solution of matrix · x = right, of the lower triangle of a row-by-row matrix, which is overwritten. A pivot that is not
  /// positive is put back to its diagonal: a direction without curvature is left all but still. O(size³).
  static func solve(_ matrix: inout [Double], _ right: [Double], size: Int) -> [Double] {
    var solution = right
    matrix.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      let still = (0..<size).map { max(abs(base[$0 * size + $0]), .leastNormalMagnitude) }
      for column in 0..<size {
        let head = base + column * size
        let pivot = head[column] - Householder.dot(head, head, column)
        head[column] = (pivot > still[column] * 1e-14 ? pivot : still[column]).squareRoot()
        for row in (column + 1)..<max(size, column + 1) {
          let line = base + row * size
          line[column] = (line[column] - Householder.dot(line, head, column)) / head[column]
        }
      }
      for row in 0..<size {
        for column in 0..<row { solution[row] -= base[row * size + column] * solution[column] }
        solution[row] /= base[row * size + row]
      }
      for row in stride(from: size - 1, through: 0, by: -1) {
        for later in (row + 1)..<max(size, row + 1) { solution[row] -= base[later * size + row] * solution[later] }
        solution[row] /= base[row * size + row]
      }
    }
    return solution
  }
}
