/// How many rows of each true class were given each class, among all classes or a choice of them.
public struct ConfusionMatrix: Sendable, Equatable {
  /// The codes of the classes that are told apart.
  public let codes: [Int]
  /// Row by row: `counts[true * codes.count + predicted]`, both as places in `codes`.
  public let counts: [Int]

  /// The whole matrix, or that of `codes` among themselves. O(rows + codes² + classes).
  public init(_ judgement: Judgement, of codes: [Int]? = nil) {
    let codes = codes ?? Array(0..<max(judgement.classCount, 2))
    var places = [Int](repeating: -1, count: max(judgement.classCount, 2))
    for (place, code) in codes.enumerated() { places[code] = place }
    var counts = [Int](repeating: 0, count: codes.count * codes.count)
    for (truth, answer) in zip(judgement.trueCodes, judgement.predictedCodes) where truth >= 0 && answer >= 0 {
      let (row, column) = (places[Int(truth)], places[Int(answer)])
      if row >= 0, column >= 0 { counts[row * codes.count + column] += 1 }
    }
    self.codes = codes
    self.counts = counts
  }

  public subscript(truth: Int, predicted: Int) -> Int { counts[truth * codes.count + predicted] }

  /// At most `limit` classes in their own order: all, or those with the most wrong answers, of equal ones the more frequent.
  public static func codes(_ counts: ClassCounts, limit: Int) -> [Int] {
    guard counts.classCount > limit else { return Array(0..<counts.classCount) }
    func wrong(_ code: Int) -> Int { counts.support[code] + counts.given[code] - 2 * counts.hits[code] }
    return (0..<counts.classCount).sorted {
      (wrong($0), counts.support[$0], $1) > (wrong($1), counts.support[$1], $0)
    }.prefix(limit).sorted()
  }
}
