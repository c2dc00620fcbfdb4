import Kernels
import Plan

/// A Newton direction without forming the curvature: conjugate gradients, stopped early while far from the minimum.
enum ConjugateGradients {
  private static let mostSteps = 250

  static func direction(
    _ objective: LogisticObjective, at weights: [Double], _ gradient: [Double], stride: Int, _ progress: Progress
  ) throws(EngineError) -> [Double] {
    let rows = Double(objective.design.rowCount)
    let width = objective.design.width
    // Columns are of size one: their curvature is about a quarter a row, or less with many classes.
    let guess = rows / Double(4 * max(1, objective.scores / 2))
    let diagonal = (0..<objective.size).map { guess + objective.penalties[$0 % width] }
    var solution = [Double](repeating: 0, count: gradient.count)
    var residual = gradient.map { -$0 }
    var ahead = zip(residual, diagonal).map { $0 / $1 }
    var size = dot(residual, ahead)
    let start = dot(gradient, gradient).squareRoot()
    let goal = start * min(0.1, (start / rows).squareRoot())
    for _ in 0..<mostSteps where dot(residual, residual).squareRoot() > goal {
      guard let product = product(objective, weights, ahead, stride, progress) else { throw .cancelled }
      let bend = dot(ahead, product)
      guard bend > 0 else { break }
      let length = size / bend
      for place in solution.indices {
        solution[place] += length * ahead[place]
        residual[place] -= length * product[place]
      }
      let scaled = zip(residual, diagonal).map { $0 / $1 }
      let next = dot(residual, scaled)
      for place in ahead.indices { ahead[place] = scaled[place] + next / size * ahead[place] }
      size = next
    }
    return solution
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }

  /// The curvature times `direction`; nil when cancelled.
  private static func product(
    _ objective: LogisticObjective, _ weights: [Double], _ direction: [Double], _ stride: Int, _ progress: Progress
  ) -> [Double]? {
    let chosen = (objective.design.chunks + stride - 1) / stride
    let parts = min(LogisticObjective.parts, chosen)
    let partial = parallelMap(parts) { part -> [Double]? in
      var kernel = LogisticKernel(objective, weights, dense: false)
      for index in part * chosen / parts..<(part + 1) * chosen / parts {
        if progress.isCancelled { return nil }
        kernel.addProduct(chunk: index * stride, direction)
      }
      return kernel.sums.gradient
    }
    let width = objective.design.width
    let factor = Double(objective.design.chunks) / Double(max(chosen, 1))
    var total = [Double](repeating: 0, count: objective.size)
    for part in partial {
      guard let part else { return nil }
      for place in total.indices { total[place] += part[place] * factor }
    }
    for place in total.indices { total[place] += objective.penalties[place % width] * direction[place] }
    return total
  }
}
