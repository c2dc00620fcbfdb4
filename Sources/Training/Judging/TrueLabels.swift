import Metrics
import Plan
import Scoring
import Tables

/// The labels of rows as the metrics take them, coded once however often the rows are scored.
public struct TrueLabels: Sendable {
  private let label: ModelLabel
  private let coding: ClassCoding
  /// Empty for a regression.
  private let codes: [Int32]
  /// Empty for classes.
  private let numbers: [Double]

  /// O(rows).
  public init(_ labels: Column, _ label: ModelLabel) {
    self.label = label
    coding = ClassCoding(label.classes)
    codes = label.task == .regression ? [] : coding.codes(labels)
    numbers = label.task == .regression ? Self.numbers(labels) : []
  }

  /// These labels beside the answers to the same rows.
  public func judgement(of prediction: Column, _ probabilities: VectorCells?) -> Judgement {
    if label.task == .regression {
      return Judgement(trueValues: numbers, predictedValues: Self.numbers(prediction))
    }
    return Judgement(
      trueCodes: codes, predictedCodes: coding.codes(prediction), probabilities: probabilities?.denseValues ?? [],
      classCount: label.classes.count)
  }

  /// The cells of a number column, not a number where one is missing.
  private static func numbers(_ cells: Column) -> [Double] {
    if case .float(let floats) = cells, floats.validity == nil { return floats.values }
    return (0..<cells.count).map { cells[$0].number ?? .nan }
  }
}

extension ScoredRows {
  /// The answers as the metrics take them. Rows whose label is missing or of no class are not in a split.
  public func judgement(_ label: ModelLabel) -> Judgement {
    TrueLabels(labels, label).judgement(of: prediction, probabilities)
  }
}
