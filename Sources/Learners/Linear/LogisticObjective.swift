import Glibc
import Kernels

/// The penalised log loss of weights over chunked rows: value, gradient, curvature.
///
/// Weights are laid out score by score, the intercept last. Chunks are summed in a fixed number of parts and the parts in index
/// order, so that the number of threads does not show.
struct LogisticObjective: Sendable {
  let design: ChunkedDesign
  /// One score for two classes, else one per class that occurs.
  let scores: Int
  /// Of each weight's square, halved.
  let penalties: [Double]
  /// Place of each row's class, filled up to whole chunks.
  let codes: [Int32]
  /// Weight of each row, 0 for those that fill up.
  let rowWeights: [Double]

  static let parts = 16

  init(_ design: ChunkedDesign, _ classes: ClassTarget, inversePenalty: Double, isBalanced: Bool, scales: [Double]) {
    self.design = design
    let present = classes.present
    scores = classes.count == 2 ? 1 : present.count
    var place = [Int32](repeating: 0, count: classes.count)
    for (index, code) in present.enumerated() { place[code] = Int32(index) }
    let filled = design.chunks * ChunkedDesign.chunkRows
    let share = Double(classes.codes.count) / Double(present.count)
    var codes = classes.codes.map { place[Int($0)] }
    var weights = classes.codes.map { isBalanced ? share / Double(classes.counts[Int($0)]) : 1 }
    codes += [Int32](repeating: 0, count: filled - codes.count)
    weights += [Double](repeating: 0, count: filled - weights.count)
    self.codes = codes
    rowWeights = weights
    // A constant column has no scale; any penalty holds its weight at zero. Huge ones do the same without overflow.
    penalties = scales.map { $0 == 0 ? 1 : min($0 * ($0 / inversePenalty), 1e150) } + [0]
  }

  var size: Int { scores * design.width }

  /// What a pass over rows gives; sums over rows, penalty included.
  struct Sums: Sendable {
    var value = 0.0
    var gradient: [Double]
    /// Row by row; only its lower triangle is set. Empty when not asked for.
    var curvature: [Double]
  }

  /// Value, gradient and, if asked for, the dense curvature at `weights`, over every `stride`-th chunk. Sums are scaled up to all
  /// rows. nil when cancelled.
  func sums(at weights: [Double], dense: Bool, stride: Int = 1, _ progress: Progress) -> Sums? {
    let chosen = (design.chunks + stride - 1) / stride
    let parts = min(Self.parts, chosen)
    let partial = parallelMap(parts) { part -> Sums? in
      var kernel = LogisticKernel(self, weights, dense: dense)
      for index in part * chosen / parts..<(part + 1) * chosen / parts {
        if progress.isCancelled { return nil }
        kernel.add(chunk: index * stride)
      }
      return kernel.sums
    }
    var total = Sums(
      gradient: .init(repeating: 0, count: size), curvature: dense ? .init(repeating: 0, count: size * size) : [])
    for part in partial {
      guard let part else { return nil }
      total.value += part.value
      for place in 0..<size { total.gradient[place] += part.gradient[place] }
      for place in total.curvature.indices { total.curvature[place] += part.curvature[place] }
    }
    let factor = Double(design.chunks) / Double(max(chosen, 1))
    if factor != 1 { total.scale(by: factor) }
    penalise(&total, weights)
    return total
  }

  private func penalise(_ sums: inout Sums, _ weights: [Double]) {
    for place in 0..<size {
      let penalty = penalties[place % design.width]
      sums.value += penalty * weights[place] * weights[place] / 2
      sums.gradient[place] += penalty * weights[place]
      if !sums.curvature.isEmpty { sums.curvature[place * size + place] += penalty }
    }
  }
}

extension LogisticObjective.Sums {
  fileprivate mutating func scale(by factor: Double) {
    value *= factor
    for place in gradient.indices { gradient[place] *= factor }
    for place in curvature.indices { curvature[place] *= factor }
  }
}
