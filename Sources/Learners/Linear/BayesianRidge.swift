import Kernels
import Plan

/// Bayesian ridge regression (MacKay 1992, Bayesian Interpolation; Tipping 2001): the penalty is the ratio of the weights' precision
/// to the noise's, and both are estimated from the rows by maximising the evidence.
///
/// The numbers are those of scikit-learn's `BayesianRidge` with its own settings: flat priors (1e-6), at most 300 updates, until the
/// weights move by less than 1e-3 in all.
public struct BayesianRidge: Sendable {
  private static let prior = 1e-6
  private static let mostUpdates = 300
  private static let tolerance = 1e-3

  /// One a column.
  public let weights: [Double]
  public let intercept: Double

  /// `matrix` holds the columns of features one after the other and the right side behind them, each of `rows` numbers; it is used
  /// up. O(rows × columns²). Throws `interrupted`.
  public init(_ matrix: consuming [Double], rows: Int, _ progress: Progress) throws(EngineError) {
    let width = rows == 0 ? 0 : matrix.count / rows - 1
    var matrix = matrix
    let means = Self.centre(&matrix, rows: rows, columns: width + 1)
    let variance = Self.squares(matrix, width * rows..<(width + 1) * rows) / Double(max(1, rows))
    matrix.withUnsafeMutableBufferPointer { buffer in
      if let base = buffer.baseAddress { Householder.triangularise(base, rows: rows, columns: width + 1, progress) }
    }
    let system = Reduced(matrix, rows: rows, width: width, progress)
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
    weights = system.weights(rows: rows, variance: variance, Self.prior, Self.mostUpdates, Self.tolerance)
    var constant = means.last ?? 0
    for (weight, mean) in zip(weights, means) { constant -= weight * mean }
    intercept = constant
  }

  /// Takes the mean off each column.
  private static func centre(_ matrix: inout [Double], rows: Int, columns: Int) -> [Double] {
    (0..<columns).map { column in
      let places = column * rows..<(column + 1) * rows
      // Of what the first number leaves, so that large, close numbers keep their digits.
      let shift = rows == 0 ? 0 : matrix[places.lowerBound]
      var sum = 0.0
      for place in places { sum += matrix[place] - shift }
      let mean = shift + sum / Double(max(1, rows))
      for place in places { matrix[place] -= mean }
      return mean
    }
  }

  private static func squares(_ values: [Double], _ places: Range<Int>) -> Double {
    var sum = 0.0
    for place in places { sum += values[place] * values[place] }
    return sum
  }
}

/// The problem in the coordinates of its singular vectors.
private struct Reduced {
  private let parts: SingularValues
  /// Of the right side what the triangle's rows have of it.
  private let side: [Double]
  /// Squares of the right side that no column explains.
  private let unexplained: Double
  private let eigenvalues: [Double]
  /// Of each singular vector its product with the right side.
  private let products: [Double]

  init(_ matrix: [Double], rows: Int, width: Int, _ progress: Progress) {
    let height = min(rows, width)
    var triangle = [Double](repeating: 0, count: width * width)
    for column in 0..<width {
      for row in 0..<min(height, column + 1) { triangle[column * width + row] = matrix[column * rows + row] }
    }
    var side = [Double](repeating: 0, count: width)
    for row in 0..<height { side[row] = matrix[width * rows + row] }
    var unexplained = 0.0
    for row in height..<max(rows, height) { unexplained += matrix[width * rows + row] * matrix[width * rows + row] }
    let parts = SingularValues(triangle, size: width, progress)
    func dot(_ column: Int, _ other: (Int) -> Double) -> Double {
      (0..<width).reduce(0) { $0 + parts.scaled[column * width + $1] * other($1) }
    }
    eigenvalues = (0..<width).map { column in dot(column) { parts.scaled[column * width + $0] } }
    products = (0..<width).map { column in dot(column) { side[$0] } }
    (self.parts, self.side, self.unexplained) = (parts, side, unexplained)
  }

  func weights(
    rows: Int, variance: Double, _ prior: Double, _ mostUpdates: Int, _ tolerance: Double
  ) -> [Double] {
    var noise = 1 / (variance + .ulpOfOne)
    var precision = 1.0
    var last: [Double]?
    for _ in 0..<mostUpdates {
      let turned = turned(precision / noise)
      let weights = weights(turned)
      var effective = 0.0
      for value in eigenvalues { effective += noise * value / (precision + noise * value) }
      let squares = turned.reduce(0) { $0 + $1 * $1 }
      precision = (effective + 2 * prior) / (squares + 2 * prior)
      noise = (Double(rows) - effective + 2 * prior) / (errors(turned) + 2 * prior)
      if let last, zip(last, weights).reduce(0, { $0 + abs($1.0 - $1.1) }) < tolerance { break }
      last = weights
    }
    return weights(turned(precision / noise))
  }

  /// The weights along the singular vectors.
  private func turned(_ penalty: Double) -> [Double] {
    zip(products, eigenvalues).map { $0 / ($1 + penalty) }
  }

  private func weights(_ turned: [Double]) -> [Double] {
    let width = parts.size
    var weights = [Double](repeating: 0, count: width)
    for (column, value) in turned.enumerated() {
      for row in 0..<width { weights[row] += value * parts.right[column * width + row] }
    }
    return weights
  }

  /// The sum of squared errors.
  private func errors(_ turned: [Double]) -> Double {
    let width = parts.size
    var left = side
    for (column, value) in turned.enumerated() {
      for row in 0..<width { left[row] -= value * parts.scaled[column * width + row] }
    }
    return unexplained + left.reduce(0) { $0 + $1 * $1 }
  }
}
