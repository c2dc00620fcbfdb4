import Kernels
import Plan

/// (x − min) / (max − min)
public enum MinMaxScaling: ScalingMethod {
  public static let name = "minmax"
  public static let summary = "maps to 0 … 1"

  public static func fit(_ column: ScaledColumn, _ progress: Progress) throws(EngineError) -> Scaling {
    let low = try column.statistic(.min, progress)
    let high = try column.statistic(.max, progress)
    return Scaling(column, centre: low, spread: high.flatMap { high in low.map { high - $0 } })
  }
}
