/// The triangular factor of a symmetric positive definite matrix (Golub & Van Loan, Matrix Computations, 4.2).
struct Cholesky: Sendable {
  private let factor: [Double]
  private let size: Int

  /// Of the lower triangle of a row-by-row matrix. A pivot that is not positive is put back to its diagonal: a direction without
  /// curvature is left all but still. O(size³).
  init(_ matrix: [Double], size: Int) {
    var factor = matrix
    factor.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for row in 0..<size {
        let line = base + row * size
        let still = max(abs(line[row]), .leastNormalMagnitude)
        for column in 0..<row {
          let head = base + column * size
          line[column] = (line[column] - Householder.dot(line, head, column)) / head[column]
        }
        let pivot = line[row] - Householder.dot(line, line, row)
        line[row] = (pivot > still * 1e-14 ? pivot : still).squareRoot()
      }
    }
    self.factor = factor
    self.size = size
  }

  /// The solution of matrix · x = right. O(size²).
  func solve(_ right: [Double]) -> [Double] {
    var solution = right
    factor.withUnsafeBufferPointer { factor in
      solution.withUnsafeMutableBufferPointer { solution in
        guard let base = factor.baseAddress, let values = solution.baseAddress else { return }
        for row in 0..<size {
          let line = base + row * size
          values[row] = (values[row] - Householder.dot(line, values, row)) / line[row]
        }
        for row in stride(from: size - 1, through: 0, by: -1) {
          let line = base + row * size
          values[row] /= line[row]
          Householder.add(-values[row], line, to: values, row)
        }
      }
    }
    return solution
  }
}
