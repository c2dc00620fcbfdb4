import Kernels
import Plan

/// Least squares for several wide one-hot columns: conjugate gradients on the normal equations, which are not formed, preconditioned
/// by their diagonal, and repeated on what is left until nothing is (Golub & Van Loan, Matrix Computations, 11.5).
///
/// Without a penalty the weights of a one-hot column that has a category for every row are free up to a constant: they sum to zero.
struct WideLeastSquares: Sendable {
  private let design: LinearDesign
  private let alpha: Double
  /// Of each weight's square.
  private let penalties: [Double]
  /// What the rows at each place of the one-hot columns count together, by place of the weight.
  private let counts: [Double]
  private let diagonal: [Double]
  /// The label is the last number; the intercept follows from the means.
  private var label: Int { design.numbers - 1 }

  private static let mostProducts = 5000
  private static let mostRounds = 4

  init(_ design: LinearDesign, alpha: Double) {
    self.design = design
    self.alpha = alpha
    var penalties = [Double](repeating: alpha, count: design.width)
    for place in 0..<design.numbers - 1 {
      let scale = design.scaling.scale(place)
      penalties[place] = min(alpha * scale * scale, 1e150)
    }
    self.penalties = penalties
    var counts = [Double](repeating: 0, count: design.width)
    for block in design.oneHots {
      for (row, code) in block.codes.enumerated() where code >= 0 {
        counts[block.start + Int(code)] += design.weights?[row] ?? 1
      }
    }
    self.counts = counts
    let rows = design.totalWeight
    diagonal = (0..<design.width).map { place in
      let squares =
        place <= design.numbers
        ? (place < design.numbers - 1 ? rows * design.scaling.columns[place].meanSquare : 0)
        : counts[place] * (1 - counts[place] / rows)
      let sum = squares + penalties[place]
      // Without rows or spread a place has nothing to say: its weight stays at zero.
      return sum > 0 ? sum : 1
    }
  }

  /// Values of all weights, the intercept in the place of the ones. Throws `interrupted` when cancelled, `notConverged`.
  func solve(_ progress: Progress) throws(EngineError) -> [Double] {
    var values = [Double](repeating: 0, count: design.width)
    guard let start = products(values, label: 1, progress) else { throw .cancelled }
    var residual = start
    let size = length(start)
    for _ in 0..<Self.mostRounds where length(residual) > size * 1e-14 {
      // Nearer than this in one go, rounding in directions without curvature would grow.
      let step = try ConjugateGradients.solve(
        residual, goal: 1e-8, most: Self.mostProducts, precondition: precondition
      ) { products($0, label: 0, progress) }
      var candidate = values
      candidate.add(1, step.solution)
      var left = start
      guard let fitted = products(candidate, label: 0, progress) else { throw .cancelled }
      left.add(-1, fitted)
      if length(left) >= length(residual) { break }
      (values, residual) = (candidate, left)
    }
    guard length(residual) <= size * 1e-8 else {
      throw EngineError(
        .fitting(
          .dependent(
            learner: LinearRegression.name, .categoryWeights, [.raise("alpha", above: "0"), .fewerCategories])))
    }
    if alpha == 0 { centre(&values) }
    let rows = design.totalWeight
    for block in design.oneHots {
      for place in block.start..<block.start + block.count {
        values[design.numbers] -= values[place] * counts[place] / rows
      }
    }
    return values
  }

  private func precondition(_ residual: [Double]) -> [Double] { zip(residual, diagonal).map { $0 / $1 } }

  private func length(_ residual: [Double]) -> Double { residual.dot(precondition(residual)).squareRoot() }

  private func centre(_ values: inout [Double]) {
    for block in design.oneHots where block.codes.allSatisfy({ $0 >= 0 }) {
      let places = (block.start..<block.start + block.count).filter { counts[$0] > 0 }
      let mean = places.reduce(0) { $0 + values[$1] } / Double(max(places.count, 1))
      for place in places { values[place] -= mean }
    }
  }

  /// Xᵀ (X · direction + factor · label) of the centred columns, and the penalties; nil when cancelled.
  private func products(_ direction: [Double], label factor: Double, _ progress: Progress) -> [Double]? {
    var direction = direction
    (direction[label], direction[design.numbers]) = (factor, 0)
    let rows = design.totalWeight
    for place in design.numbers + 1..<design.width {
      direction[design.numbers] -= direction[place] * counts[place] / rows
    }
    let settled = direction
    let passage = ChunkPassage(design, stride: 1, values: design.width)
    let parts = parallelMap(passage.parts) { part -> [Double] in
      var sums = [Double](repeating: 0, count: design.width)
      let memory = UnsafeMutablePointer<Double>.lanes(design.chunkRows)
      defer { memory.deallocate() }
      let reader = ChunkReader(design)
      for chunk in passage.chunks(ofPart: part) where !progress.isCancelled {
        memory.update(repeating: 0, count: design.chunkRows)
        settled.withUnsafeBufferPointer { weights in
          if let base = weights.baseAddress { design.combine(base, reader.chunk(chunk), chunk, into: memory) }
        }
        let rows = design.rows(ofChunk: chunk)
        for row in rows.count..<max(rows.count, design.chunkRows) { memory[row] = 0 }
        if let weights = design.weights { for row in 0..<rows.count { memory[row] *= weights[rows.lowerBound + row] } }
        sums.withUnsafeMutableBufferPointer { sums in
          if let base = sums.baseAddress { design.project(memory, reader.chunk(chunk), chunk, into: base) }
        }
      }
      return sums
    }
    if progress.isCancelled { return nil }
    var total = [Double](repeating: 0, count: design.width)
    for part in parts { total.add(1, part) }
    (total[label], total[design.numbers]) = (0, 0)
    for place in total.indices where place != label && place != design.numbers {
      if factor == 0 { total[place] += penalties[place] * direction[place] }
    }
    return total
  }
}
