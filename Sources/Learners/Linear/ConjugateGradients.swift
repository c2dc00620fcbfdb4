import Plan

/// Solves symmetric positive systems by products alone (Golub & Van Loan, Matrix Computations, 11.5; for Newton's method Nocedal &
/// Wright 2006, algorithm 7.1, and Lin, Weng & Keerthi 2008, which LIBLINEAR follows).
enum ConjugateGradients {
  /// The solution of matrix · x = right, until the residual, measured by the preconditioner, is `goal` of what it was, or until
  /// `most` products are done. `precondition` is about the matrix's inverse; `product` gives nil when cancelled. Throws
  /// `interrupted`.
  static func solve(
    _ right: [Double], goal: Double, most: Int, precondition: ([Double]) -> [Double], product: ([Double]) -> [Double]?
  ) throws(EngineError) -> (solution: [Double], products: Int, isSolved: Bool) {
    var solution = [Double](repeating: 0, count: right.count)
    var residual = right
    var ahead = precondition(residual)
    var size = residual.dot(ahead)
    let end = size * goal * goal
    var products = 0
    while products < most, size > end {
      products += 1
      guard let change = product(ahead) else { throw .cancelled }
      let bend = ahead.dot(change)
      guard bend > 0, bend.isFinite else { break }
      let length = size / bend
      solution.add(length, ahead)
      residual.add(-length, change)
      let scaled = precondition(residual)
      let next = residual.dot(scaled)
      let share = next / size
      for place in ahead.indices { ahead[place] = scaled[place] + share * ahead[place] }
      size = next
    }
    return (solution, products, !(size > end))
  }
}
