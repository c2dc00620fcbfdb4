import Plan

/// Answers beside the truth, for the metrics.
public struct Predictions: Sendable {
  public let task: LearningTask
  /// The number of classes; 0 for a regression.
  public let classCount: Int
  /// The class of each row as a code in 0 ..< classCount; empty for a regression.
  public let trueCodes: [Int32]
  /// The class that was decided for each row; empty for a regression.
  public let predictedCodes: [Int32]
  /// Row by row, a probability per class; empty for a regression or when the learner gives none.
  public let probabilities: [Double]
  /// The true number of each row; empty for classes.
  public let trueValues: [Double]
  /// The predicted number of each row; empty for classes.
  public let predictedValues: [Double]
  /// The code of the positive one of two classes.
  public let positive: Int

  /// Answers of a classifier. Codes are in `0 ..< classCount`; `probabilities` has `classCount` places a row, or none at all.
  public init(
    trueCodes: [Int32], predictedCodes: [Int32], probabilities: [Double] = [], classCount: Int, positive: Int = 1
  ) {
    precondition(trueCodes.count == predictedCodes.count, "an answer per row")
    precondition(
      probabilities.isEmpty || probabilities.count == trueCodes.count * classCount, "a probability per row and class")
    task = classCount > 2 ? .multiclass : .binary
    self.classCount = classCount
    self.trueCodes = trueCodes
    self.predictedCodes = predictedCodes
    self.probabilities = probabilities
    self.positive = positive
    trueValues = []
    predictedValues = []
  }

  /// Answers of a regression.
  public init(trueValues: [Double], predictedValues: [Double]) {
    precondition(trueValues.count == predictedValues.count, "an answer per row")
    task = .regression
    classCount = 0
    self.trueValues = trueValues
    self.predictedValues = predictedValues
    trueCodes = []
    predictedCodes = []
    probabilities = []
    positive = 1
  }

  public var rowCount: Int { task == .regression ? trueValues.count : trueCodes.count }

  /// The probability of one class in each row; nil when there are none.
  public func probability(of code: Int) -> [Double]? {
    guard !probabilities.isEmpty, (0..<classCount).contains(code) else { return nil }
    return (0..<rowCount).map { probabilities[$0 * classCount + code] }
  }

  /// Whether each row is of the class.
  func isClass(_ code: Int) -> [Bool] { trueCodes.map { Int($0) == code } }

  /// The answers of `rows`, in that order: a slice's or a fold's.
  public func take(_ rows: [Int]) -> Predictions {
    guard task != .regression else {
      return Predictions(trueValues: rows.map { trueValues[$0] }, predictedValues: rows.map { predictedValues[$0] })
    }
    let chances =
      probabilities.isEmpty
      ? [] : rows.flatMap { probabilities[$0 * classCount..<($0 + 1) * classCount] }
    return Predictions(
      trueCodes: rows.map { trueCodes[$0] }, predictedCodes: rows.map { predictedCodes[$0] }, probabilities: chances,
      classCount: classCount, positive: positive)
  }
}
