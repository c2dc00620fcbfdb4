import Plan

extension DesignMatrix {
  /// The numbers to learn; throws `trainingFailed` for classes, `noRows` without rows.
  func numbers<Learner: Estimator>(for learner: Learner.Type) throws(EngineError) -> [Double] {
    guard let target else { throw .noLabel(Learner.name) }
    guard case .numbers(let values) = target.values else {
      throw EngineError(.trainingFailed, Learner.name, "learns numbers, and the label has classes")
    }
    try checkRows()
    guard values.allSatisfy(\.isFinite) else {
      throw EngineError(.trainingFailed, "the label", "has a value that is not a finite number")
    }
    return values
  }

  /// The classes to learn; throws `trainingFailed` for numbers or when fewer than two classes occur, `noRows` without rows.
  func classes<Learner: Estimator>(for learner: Learner.Type) throws(EngineError) -> ClassTarget {
    guard let target else { throw .noLabel(Learner.name) }
    guard case .classes(let codes, let count) = target.values else {
      throw EngineError(.trainingFailed, Learner.name, "learns classes, and the label has numbers")
    }
    try checkRows()
    guard count >= 2, codes.allSatisfy({ $0 >= 0 && Int($0) < count }) else {
      throw EngineError(.trainingFailed, "the label", "needs at least two classes to tell apart")
    }
    var counts = [Int](repeating: 0, count: count)
    for code in codes { counts[Int(code)] += 1 }
    guard counts.count(where: { $0 > 0 }) >= 2 else {
      throw EngineError(
        .trainingFailed, "the label", "has a single class among the \(codes.count) rows to learn from",
        help: ["stratify the split by the label"])
    }
    return ClassTarget(codes: codes, counts: counts)
  }

  private func checkRows() throws(EngineError) {
    if rowCount == 0 { throw EngineError(.noRows, "train", "there is no row to learn from") }
  }
}

/// Class codes with the number of rows of each class; at least two occur.
struct ClassTarget {
  let codes: [Int32]
  let counts: [Int]

  var count: Int { counts.count }
  /// The codes that occur.
  var present: [Int] { counts.indices.filter { counts[$0] > 0 } }
}

extension EngineError {
  fileprivate static func noLabel(_ learner: String) -> EngineError {
    EngineError(.noLabel, learner, "\(learner) learns a label, and none was chosen")
  }
}

extension Estimator {
  public static var name: String { description.name }
}
