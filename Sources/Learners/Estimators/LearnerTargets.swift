import Plan

extension DesignMatrix {
  /// The numbers to learn; throws `trainingFailed` for classes, `noRows` without rows, `unsupported` for weights that the learner does
  /// not take.
  func numbers<Learner: Estimator>(for learner: Learner.Type) throws(EngineError) -> [Double] {
    let target = try target(for: learner)
    guard case .numbers(let values) = target.values else {
      throw EngineError(.label(.wrongKind(learner: Learner.name, learns: .numbers)))
    }
    try checkRows(for: learner)
    guard values.allSatisfy(\.isFinite) else {
      throw EngineError(.fitting(.notFinite(.label)))
    }
    return values
  }

  /// The classes to learn; throws `trainingFailed` for numbers or when fewer than two classes occur, `noRows` without rows,
  /// `unsupported` for weights that the learner does not take.
  func classes<Learner: Estimator>(for learner: Learner.Type) throws(EngineError) -> ClassTarget {
    let target = try target(for: learner)
    guard case .classes(let codes, let count) = target.values else {
      throw EngineError(.label(.wrongKind(learner: Learner.name, learns: .classes)))
    }
    try checkRows(for: learner)
    guard count >= 2, codes.allSatisfy({ $0 >= 0 && Int($0) < count }) else {
      throw EngineError(.label(.tooFewClasses))
    }
    var counts = [Int](repeating: 0, count: count)
    for code in codes { counts[Int(code)] += 1 }
    guard counts.count(where: { $0 > 0 }) >= 2 else {
      throw EngineError(.label(.oneClassLearned(rows: codes.count)))
    }
    return ClassTarget(codes: codes, counts: counts, weights: target.weights)
  }

  private func target<Learner: Estimator>(for learner: Learner.Type) throws(EngineError) -> LearningTarget {
    guard let target else { throw EngineError(.label(.needed(by: Learner.name))) }
    guard target.weights == nil || Learner.takesWeights else {
      throw EngineError(.fitting(.weights(learner: Learner.name)))
    }
    return target
  }

  private func checkRows<Learner: Estimator>(for learner: Learner.Type) throws(EngineError) {
    if rowCount == 0 { throw EngineError(.rows(.tooFew(0, needed: 1, by: Learner.name))) }
  }
}

/// Class codes with the number of rows of each class; at least two occur.
struct ClassTarget {
  let codes: [Int32]
  let counts: [Int]
  /// Of each row; nil when all count 1.
  let weights: [Double]?
  /// What the rows of each class count together.
  let sizes: [Double]

  init(codes: [Int32], counts: [Int], weights: [Double]?) {
    self.codes = codes
    self.counts = counts
    self.weights = weights
    guard let weights else {
      sizes = counts.map(Double.init)
      return
    }
    var sizes = [Double](repeating: 0, count: counts.count)
    for (code, weight) in zip(codes, weights) { sizes[Int(code)] += weight }
    self.sizes = sizes
  }

  var count: Int { counts.count }
  /// The codes that occur.
  var present: [Int] { counts.indices.filter { counts[$0] > 0 } }
}

extension Estimator {
  public static var name: String { description.name }
}
