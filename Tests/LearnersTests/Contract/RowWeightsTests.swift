import Descriptions
import Kernels
import Learners
import Plan
import Tables
import Testing

/// A row of weight n is n rows.
@Suite struct RowWeightsTests {
  static let weights = (0..<700).map { Double([1, 0, 3, 2, 1, 5, 1][$0 % 7]) }

  /// The same rows by weights and repeated.
  static func pair(counts: [Int], classes: Int) -> (weighted: DesignMatrix, repeated: DesignMatrix) {
    let drawn = OneHotLinearTests.draw(rows: 700, numbers: 3, counts: counts, seed: 8)
    let codes = drawn.signal.map { Int32($0 < -0.5 ? 0 : $0 < 1.2 || classes == 2 ? 1 : 2) }
    let values: LearningTarget.Values = classes == 0 ? .numbers(drawn.signal) : .classes(codes, count: classes)
    let plain = OneHotLinearTests.design(drawn, counts: counts, LearningTarget(values), dense: false)
    return (weighted(plain, weights), repeated(plain))
  }

  static func weighted(_ design: DesignMatrix, _ weights: [Double]) -> DesignMatrix {
    DesignMatrix(
      features: design.features, columns: design.columns,
      target: design.target.map { LearningTarget($0.values, weights: weights) })
  }

  static func repeated(_ design: DesignMatrix) -> DesignMatrix {
    let rows = weights.enumerated().flatMap { row, weight in repeatElement(row, count: Int(weight)) }
    let target: LearningTarget? =
      switch design.target?.values {
      case .numbers(let values)?: .numbers(rows.map { values[$0] })
      case .classes(let codes, let count)?: .classes(rows.map { codes[$0] }, count: count)
      case nil: nil
      }
    return DesignMatrix(
      features: design.features, columns: design.columns.map { $0.take(RowList(ids: rows.map { Int32($0) })) },
      target: target)
  }

  @Test(arguments: [[], [40], [60, 7], [300, 250]], [0, 2.5]) func ofLeastSquares(counts: [Int], alpha: Double) throws {
    let pair = Self.pair(counts: counts, classes: 0)
    let options = Options(["alpha": .float(alpha)])
    let fits = try [pair.weighted, pair.repeated].map {
      try LinearRegression(options: options, seed: 0).fit($0, Progress())
    }
    #expect(LinearTests.isNear(fits[0].weights, fits[1].weights, 1e-9))
    #expect(LinearTests.isNear([fits[0].intercept], [fits[1].intercept], 1e-9))
    #expect(fits[0].notes == fits[1].notes)
    let ridge = try RidgeRegression(options: options, seed: 0).fit(pair.weighted, Progress())
    #expect(ridge.weights == fits[0].weights)
  }

  @Test(arguments: [[], [40], [60, 7]], [2, 3]) func ofLogisticRegression(counts: [Int], classes: Int) throws {
    let pair = Self.pair(counts: counts, classes: classes)
    for balance in ["none", "balanced"] {
      let options = Options(["tol": .float(1e-13), "class_weight": .word(balance)])
      let fits = try [pair.weighted, pair.repeated].map {
        try LogisticRegression(options: options, seed: 0).fit($0, Progress())
      }
      for (found, known) in zip(fits[0].weights, fits[1].weights) { #expect(LinearTests.isNear(found, known, 1e-9)) }
      #expect(LinearTests.isNear(fits[0].intercepts, fits[1].intercepts, 1e-9))
      #expect(fits[0].notes == fits[1].notes)
    }
  }

  @Test func fractionsScaleTheLossAgainstThePenalty() throws {
    let halves = [Double](repeating: 0.5, count: 700)
    let numbers = Self.pair(counts: [40], classes: 0).weighted
    func ridge(_ weights: [Double], _ alpha: Double) throws -> FittedLinearRegression {
      try RidgeRegression(options: Options(["alpha": .float(alpha)]), seed: 0).fit(
        Self.weighted(numbers, weights), Progress())
    }
    let ones = [Double](repeating: 1, count: 700)
    #expect(LinearTests.isNear(try ridge(halves, 1).weights, try ridge(ones, 2).weights, 1e-9))
    let classes = Self.pair(counts: [40], classes: 2).weighted
    func logistic(_ weights: [Double], _ strength: Double) throws -> [Double] {
      try LogisticRegression(options: Options(["C": .float(strength), "tol": .float(1e-13)]), seed: 0).fit(
        Self.weighted(classes, weights), Progress()
      ).weights[0]
    }
    #expect(LinearTests.isNear(try logistic(halves, 2), try logistic(ones, 1), 1e-9))
  }

  @Test(arguments: [0, 2, 3]) func ofDummyAndTree(classes: Int) throws {
    let pair = Self.pair(counts: [], classes: classes)
    let dummies = try [pair.weighted, pair.repeated].map {
      try DummyLearner(options: Options(), seed: 0).fit($0, Progress())
    }
    #expect(LinearTests.isNear(dummies[0].answer, dummies[1].answer, 1e-9))
    let options = Options(["min_samples_leaf": .int(9)])
    let trees = try [pair.weighted, pair.repeated].map {
      try DecisionTree(options: options, seed: 0).fit($0, Progress()).ensemble
    }
    #expect(trees[0] == trees[1] && trees[0].nodes.count > 9)
  }

  @Test(arguments: LearnerContractTests.Case.all) func weightsAreTakenOrRefused(case one: LearnerContractTests.Case)
    throws
  {
    let design = HostileDesign.plain.design(one.task, missing: false)
    func error(_ weights: [Double]) -> EngineError? {
      do {
        _ = try LearnerContractTests.fit(one.learner, Self.weighted(design, weights))
        return nil
      } catch { return error as? EngineError }
    }
    let ones = [Double](repeating: 1, count: design.rowCount)
    #expect(error(ones)?.code == (one.learner.takesWeights ? nil : .unsupported))
    guard one.learner.takesWeights else { return }
    #expect(error([1])?.code == .trainingFailed)
    for bad in [-1, Double.nan, .infinity] {
      #expect(error([bad] + ones.dropFirst())?.code == .trainingFailed)
    }
    #expect(error(ones.map { _ in 0 })?.code == .noRows)
    let half = error(ones.map { _ in 0.5 })
    #expect(half?.code == (one.learner == DecisionTree.self ? .unsupported : nil))
  }
}
