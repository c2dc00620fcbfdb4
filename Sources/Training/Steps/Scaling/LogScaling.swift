import Expressions
import Kernels
import Plan

/// sign(x) · log(1 + |x|): the logarithm for large numbers of either sign, the number itself near 0, which it keeps at 0.
public enum LogScaling: ScalingMethod {
  public static let name = "log"
  public static let summary = "takes the logarithm of 1 + the size and keeps the sign"

  public static func fit(_ column: ScaledColumn, _ progress: Progress) throws(EngineError) -> Scaling {
    let size = Expression.call(.log1p, [.call(.abs, [column.value])])
    return Scaling(.call(.multiply, [.call(.sign, [column.value]), size]))
  }
}
