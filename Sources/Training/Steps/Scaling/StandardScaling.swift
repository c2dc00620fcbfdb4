import Kernels
import Plan

/// (x − mean) / sd, with the sd of the whole (n, not n − 1), as scikit-learn's StandardScaler.
public enum StandardScaling: ScalingMethod {
  public static let name = "standard"
  public static let summary = "takes off the mean and divides by the standard deviation (of all rows, n)"

  public static func fit(_ column: ScaledColumn, _ progress: Progress) throws(EngineError) -> Scaling {
    let count = Double(column.count)
    let spread = try column.statistic(.sd, progress).map { $0 * ((count - 1) / count).squareRoot() }
    return Scaling(column, centre: try column.statistic(.mean, progress), spread: spread)
  }
}
