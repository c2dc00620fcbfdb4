import Kernels
import Plan

/// Minimises the penalised log loss by Newton's method with step halving (Nocedal & Wright 2006, chapters 3 and 7).
///
/// Passes over all rows are few: a start is found on samples of the chunks; the curvature is formed on a sample, is kept while it
/// serves, and is corrected by the changes of the exact gradient (`SecantPairs`). Where `CurvatureLayout` does not form all of the
/// curvature, directions come from preconditioned conjugate gradients.
struct NewtonSolver {
  /// Most steps.
  let steps: Int
  /// The slope of the mean loss, of any weight, at which to stop.
  let slope: Double

  struct Solution {
    var values: [Double]
    var steps: Int
    var hasConverged: Bool
    /// Above zero, these weights tell the classes of all rows apart.
    var margin: Double
  }

  func solve(_ objective: LogisticObjective, _ progress: Progress) throws(EngineError) -> Solution {
    var weights = [Double](repeating: 0, count: objective.size)
    let directions = try NewtonDirections(objective)
    for stride in Self.samples(objective) {
      var descent = Descent(objective, directions, stride: stride)
      weights = try descent.run(from: weights, steps: min(steps, 15), slope: nil, progress).values
    }
    var descent = Descent(objective, directions, stride: 1)
    var solution = try descent.run(from: weights, steps: steps, slope: slope, progress)
    Self.balance(&solution.values, objective)
    return solution
  }

  /// Every how many chunks to take on the way to all of them. Rare categories are in no sample, so one-hot columns have none, nor
  /// have rows of which few may weigh the most.
  private static func samples(_ objective: LogisticObjective) -> [Int] {
    guard objective.design.oneHots.isEmpty, objective.design.weights == nil else { return [] }
    return [64, 8].filter { objective.design.rowCount / $0 >= max(8192, 20 * objective.size) }
  }

  /// Softmax intercepts are free up to a constant: the one with which they sum to zero.
  private static func balance(_ values: inout [Double], _ objective: LogisticObjective) {
    guard objective.scores > 1 else { return }
    let places = (0..<objective.scores).map { $0 * objective.design.width + objective.design.numbers }
    let mean = places.reduce(0) { $0 + values[$1] } / Double(objective.scores)
    for place in places { values[place] -= mean }
  }
}

/// A descent over every `stride`-th chunk.
struct Descent {
  private let objective: LogisticObjective
  private let directions: NewtonDirections
  private let stride: Int
  private var weights: [Double] = []
  private var sums = LogisticObjective.Sums(gradient: [])

  init(_ objective: LogisticObjective, _ directions: NewtonDirections, stride: Int) {
    self.objective = objective
    self.directions = directions
    self.stride = stride
  }

  /// Without `slope`, ends when what is left is small beside what a sample leaves open.
  mutating func run(from start: [Double], steps: Int, slope: Double?, _ progress: Progress) throws(EngineError)
    -> NewtonSolver.Solution
  {
    weights = start
    let first = objective.sums(at: weights, stride: stride, chances: directions.chances, progress)
    guard let first else { throw .cancelled }
    sums = first
    directions.begin(stride, tolerance: slope)
    var last = Double.infinity
    for step in 0..<steps {
      try EngineError.checking { () throws(Cancelled) in try progress.checkpoint(Double(step) / 20, "logistic") }
      let found = try directions.direction(sums.gradient, at: weights, last: last, progress)
      let fall = -found.dot(sums.gradient)
      guard fall > 0, fall.isFinite else { return solution(step, converged: sums.gradient.largest == 0) }
      if let slope {
        if isAtEnd(found, fall, last, slope) {
          weights.add(1, found)
          return solution(step, converged: true)
        }
      } else if fall <= 0.02 * Double(objective.size * stride) {
        // As near as a tenth of the distance at which the minimum of the sample is from that of all rows.
        weights.add(1, found)
        return solution(step, converged: true)
      }
      guard try search(found, fall, progress) else {
        return solution(step, converged: fall <= abs(sums.value) * 1e-11)
      }
      last = fall
    }
    return solution(steps, converged: false)
  }

  private func solution(_ steps: Int, converged: Bool) -> NewtonSolver.Solution {
    NewtonSolver.Solution(values: weights, steps: steps, hasConverged: converged, margin: sums.margin)
  }

  /// Whether what the step leaves, by the measure of the last ones, is below the tolerance.
  private func isAtEnd(_ step: [Double], _ fall: Double, _ last: Double, _ slope: Double) -> Bool {
    let left = last.isFinite ? directions.remainder(after: min(1, (fall / last).squareRoot())) : 1
    let slopes = sums.gradient.largest / objective.design.totalWeight
    return slopes * left <= slope && step.largest * left <= directions.stepWorth * slope * max(1, weights.largest)
  }

  /// Goes along the step, halving it until the loss falls as it should; false where it does not fall any more.
  private mutating func search(_ step: [Double], _ fall: Double, _ progress: Progress) throws(EngineError) -> Bool {
    var length = 1.0
    while length > 1e-9 {
      var candidate = weights
      candidate.add(length, step)
      let next = objective.sums(at: candidate, stride: stride, chances: directions.chances, progress)
      guard let next else { throw .cancelled }
      // Where the loss changes by rounding only, the slopes still tell whether the minimum is nearer.
      let isFlat =
        abs(next.value - sums.value) <= abs(sums.value) * 1e-12
        && abs(next.gradient.dot(step)) <= 0.9 * fall
      if next.value <= sums.value - 1e-4 * length * fall || isFlat {
        var change = next.gradient
        change.add(-1, sums.gradient)
        directions.add(step: step.map { $0 * length }, change: change)
        weights = candidate
        sums = next
        return true
      }
      if fall * length <= abs(sums.value) * 1e-14 { return false }
      length /= 2
    }
    return false
  }
}
