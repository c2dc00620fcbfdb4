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
}
