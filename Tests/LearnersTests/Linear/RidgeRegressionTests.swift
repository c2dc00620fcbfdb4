import Descriptions
import Kernels
import Learners
import Plan
import Testing

/// Known answers from scikit-learn 1.9.1, `Ridge(solver="svd")`.
@Suite struct RidgeRegressionTests {
  @Test(arguments: [
    (nil, [0.9471968172790679, -2.0960611298828358, 0.1032073916952108, 2.960740748489729]),
    (2.5, [0.9414588124435409, -1.96327134454533, 0.10324656159379687, 2.959692419966659]),
    (300, [0.17534897243209627, -0.16326668259628915, 0.10250266233947636, 2.7911634774562017]),
  ])
  func weightsEqualScikitLearn(alpha: Double?, known: [Double]) throws {
    let options = alpha.map { Options(["alpha": .float($0)]) } ?? Options()
    let model = try RidgeRegression(options: options, seed: 0).fit(
      LinearTests.design(.numbers(LinearTests.numbers)), Progress())
    #expect(LinearTests.isNear(model.weights + [model.intercept], known, 1e-10))
    #expect(model.notes.isEmpty)
  }

  @Test func duplicatesShareTheWeightEvenly() throws {
    let columns = LinearTests.columns
    let model = try RidgeRegression(options: Options(), seed: 0).fit(
      LinearTests.design(columns + [columns[0]], .numbers(LinearTests.numbers)), Progress())
    #expect(abs(model.weights[0] - model.weights[3]) < 1e-12)
    // Two columns under the penalty act as one of √2 times the size.
    let alone = try RidgeRegression(options: Options(), seed: 0).fit(
      LinearTests.design([columns[0].map { $0 * 2.0.squareRoot() }] + columns[1...], .numbers(LinearTests.numbers)),
      Progress())
    #expect(abs(model.weights[0] * 2.0.squareRoot() - alone.weights[0]) < 1e-12)
  }
}
