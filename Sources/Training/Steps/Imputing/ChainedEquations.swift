import Kernels
import Learners
import Plan
import Scoring

/// Equations that fill missing cells, each column's from the others, learned round after round (van Buuren & Groothuis-Oudshoorn
/// 2011, mice).
///
/// The numbers are those of scikit-learn's `IterativeImputer` with its own settings: missing cells start as means, the column with the
/// fewest of them goes first, each equation is a Bayesian ridge regression on the rows that have the cell, and rounds end when no row
/// moves by a thousandth of the largest number there is.
struct ChainedEquations {
  private static let tolerance = 1e-3

  /// In the order in which they are applied, round after round.
  private(set) var steps: [ChainOperator.Step] = []
  private(set) var rounds = 0
  private(set) var isSettled = true

  /// O(rounds × columns × rows × columns²). Throws `interrupted`, `tooLarge`.
  init(_ rows: NumberRows, rounds most: Int, _ progress: Progress) throws(EngineError) {
    guard rows.width > 1, rows.count > 0, most > 0 else { return }
    let size = (rows.width + 1) * rows.count * 8
    try EngineError.checking { () throws(Cancelled) in try progress.require(2 * size) }
    var filled = rows.values
    for place in filled.indices where filled[place].isNaN { filled[place] = rows.means[place % rows.width] }
    let isMissing = rows.values.map(\.isNaN)
    let bound = Self.tolerance * zip(rows.values, isMissing).reduce(0.0) { $1.1 ? $0 : max($0, abs($1.0)) }
    let order = Self.order(isMissing, rows.width)
    isSettled = false
    while rounds < most, !isSettled {
      let before = filled
      for place in order {
        try EngineError.checking { () throws(Cancelled) in
          try progress.checkpoint(Double(rounds) / Double(most), "chained equations")
        }
        let step = try Self.equation(place, rows.width, filled, isMissing, progress)
        for row in 0..<rows.count where isMissing[row * rows.width + place] {
          filled[row * rows.width + place] = step.value(filled, row * rows.width)
        }
        steps.append(step)
      }
      rounds += 1
      isSettled = Self.change(before, filled, rows.width) < bound
    }
  }

  /// Columns with the fewest missing cells first, of equals the earlier ones.
  private static func order(_ isMissing: [Bool], _ width: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: width)
    for place in isMissing.indices where isMissing[place] { counts[place % width] += 1 }
    return (0..<width).sorted { (counts[$0], $0) < (counts[$1], $1) }
  }

  /// The largest sum of changes of a row.
  private static func change(_ before: [Double], _ after: [Double], _ width: Int) -> Double {
    var largest = 0.0
    for start in stride(from: 0, to: before.count, by: width) {
      var sum = 0.0
      for place in start..<start + width { sum += abs(after[place] - before[place]) }
      largest = max(largest, sum)
    }
    return largest
  }

  /// A column by the others, of the rows that have it.
  private static func equation(
    _ place: Int, _ width: Int, _ filled: [Double], _ isMissing: [Bool], _ progress: Progress
  ) throws(EngineError) -> ChainOperator.Step {
    let starts = stride(from: 0, to: filled.count, by: width).filter { !isMissing[$0 + place] }
    var matrix: [Double] = []
    matrix.reserveCapacity(starts.count * width)
    for other in (0..<width).filter({ $0 != place }) + [place] {
      for start in starts { matrix.append(filled[start + other]) }
    }
    let ridge = try BayesianRidge(matrix, rows: starts.count, progress)
    var weights = ridge.weights
    weights.insert(0, at: place)
    return ChainOperator.Step(place: place, weights: weights, intercept: ridge.intercept)
  }
}

extension ChainOperator.Step {
  /// What the cell of a row that starts at `start` becomes, as the operator computes it.
  fileprivate func value(_ cells: [Double], _ start: Int) -> Double {
    var sum = intercept
    for other in weights.indices where other != place { sum += weights[other] * cells[start + other] }
    return sum
  }
}
