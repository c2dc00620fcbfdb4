import Kernels
import Plan

/// (x − median) / (third quartile − first quartile)
public enum RobustScaling: ScalingMethod {
  public static let name = "robust"
  public static let summary = "takes off the median and divides by the distance of the quartiles"

  public static func fit(_ column: ScaledColumn, _ progress: Progress) throws(EngineError) -> Scaling {
    let first = try column.statistic(.quantile, part: 0.25, progress)
    let third = try column.statistic(.quantile, part: 0.75, progress)
    return Scaling(
      column, centre: try column.statistic(.median, progress),
      spread: third.flatMap { third in first.map { third - $0 } })
  }
}
