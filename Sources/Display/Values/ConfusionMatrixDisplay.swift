/// How often each true class was predicted as each class.
public struct ConfusionMatrixDisplay: Sendable, Equatable {
  /// What a matrix of some of the classes is a part of.
  public struct Whole: Sendable, Equatable {
    public var classes: Int
    public var rows: Int
    /// Rows that were given their class.
    public var right: Int

    public init(classes: Int, rows: Int, right: Int) {
      self.classes = classes
      self.rows = rows
      self.right = right
    }
  }

  public var title: String?
  public var classes: [String]
  /// `counts[actual][predicted]`, both in the order of `classes`.
  public var counts: [[Int]]
  /// nil when every class is in it.
  public var whole: Whole?

  public init(title: String? = nil, classes: [String], counts: [[Int]], whole: Whole? = nil) {
    self.title = title
    self.classes = classes
    self.counts = counts
    self.whole = whole
  }

  /// The count at a place; 0 where the matrix is short.
  public func count(actual: Int, predicted: Int) -> Int {
    counts.indices.contains(actual) && counts[actual].indices.contains(predicted) ? counts[actual][predicted] : 0
  }

  /// `180 of 200 right (90.0%)`, of the whole; 100.0% is all of them.
  var summary: String {
    let right = whole?.right ?? classes.indices.reduce(0) { $0 &+ count(actual: $1, predicted: $1) }
    let all = whole?.rows ?? counts.joined().reduce(0, &+)
    let share = all > 0 ? " (\(NumberText.of(Double(right) / Double(all), .percent(decimals: 1))))" : ""
    let cut = whole.map { "; \(classes.count) of \($0.classes) classes are shown" } ?? ""
    return "\(right) of \(all) right" + share + cut
  }
}
