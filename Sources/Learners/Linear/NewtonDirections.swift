import Glibc
import Kernels
import Plan

/// Directions of descent: −curvature⁻¹ · gradient.
///
/// Where all of the curvature can be formed, it is kept while it serves: a step after which more than a quarter of the distance is
/// left asks for a new one. Else it only preconditions conjugate gradients, whose products are taken at each step's own weights.
final class NewtonDirections {
  private let objective: LogisticObjective
  private let layout: CurvatureLayout
  /// The chunks of the descent, and those over which the curvature is summed: every how many.
  private var stride = 1
  private var sample = 1
  private var curvature: (factored: Curvature, stride: Int)?
  /// Whether the last direction came from a curvature at its own weights.
  private var wasFresh = false
  private var pairs = SecantPairs()
  private var floats: CurvatureProduct<Float>?
  private var doubles: CurvatureProduct<Double>?
  private var isSingle = true
  private var lastSlope = 0.0
  private var lastStep = 0.0
  private var forcing = 0.3
  /// How many products the last direction took.
  private var products = 0
  private var tolerance: Double?
  /// Of each row at the weights of the last pass over all rows, for products of the curvature; nil where it is formed.
  let chances: BlockMemory<Double>?

  private static let mostProducts = 250
  /// With so few products, what they leave of the residual is about what is left of the distance.
  private static let fewProducts = 60

  /// Throws `tooLarge` when there is not the memory.
  init(_ objective: LogisticObjective) throws(EngineError) {
    self.objective = objective
    layout = CurvatureLayout(objective)
    let count = objective.design.chunks * objective.design.chunkRows * objective.scores
    chances = layout.isExact ? nil : BlockMemory(count)
    guard layout.isExact || chances != nil else {
      throw EngineError(.fitting(.memory(rows: count, numbers: 1)))
    }
  }

  /// Begins a descent over every `stride`-th chunk, which ends when the mean loss has no larger slope than `tolerance`.
  func begin(_ stride: Int, tolerance: Double?) {
    self.stride = stride
    self.tolerance = tolerance
    sample = max(stride, enoughSample)
    pairs.removeAll()
    wasFresh = false
    (lastSlope, lastStep) = (0, 0)
    if let curvature, curvature.stride > sample { self.curvature = nil }
  }

  /// The largest sample that leaves the curvature's error at a few hundredths.
  private var enoughSample: Int {
    guard objective.design.oneHots.isEmpty, objective.design.weights == nil, layout.isExact else { return 1 }
    let enough = max(32_768, 2000 * objective.size)
    return [16, 8, 4, 2].first { objective.design.rowCount / $0 >= enough } ?? 1
  }

  /// How many slopes a step in units of the largest weight is worth: with the default tolerance weights are right to seven digits, or,
  /// where each digit takes ten passes over the rows, to more than six.
  var stepWorth: Double { layout.isExact ? 10 : 50 }

  /// What of the distance to the minimum a step leaves at most, when the one before it left `last`; one lucky step is no promise,
  /// nor are residuals where the curvature's directions differ widely.
  func remainder(after last: Double) -> Double {
    layout.isExact ? max(last, 0.1) : max(forcing, last * last, products <= Self.fewProducts ? 0 : 0.01)
  }

  /// Takes a step that was made and how the gradient changed over it.
  func add(step: [Double], change: [Double]) { if layout.isExact { pairs.add(step: step, change: change) } }

  /// `last` is what the step before promised to gain. Throws `interrupted` when cancelled.
  func direction(_ gradient: [Double], at weights: [Double], last: Double, _ progress: Progress) throws(EngineError)
    -> [Double]
  {
    guard layout.isExact else { return try conjugate(gradient, at: weights, progress) }
    if let curvature {
      let found = pairs.solve(gradient, curvature.factored.solve)
      let gain = found.dot(gradient)
      if gain > 0, gain <= last / 16 {
        wasFresh = false
        return found.map { -$0 }
      }
      if wasFresh, curvature.stride > stride { sample = max(stride, sample / 4) }
    }
    guard let fresh = Curvature(objective, layout, at: weights, stride: sample, progress) else { throw .cancelled }
    curvature = (fresh, sample)
    pairs.removeAll()
    wasFresh = true
    return fresh.solve(gradient).map { -$0 }
  }

  private func conjugate(_ gradient: [Double], at weights: [Double], _ progress: Progress) throws(EngineError)
    -> [Double]
  {
    forcing = forcing(slope: gradient.largest, weights)
    if isSingle {
      let product = try made(&floats, progress)
      let found = try conjugate(gradient, at: weights, product, progress)
      if found.isSolved { return found.direction }
      // Too many steps for products of single precision: the columns hang together closely.
      (isSingle, floats) = (false, nil)
    }
    return try conjugate(gradient, at: weights, try made(&doubles, progress), progress).direction
  }

  private func made<Scalar>(_ kept: inout CurvatureProduct<Scalar>?, _ progress: Progress) throws(EngineError)
    -> CurvatureProduct<Scalar>
  {
    if let kept { return kept }
    let product = try CurvatureProduct<Scalar>(objective, progress)
    kept = product
    return product
  }

  private func conjugate<Scalar>(
    _ gradient: [Double], at weights: [Double], _ product: CurvatureProduct<Scalar>, _ progress: Progress
  ) throws(EngineError) -> (direction: [Double], isSolved: Bool) {
    guard let about = Curvature(objective, layout, at: weights, stride: stride, progress, chances: chances) else {
      throw .cancelled
    }
    if let chances { product.take(chances) }
    let found = try ConjugateGradients.solve(
      gradient, goal: forcing, most: Self.mostProducts, precondition: about.solve
    ) { product.times($0, stride: self.stride, progress) }
    products = found.products
    lastStep = found.solution.largest
    return (found.solution.map { -$0 }, found.isSolved)
  }

  /// What may be left of the residual. No less than the next step needs: where the last one left much, this one's quadratic model
  /// is off by as much (Eisenstat & Walker 1996, choice 2). But as little as ends the descent, where that is near.
  private func forcing(slope: Double, _ weights: [Double]) -> Double {
    let falling = lastSlope > 0 ? min(1, slope / lastSlope) : 1
    lastSlope = slope
    let usual = max(1e-3, min(0.3, pow(falling, 1.618)))
    guard let tolerance, lastStep > 0 else { return usual }
    let enough = stepWorth / 2 * tolerance * max(1, weights.largest) / (lastStep * falling)
    return enough >= 3e-4 ? min(usual, enough) : usual
  }
}
