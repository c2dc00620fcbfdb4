/// How many rows of each true class were given each class.
public struct ConfusionMatrix: Sendable, Equatable {
  public let classCount: Int
  /// Row by row: `counts[true * classCount + predicted]`.
  public let counts: [Int]

  /// O(rows + classes²).
  public init(_ predictions: Predictions) {
    let classes = max(predictions.classCount, 2)
    var counts = [Int](repeating: 0, count: classes * classes)
    for (truth, answer) in zip(predictions.trueCodes, predictions.predictedCodes) {
      counts[Int(truth) * classes + Int(answer)] += 1
    }
    self.classCount = classes
    self.counts = counts
  }

  public subscript(truth: Int, predicted: Int) -> Int { counts[truth * classCount + predicted] }

  public var total: Int { counts.reduce(0, +) }
  public var correct: Int { (0..<classCount).reduce(0) { $0 + self[$1, $1] } }

  /// Rows that are of the class.
  public func support(_ code: Int) -> Int { (0..<classCount).reduce(0) { $0 + self[code, $1] } }

  /// Rows that were given the class.
  public func predicted(_ code: Int) -> Int { (0..<classCount).reduce(0) { $0 + self[$1, code] } }

  /// Classes that are true of a row or were given to one: those that scikit-learn's averages are over.
  var seen: [Int] { (0..<classCount).filter { support($0) > 0 || predicted($0) > 0 } }

  // A quotient by nothing is 0, as scikit-learn's zero_division default has it.
  func precision(_ code: Int) -> Double { Self.quotient(self[code, code], predicted(code)) }
  func recall(_ code: Int) -> Double { Self.quotient(self[code, code], support(code)) }
  func f1(_ code: Int) -> Double { Self.quotient(2 * self[code, code], support(code) + predicted(code)) }

  private static func quotient(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }

  /// The mean over the classes that were seen.
  func macro(_ score: (Int) -> Double) -> Double {
    let seen = seen
    return seen.isEmpty ? 0 : seen.reduce(0) { $0 + score($1) } / Double(seen.count)
  }

  /// The mean over the rows' true classes.
  func weighted(_ score: (Int) -> Double) -> Double {
    let total = total
    return total == 0 ? 0 : (0..<classCount).reduce(0) { $0 + score($1) * Double(support($1)) } / Double(total)
  }
}
