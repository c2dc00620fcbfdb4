import Plan

/// What a metric says of a candidate over folds, or of one part.
///
/// Folds whose rows allow no value, whoever answers, are left out. Any other fold without a value leaves the candidate without
/// one, a mean over fewer classes than the rows are of included: it would be compared on easier ground than its rivals.
public struct FoldScores: Sendable {
  /// In the order of the folds that count.
  public let values: [Double]
  /// Why there is no mean, for how many rows.
  public let undefined: (reason: Undefined, rows: Int)?

  /// What the metric says of each fold, and how many rows that has.
  public init(_ folds: [(value: MetricValue, rows: Int)]) {
    var values: [Double] = []
    var lacking: (reason: Undefined, rows: Int)?
    for (value, rows) in folds {
      if let reason = value.reason, value.number == nil || !reason.isOfTheRows,
        lacking?.reason.isOfTheRows ?? true
      {
        lacking = (reason, rows)
      }
      if let number = value.number { values.append(number) }
    }
    self.values = values
    let isFair = lacking?.reason.isOfTheRows ?? true
    undefined = isFair && !values.isEmpty ? nil : lacking ?? (.noRows, 0)
  }

  /// The mean over the folds; nil where it is undefined.
  public var mean: Double? { undefined == nil ? values.reduce(0, +) / Double(values.count) : nil }

  /// The standard error of the mean; nil for fewer than two folds.
  public var standardError: Double? {
    guard let mean, values.count > 1 else { return nil }
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(values.count - 1) / Double(values.count)).squareRoot()
  }
}
