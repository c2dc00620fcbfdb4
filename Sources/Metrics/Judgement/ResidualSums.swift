import Kernels

/// What the errors of a regression, truth less answer, come to.
public struct ResidualSums: Sendable, Equatable {
  public private(set) var rowCount = 0
  public private(set) var errors = 0.0
  public private(set) var squares = 0.0
  public private(set) var sizes = 0.0
  public private(set) var largest = 0.0
  public private(set) var truths = 0.0
  public private(set) var leastTruth = Double.infinity
  public private(set) var greatestTruth = -Double.infinity
  /// Squared distances of the label, and of the errors, from their means.
  public private(set) var truthSpread = 0.0
  public private(set) var errorSpread = 0.0

  private init() {}

  /// Two passes over fixed chunks, added in their order. O(rows), in parallel.
  init(_ judgement: Judgement) {
    let rows = judgement.rowCount
    let parts = parallelMap((rows + Judgement.chunk - 1) / Judgement.chunk) { part in
      Self.part(judgement, part * Judgement.chunk..<min(rows, (part + 1) * Judgement.chunk))
    }
    var sums = parts.reduce(into: ResidualSums()) { $0.add($1) }
    let truth = sums.truths / Double(max(rows, 1))
    let error = sums.errors / Double(max(rows, 1))
    sums.truthSpread = judgement.sum { row in
      let distance = judgement.trueValues[row] - truth
      return distance * distance
    }
    sums.errorSpread = judgement.sum { row in
      let distance = judgement.trueValues[row] - judgement.predictedValues[row] - error
      return distance * distance
    }
    self = sums
  }

  private static func part(_ judgement: Judgement, _ rows: Range<Int>) -> ResidualSums {
    var sums = ResidualSums()
    sums.rowCount = rows.count
    for row in rows {
      let truth = judgement.trueValues[row]
      let error = truth - judgement.predictedValues[row]
      sums.errors += error
      sums.squares += error * error
      sums.sizes += abs(error)
      sums.largest = max(sums.largest, abs(error))
      sums.truths += truth
      sums.leastTruth = min(sums.leastTruth, truth)
      sums.greatestTruth = max(sums.greatestTruth, truth)
    }
    return sums
  }

  private mutating func add(_ next: ResidualSums) {
    rowCount += next.rowCount
    errors += next.errors
    squares += next.squares
    sizes += next.sizes
    largest = max(largest, next.largest)
    truths += next.truths
    leastTruth = min(leastTruth, next.leastTruth)
    greatestTruth = max(greatestTruth, next.greatestTruth)
  }

  /// Whether the label is one number throughout, so that there is nothing to explain.
  var isConstant: Bool { leastTruth == greatestTruth }
}
