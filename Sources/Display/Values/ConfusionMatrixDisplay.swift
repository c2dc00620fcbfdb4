/// How often each true class was predicted as each class.
public struct ConfusionMatrixDisplay: Sendable, Equatable {
  public var title: String?
  public var classes: [String]
  /// `counts[actual][predicted]`, both in the order of `classes`.
  public var counts: [[Int]]

  public init(title: String? = nil, classes: [String], counts: [[Int]]) {
    self.title = title
    self.classes = classes
    self.counts = counts
  }

  /// The count at a place; 0 where the matrix is short.
  public func count(actual: Int, predicted: Int) -> Int {
    counts.indices.contains(actual) && counts[actual].indices.contains(predicted) ? counts[actual][predicted] : 0
  }

  /// `180 of 200 right (90.0%)`.
  var summary: String {
    let right = classes.indices.reduce(0) { $0 &+ count(actual: $1, predicted: $1) }
    let all = counts.joined().reduce(0, &+)
    return "\(right) of \(all) right"
      + (all > 0 ? " (\(NumberText.of(Double(right) / Double(all), .percent(decimals: 1))))" : "")
  }
}
