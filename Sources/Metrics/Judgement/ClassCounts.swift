import Plan

/// How many rows are of each class, were given it, and both.
public struct ClassCounts: Sendable, Equatable {
  /// Rows that are of the class.
  public private(set) var support: [Int]
  /// Rows that were given the class.
  public private(set) var given: [Int]
  /// Rows that are of the class and were given it.
  public private(set) var hits: [Int]
  public let rowCount: Int

  /// O(rows + classes). Codes below 0 count for no class.
  init(_ judgement: Judgement) {
    let classes = max(judgement.classCount, 2)
    support = [Int](repeating: 0, count: classes)
    given = support
    hits = support
    rowCount = judgement.rowCount
    for (truth, answer) in zip(judgement.trueCodes, judgement.predictedCodes) {
      if truth >= 0 { support[Int(truth)] += 1 }
      if answer >= 0 { given[Int(answer)] += 1 }
      if truth == answer, truth >= 0 { hits[Int(truth)] += 1 }
    }
  }

  public var classCount: Int { support.count }
  public var correct: Int { hits.reduce(0, +) }

  /// The only class that rows are of; nil when there are several.
  var onlyClass: Int? { support.firstIndex(of: rowCount) }

  /// The only class that rows were given; nil when there are several.
  var onlyAnswer: Int? { given.firstIndex(of: rowCount) }

  // Nothing over nothing is undefined: nil.
  public func precision(_ code: Int) -> Double? { Self.quotient(hits[code], given[code]) }
  public func recall(_ code: Int) -> Double? { Self.quotient(hits[code], support[code]) }
  public func f1(_ code: Int) -> Double? { Self.quotient(2 * hits[code], support[code] + given[code]) }

  private static func quotient(_ part: Int, _ whole: Int) -> Double? { whole == 0 ? nil : Double(part) / Double(whole) }

  /// The mean over the classes that have a value.
  func macro(_ score: (Int) -> Double?) -> MetricValue {
    .mean(support.indices.map { (score($0), 1) }, else: reason)
  }

  /// The mean over the classes that rows are of and that have a value, each by its rows.
  func weighted(_ score: (Int) -> Double?) -> MetricValue {
    let present = support.indices.filter { support[$0] > 0 }
    return .mean(present.map { (score($0), Double(support[$0])) }, else: { reason(present[$0]) })
  }

  /// Why a class has no value.
  private func reason(_ code: Int) -> Undefined {
    if support[code] > 0 { return .noneGiven(code) }
    return given[code] > 0 ? .noRow(of: code) : .neither(code)
  }
}
