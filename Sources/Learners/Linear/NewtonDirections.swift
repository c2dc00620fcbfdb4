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

  private static let mostProducts = 250

  init(_ objective: LogisticObjective) {
    self.objective = objective
    layout = CurvatureLayout(objective)
  }

  /// Begins a descent over every `stride`-th chunk.
  func begin(_ stride: Int) {
    self.stride = stride
    sample = max(stride, enoughSample)
    pairs.removeAll()
    wasFresh = false
    if let curvature, curvature.stride > sample { self.curvature = nil }
  }

  /// The largest sample that leaves the curvature's error at a few hundredths.
  private var enoughSample: Int {
    guard objective.design.oneHots.isEmpty, layout.isExact else { return 1 }
    let enough = max(32_768, 2000 * objective.size)
    return [16, 8, 4, 2].first { objective.design.rowCount / $0 >= enough } ?? 1
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
    guard
      let about = Curvature(objective, layout, at: weights, stride: stride, progress, keep: product.keep)
    else { throw .cancelled }
    // Loosely while far from the minimum, where Newton's step is not the last either.
    let slope = gradient.largest / Double(objective.design.rowCount)
    let found = try ConjugateGradients.solve(
      gradient, goal: max(1e-3, min(0.1, slope.squareRoot())), most: Self.mostProducts, precondition: about.solve
    ) { product.times($0, stride: self.stride, progress) }
    if Glibc.getenv("LINDEBUG") != nil { print("cg slope", slope, "products", product.count) }
    return (found.solution.map { -$0 }, found.isSolved)
  }
}
