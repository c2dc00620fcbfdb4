/// What the metrics of a regression share.
enum RegressionErrors {
  static func variance(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
  }

  /// One less the quotient; without anything to explain, 1 for no error and 0 otherwise (scikit-learn's force_finite).
  static func explained(residual: Double, total: Double) -> Double {
    if total == 0 { return residual == 0 ? 1 : 0 }
    return 1 - residual / total
  }
}

extension Predictions {
  /// Truth less answer, row by row.
  var errors: [Double] { zip(trueValues, predictedValues).map { $0 - $1 } }

  func meanOfErrors(_ size: (Double) -> Double) -> Double {
    errors.reduce(0) { $0 + size($1) } / Double(rowCount)
  }
}
