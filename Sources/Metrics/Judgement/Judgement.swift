import Kernels
import Plan

/// Answers beside the truth, with all that several metrics need of them: counts by class, rankings, sums of errors. Each is worked
/// out when it is first asked for, once, by whichever thread asks, and is the same on any number of threads.
public final class Judgement: Sendable {
  public let task: LearningTask
  /// The number of classes; 0 for a regression.
  public let classCount: Int
  /// The class of each row as a code in 0 ..< classCount, −1 for none of them; empty for a regression.
  public let trueCodes: [Int32]
  /// The class that was decided for each row, −1 where none was; empty for a regression.
  public let predictedCodes: [Int32]
  /// Row by row, a probability per class; empty for a regression or when the learner gives none.
  public let probabilities: [Double]
  /// The true number of each row; empty for classes.
  public let trueValues: [Double]
  /// The predicted number of each row, not a number where there is none; empty for classes.
  public let predictedValues: [Double]
  /// The code of the positive one of two classes.
  public let positive: Int

  private let keptUnanswered = Once<Int>()
  private let keptCounts = Once<ClassCounts>()
  private let keptRankings = Once<[ScoreRanking]>()
  private let keptResiduals = Once<ResidualSums>()
  private let keptErrorSizes = Once<[Double]>()

  /// Answers of a classifier. Codes are below `classCount`; `probabilities` has `classCount` places a row, or none at all.
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

  public var hasProbabilities: Bool { !probabilities.isEmpty }

  /// Rows without an answer or of a class that the model does not know: with any of them no metric has a value.
  public var unansweredCount: Int {
    keptUnanswered.value {
      if task == .regression { return Int(sum { predictedValues[$0].isNaN || trueValues[$0].isNaN ? 1 : 0 }) }
      return Int(sum { row in trueCodes[row] < 0 || predictedCodes[row] < 0 || hasGap(row) ? 1 : 0 })
    }
  }

  private func hasGap(_ row: Int) -> Bool {
    guard hasProbabilities else { return false }
    for place in row * classCount..<(row + 1) * classCount where probabilities[place].isNaN { return true }
    return false
  }

  /// Rows, answers and hits of each class. O(rows + classes).
  public var counts: ClassCounts { keptCounts.value { ClassCounts(self) } }

  /// The classes that ranking metrics look at, one against the rest: the positive one of two, else all.
  public var rankedCodes: [Int] { task == .binary ? [positive] : Array(0..<classCount) }

  /// How the rows of each of `rankedCodes` stand among the others by its probability; empty without probabilities. Their groups
  /// together are at most one a row, whatever the number of classes. O(rows × classes).
  public var rankings: [ScoreRanking] {
    keptRankings.value {
      guard hasProbabilities else { return [] }
      let codes = rankedCodes
      return parallelMap(codes.count) { ScoreRanking(self, of: codes[$0]) }
    }
  }

  /// What the errors of a regression come to.
  public var residuals: ResidualSums { keptResiduals.value { ResidualSums(self) } }

  /// The absolute errors of a regression in rising order. O(rows).
  public var sortedErrorSizes: [Double] {
    keptErrorSizes.value { RadixSort.sorted((0..<rowCount).map { abs(trueValues[$0] - predictedValues[$0]) }) }
  }

  /// The answers of `rows`, in that order: a slice's or a fold's.
  public func take(_ rows: some RandomAccessCollection<Int>) -> Judgement {
    guard task != .regression else {
      return Judgement(trueValues: rows.map { trueValues[$0] }, predictedValues: rows.map { predictedValues[$0] })
    }
    var chances: [Double] = []
    if hasProbabilities {
      chances.reserveCapacity(rows.count * classCount)
      for row in rows { chances.append(contentsOf: probabilities[row * classCount..<(row + 1) * classCount]) }
    }
    return Judgement(
      trueCodes: rows.map { trueCodes[$0] }, predictedCodes: rows.map { predictedCodes[$0] }, probabilities: chances,
      classCount: classCount, positive: positive)
  }

  /// The same rows, the positive class of two decided from `threshold` of its probability on. Without probabilities nothing
  /// changes.
  public func deciding(at threshold: Double) -> Judgement {
    guard task == .binary, hasProbabilities else { return self }
    let decided = (0..<rowCount).map { row -> Int32 in
      if predictedCodes[row] < 0 { return -1 }
      return Int32(probabilities[row * classCount + positive] >= threshold ? positive : 1 - positive)
    }
    return Judgement(
      trueCodes: trueCodes, predictedCodes: decided, probabilities: probabilities, classCount: classCount,
      positive: positive)
  }
}
