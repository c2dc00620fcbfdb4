import Kernels

/// The factored curvature of the log loss, as far as `CurvatureLayout` forms it.
struct Curvature: Sendable {
  private let layout: CurvatureLayout
  private let design: LinearDesign
  private let scores: Int
  /// One a score, or one for all.
  private let factors: [Cholesky]
  private let panels: [Double]
  private let panelSize: Int
  /// Of each weight that is not dense, penalty included.
  private let diagonal: [Double]

  static func panelSize(_ objective: LogisticObjective, _ layout: CurvatureLayout) -> Int {
    layout.isWhole ? objective.size * objective.size : layout.panelRows(objective.design) * layout.dense.count
  }

  /// At `weights`, over every `stride`-th chunk. `chances` are those at the weights, where they are known. nil when cancelled.
  init?(
    _ objective: LogisticObjective, _ layout: CurvatureLayout, at weights: [Double], stride: Int, _ progress: Progress,
    chances: BlockMemory<Double>? = nil
  ) {
    let panelSize = Self.panelSize(objective, layout)
    let count = panelSize * (layout.isWhole ? 1 : objective.scores)
    let passage = ChunkPassage(objective.design, stride: stride, values: count + objective.size)
    let partial = parallelMap(passage.parts) { part -> CurvatureKernel.Sums? in
      let kernel = CurvatureKernel(objective, layout, weights, chances)
      for chunk in passage.chunks(ofPart: part) {
        if progress.isCancelled { return nil }
        kernel.add(chunk: chunk)
      }
      return kernel.sums
    }
    if progress.isCancelled { return nil }
    self.layout = layout
    design = objective.design
    scores = objective.scores
    self.panelSize = panelSize
    var panels = Self.total(partial.map { $0?.panels ?? [] }, passage.factor)
    var diagonal = Self.total(partial.map { $0?.diagonal ?? [] }, passage.factor)
    for place in diagonal.indices { diagonal[place] += objective.penalties[place % design.width] }
    self.diagonal = diagonal
    factors =
      layout.isWhole
      ? [Self.whole(&panels, objective, layout)]
      : (0..<scores).map { score in
        let slice = panels[score * panelSize..<(score + 1) * panelSize]
        return Self.arrow(
          Array(slice), diagonal[score * objective.design.width..<(score + 1) * objective.design.width], objective,
          layout, progress)
      }
    if progress.isCancelled { return nil }
    self.panels = layout.eliminated == nil ? [] : panels
  }

  /// Part by part, in runs of places of which each is summed by one thread.
  private static func total(_ parts: [[Double]], _ factor: Double) -> [Double] {
    guard var total = parts.first else { return [] }
    total.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      nonisolated(unsafe) let sum = base
      parallelChunks(of: buffer.count, size: 1 << 15) { _, range in
        for part in parts.dropFirst() {
          part.withUnsafeBufferPointer { values in for place in range { sum[place] += values[place] } }
        }
        if factor != 1 { for place in range { sum[place] *= factor } }
      }
    }
    return total
  }

  private static func whole(_ panel: inout [Double], _ objective: LogisticObjective, _ layout: CurvatureLayout)
    -> Cholesky
  {
    let (scores, width, size) = (objective.scores, objective.design.width, objective.size)
    for first in 0..<scores {
      for second in 0..<first {
        // Blocks off the diagonal are symmetric themselves; only their lower triangles were summed.
        for row in 0..<width {
          for column in 0..<row {
            panel[(first * width + column) * size + second * width + row] =
              panel[(first * width + row) * size + second * width + column]
          }
        }
      }
    }
    let mean = (0..<size).reduce(0) { $0 + panel[$1 * size + $1] / Double(size) }
    for place in 0..<size { panel[place * size + place] += objective.penalties[layout.dense[place % width]] }
    // Adding a constant to every class changes nothing but the penalty, which wants them to sum to zero: hold the sums there, or
    // the curvature is singular.
    for first in 0..<scores {
      for second in 0...first {
        for column in 0..<width { panel[(first * width + column) * size + second * width + column] += mean }
      }
    }
    return Cholesky(panel, size: size)
  }

  /// The dense block of a score without what the eliminated weights account for (its Schur complement).
  private static func arrow(
    _ panel: [Double], _ diagonal: ArraySlice<Double>, _ objective: LogisticObjective, _ layout: CurvatureLayout,
    _ progress: Progress
  ) -> Cholesky {
    let size = layout.dense.count
    var matrix = Array(panel[..<(size * size)])
    for place in 0..<size { matrix[place * size + place] += objective.penalties[layout.dense[place]] }
    if let block = layout.eliminated.map({ objective.design.oneHots[$0] }) {
      let count = min(16, block.count)
      let parts = parallelMap(count) { part -> [Double] in
        var sum = [Double](repeating: 0, count: size * size)
        for code in part * block.count / count..<(part + 1) * block.count / count where !progress.isCancelled {
          let factor = 1 / diagonal[diagonal.startIndex + block.start + code]
          let line = (size + code) * size
          for row in 0..<size {
            let value = panel[line + row] * factor
            if value == 0 { continue }
            for column in 0...row { sum[row * size + column] += value * panel[line + column] }
          }
        }
        return sum
      }
      for part in parts { for place in matrix.indices { matrix[place] -= part[place] } }
    }
    return Cholesky(matrix, size: size)
  }

  /// curvature⁻¹ · gradient.
  func solve(_ gradient: [Double]) -> [Double] {
    if layout.isWhole {
      let width = design.width
      let order = (0..<gradient.count).map { $0 / width * width + layout.dense[$0 % width] }
      let solved = factors[0].solve(order.map { gradient[$0] })
      var solution = gradient
      for (place, target) in order.enumerated() { solution[target] = solved[place] }
      return solution
    }
    return (0..<scores).flatMap { score in solve(score, gradient[score * design.width..<(score + 1) * design.width]) }
  }

  private func solve(_ score: Int, _ gradient: ArraySlice<Double>) -> [Double] {
    let (size, start) = (layout.dense.count, score * design.width)
    var solution = (0..<design.width).map { gradient[start + $0] / max(diagonal[start + $0], .leastNormalMagnitude) }
    var right = layout.dense.map { gradient[start + $0] }
    let block = layout.eliminated.map { design.oneHots[$0] }
    if let block {
      for code in 0..<block.count {
        let line = score * panelSize + (size + code) * size
        for place in 0..<size { right[place] -= panels[line + place] * solution[block.start + code] }
      }
    }
    let dense = factors[score].solve(right)
    for (place, target) in layout.dense.enumerated() { solution[target] = dense[place] }
    if let block {
      for code in 0..<block.count {
        let line = score * panelSize + (size + code) * size
        let sum = (0..<size).reduce(0) { $0 + panels[line + $1] * dense[$1] }
        solution[block.start + code] -= sum / diagonal[start + block.start + code]
      }
    }
    return solution
  }
}
