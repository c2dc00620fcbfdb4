import Kernels
import Plan

/// Solves min ‖X b − y‖² + α ‖b‖² with a free intercept, a row's square counted by its weight; among many solutions the one of
/// least norm.
///
/// Chunks of rows are triangularised apart and their triangles combined two by two (tall-skinny QR, Demmel et al. 2012), so no
/// normal equations lose digits and the number of threads does not show. The widest one-hot column is eliminated before: rows are
/// taken from the means of their category (`CategoryMeans`). The triangle is then solved with column pivoting. Several wide one-hot
/// columns leave a system too wide for that: `WideLeastSquares` solves it.
struct LeastSquares {
  let weights: [Double]
  let intercept: Double
  /// The number of independent columns; nil when they were not counted.
  let rank: Int?

  /// O(rows × columns²), where one-hot columns that are eliminated do not count. Throws `trainingFailed`, `tooLarge`, or
  /// `interrupted` when cancelled.
  init(_ design: DesignMatrix, _ values: [Double], alpha: Double, _ progress: Progress) throws(EngineError) {
    let label = DesignColumn("the label", numbers: values)
    let features = try LinearDesign(
      design.columns + [label], rowCount: design.rowCount, weights: design.target?.weights, centresAll: true, progress)
    var solution: [Double]
    if let system = ReducedSystem(features, alpha: alpha) {
      let solved = try system.solve(progress)
      (solution, rank) = (solved.values, solved.rank)
    } else {
      solution = try WideLeastSquares(features, alpha: alpha).solve(progress)
      rank = nil
    }
    // The label stands among the numbers, and is none of them.
    let place = features.numbers - 1
    solution[place] = 0
    let (scaled, constant) = features.unscaled(solution[...])
    let own = features.scaling.columns[place]
    let scale = own.spread == 0 ? 1 : features.scaling.scale(place)
    weights = scaled.dropLast().map { $0 / scale }
    intercept = constant / scale + own.mean / own.unit
    if let place = weights.firstIndex(where: { !$0.isFinite }) {
      let name = design.features[place].name
      throw EngineError(.fitting(.overflow(.weight, .column(name), [.scale(column: name)])))
    }
    guard intercept.isFinite else {
      throw EngineError(.fitting(.overflow(.intercept, .label, [])))
    }
  }
}
