import Kernels
import Plan

/// The penalised log loss of weights over chunked rows: value, gradient, curvature.
///
/// Weights are laid out score by score, as `LinearDesign` says. Chunks are summed in a number of parts that depends on sizes alone
/// and the parts in index order, so that the number of threads does not show.
struct LogisticObjective: Sendable {
  let design: LinearDesign
  /// One score for two classes, else one per class that occurs.
  let scores: Int
  /// Of each weight's square, halved, for the weights of a score.
  let penalties: [Double]
  let classes: ClassRows

  init(_ design: LinearDesign, _ classes: ClassTarget, inversePenalty: Double, isBalanced: Bool) {
    self.design = design
    scores = classes.count == 2 ? 1 : classes.present.count
    self.classes = ClassRows(classes, totalWeight: design.totalWeight, isBalanced: isBalanced)
    penalties = Self.penalties(design, inversePenalty)
  }

  private static func penalties(_ design: LinearDesign, _ inversePenalty: Double) -> [Double] {
    // A constant column has no scale; any penalty holds its weight at zero. Huge ones do the same without overflow.
    let numbers = (0..<design.numbers).map { place in
      let scale = design.scaling.scale(place)
      return design.scaling.columns[place].spread == 0 ? 1 : min(scale * (scale / inversePenalty), 1e150)
    }
    return numbers + [0] + [Double](repeating: min(1 / inversePenalty, 1e150), count: design.width - design.numbers - 1)
  }

  var size: Int { scores * design.width }

  /// What a pass over rows gives; sums over rows, penalty included.
  struct Sums: Sendable {
    var value = 0.0
    /// The least margin of a row: above zero, these weights tell all classes apart.
    var margin = Double.infinity
    var gradient: [Double]
  }

  /// Value and gradient at `weights` over every `stride`-th chunk, scaled up to all rows. `chances` is given each row's, as
  /// `ChunkScores` has them, chunk after chunk. nil when cancelled.
  func sums(at weights: [Double], stride: Int = 1, chances: BlockMemory<Double>? = nil, _ progress: Progress) -> Sums? {
    let passage = ChunkPassage(design, stride: stride, values: size)
    let partial = parallelMap(passage.parts) { part -> Sums? in
      let kernel = LogisticKernel(self, weights)
      for chunk in passage.chunks(ofPart: part) {
        if progress.isCancelled { return nil }
        kernel.add(chunk: chunk)
        if let chances {
          let size = scores * design.chunkRows
          (chances.base + chunk * size).update(from: kernel.chances, count: size)
        }
      }
      return kernel.sums
    }
    var total = Sums(gradient: .init(repeating: 0, count: size))
    for part in partial {
      guard let part else { return nil }
      total.value += part.value * passage.factor
      total.margin = min(total.margin, part.margin)
      for place in 0..<size { total.gradient[place] += part.gradient[place] * passage.factor }
    }
    for place in 0..<size {
      let penalty = penalties[place % design.width]
      total.value += penalty * weights[place] * weights[place] / 2
      total.gradient[place] += penalty * weights[place]
    }
    return total
  }
}
