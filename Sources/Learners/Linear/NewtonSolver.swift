import Glibc
import Kernels
import Plan

/// Newton's method with step halving. Few weights: the curvature is formed and factored; many: truncated conjugate gradients
/// (Nocedal & Wright 2006, algorithm 7.1).
struct NewtonSolver {
  /// Most steps.
  let steps: Int
  /// The slope of the mean loss, of any weight, at which to stop.
  let slope: Double

  struct Solution {
    var values: [Double]
    var steps: Int
    var hasConverged: Bool
  }

  /// Forming the curvature of more weights than this costs more than products with it.
  private static let mostDense = 400
  /// From this many chunks on, a sixteenth of them is solved first.
  private static let warmChunks = 256

  func solve(_ objective: LogisticObjective, _ progress: Progress) throws(EngineError) -> Solution {
    var start = [Double](repeating: 0, count: objective.size)
    if objective.design.chunks >= Self.warmChunks {
      let warm = try NewtonSolver(steps: 10, slope: 1e-4).solve(objective, from: start, stride: 16, progress)
      let gain = try value(objective, warm.values, progress) < value(objective, start, progress)
      if gain { start = warm.values }
    }
    var solution = try solve(objective, from: start, stride: 1, progress)
    Self.balance(&solution.values, objective)
    return solution
  }

  private func value(_ objective: LogisticObjective, _ weights: [Double], _ progress: Progress) throws(EngineError)
    -> Double
  {
    guard let sums = objective.sums(at: weights, dense: false, progress) else { throw .cancelled }
    return sums.value
  }

  private func solve(_ objective: LogisticObjective, from start: [Double], stride: Int, _ progress: Progress)
    throws(EngineError) -> Solution
  {
    let dense = objective.size <= Self.mostDense
    let rows = Double(objective.design.rowCount)
    var weights = start
    guard var sums = objective.sums(at: weights, dense: dense, stride: stride, progress) else { throw .cancelled }
    for step in 0..<steps {
      try EngineError.checking { () throws(Cancelled) in try progress.checkpoint(Double(step) / 20, "logistic") }
      let steepest = sums.gradient.reduce(0) { max($0, abs($1)) }
      if steepest <= slope * rows { return Solution(values: weights, steps: step, hasConverged: true) }
      let direction =
        dense
        ? denseDirection(sums, objective)
        : try ConjugateGradients.direction(objective, at: weights, sums.gradient, stride: stride, progress)
      let fall = zip(sums.gradient, direction).reduce(0) { $0 + $1.0 * $1.1 }
      var length = 1.0
      var found: LogisticObjective.Sums?
      while found == nil, length > 1e-9 {
        let candidate = zip(weights, direction).map { $0 + length * $1 }
        guard let next = objective.sums(at: candidate, dense: dense, stride: stride, progress) else {
          throw .cancelled
        }
        if next.value <= sums.value + 1e-4 * length * fall, next.value < sums.value {
          found = next
          weights = candidate
        } else if abs(fall) * length <= abs(sums.value) * 1e-13 {
          // What is left to gain is below rounding: this is the minimum.
          return Solution(values: weights, steps: step, hasConverged: true)
        }
        length /= 2
      }
      guard let found else { return Solution(values: weights, steps: step, hasConverged: false) }
      sums = found
    }
    return Solution(values: weights, steps: steps, hasConverged: false)
  }

  /// − curvature⁻¹ · gradient.
  private func denseDirection(_ sums: LogisticObjective.Sums, _ objective: LogisticObjective) -> [Double] {
    var matrix = sums.curvature
    let (size, width, scores) = (objective.size, objective.design.width, objective.scores)
    let mean = (0..<size).reduce(0) { $0 + matrix[$1 * size + $1] / Double(size) }
    if scores > 1 {
      // Adding a constant to every class changes nothing but the penalty, which wants them to sum to zero: hold the sums there,
      // or the curvature is singular.
      for first in 0..<scores {
        for second in 0...first {
          for column in 0..<width { matrix[(first * width + column) * size + second * width + column] += mean }
        }
      }
    }
    return Cholesky.solve(&matrix, sums.gradient, size: size).map { -$0 }
  }

  /// Softmax intercepts are free up to a constant: the one with which they sum to zero.
  private static func balance(_ values: inout [Double], _ objective: LogisticObjective) {
    guard objective.scores > 1 else { return }
    let places = (1...objective.scores).map { $0 * objective.design.width - 1 }
    let mean = places.reduce(0) { $0 + values[$1] } / Double(objective.scores)
    for place in places { values[place] -= mean }
  }
}
