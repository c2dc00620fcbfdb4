import Kernels

/// How the rows of one class stand among all others by its probability: one group for each probability that some row of the class
/// has, from the highest to the lowest. Ties stand together, so that the order of rows cannot matter.
public struct ScoreRanking: Sendable, Equatable {
  public struct Group: Sendable, Equatable {
    /// Rows of the class with this probability.
    public let positives: Int
    /// Other rows with a higher one.
    public let above: Int
    /// Other rows with the same one.
    public let level: Int
  }

  public private(set) var groups: [Group] = []
  public let positives: Int
  public let negatives: Int

  /// O(rows): the probabilities are sorted by their digits.
  init(_ judgement: Judgement, of code: Int) {
    let sorted = parallelMap(2) { side in Self.sortedScores(judgement, of: code, isPositive: side == 0) }
    positives = sorted[0].count
    negatives = sorted[1].count
    merge(sorted[0], sorted[1])
  }

  private static func sortedScores(_ judgement: Judgement, of code: Int, isPositive: Bool) -> [Double] {
    let width = judgement.classCount
    var scores: [Double] = []
    if !isPositive { scores.reserveCapacity(judgement.rowCount) }
    judgement.probabilities.withUnsafeBufferPointer { probabilities in
      for (row, truth) in judgement.trueCodes.enumerated() where (Int(truth) == code) == isPositive {
        scores.append(probabilities[row * width + code])
      }
    }
    return RadixSort.sorted(scores)
  }

  /// Walks both rising lists from their ends.
  private mutating func merge(_ own: [Double], _ others: [Double]) {
    var (place, other) = (own.count - 1, others.count - 1)
    while place >= 0 {
      let score = own[place]
      let last = place
      while place >= 0, own[place] == score { place -= 1 }
      while other >= 0, others[other] > score { other -= 1 }
      let above = others.count - 1 - other
      while other >= 0, others[other] == score { other -= 1 }
      groups.append(Group(positives: last - place, above: above, level: others.count - 1 - other - above))
    }
  }
}
