import Kernels
import Testing

@testable import Learners

@Suite struct BayesianRidgeTests {
  @Test func singularVectorsMakeTheMatrixAgain() {
    var random = CounterRandom(seed: 2)
    for size in [1, 2, 5, 9] {
      let matrix = (0..<size * size).map { _ in random.nextNormal() }
      let found = SingularValues(matrix, size: size, Progress())
      for row in 0..<size {
        for column in 0..<size {
          let made = (0..<size).reduce(0.0) {
            $0 + found.scaled[$1 * size + row] * found.right[$1 * size + column]
          }
          #expect(abs(made - matrix[column * size + row]) < 1e-13)
        }
      }
      for left in 0..<size {
        for right in 0..<left {
          let product = (0..<size).reduce(0.0) {
            $0 + found.scaled[left * size + $1] * found.scaled[right * size + $1]
          }
          #expect(abs(product) < 1e-13)
        }
      }
    }
  }

  @Test func anExactLineIsFound() throws {
    let x = (0..<30).map { Double($0) / 3 }
    let ridge = try BayesianRidge(x + x.map { 2 * $0 - 7 }, rows: 30, Progress())
    #expect(abs(ridge.weights[0] - 2) < 1e-6 && abs(ridge.intercept + 7) < 1e-5)
  }

  /// Of two columns that are one the weight is shared, whatever the rows.
  @Test func dependentColumnsShareTheirWeight() throws {
    let x = (0..<20).map { Double(($0 * 7) % 11) }
    let ridge = try BayesianRidge(x + x + x.map { 3 * $0 + 1 }, rows: 20, Progress())
    #expect(abs(ridge.weights[0] - ridge.weights[1]) < 1e-9 && abs(ridge.weights[0] - 1.5) < 1e-6)
  }

  @Test func moreColumnsThanRowsAreNoTrouble() throws {
    var random = CounterRandom(seed: 8)
    let matrix = (0..<3 * 6).map { _ in random.nextNormal() }
    let ridge = try BayesianRidge(matrix, rows: 3, Progress())
    #expect(ridge.weights.count == 5 && ridge.weights.allSatisfy(\.isFinite) && ridge.intercept.isFinite)
  }
}
