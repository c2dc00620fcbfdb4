/// The curvature of the log loss over chunks of rows, as one thread sums it.
final class CurvatureKernel {
  /// Sums over rows. A panel holds, row by row, the lower triangle over the dense places and below it the rows of the eliminated
  /// one-hot column: one panel a score, or one for all.
  struct Sums: Sendable {
    var panels: [Double]
    /// For each weight that is not dense the sum of its squared features, about.
    var diagonal: [Double]
  }

  private let objective: LogisticObjective
  private let layout: CurvatureLayout
  private let rows: ChunkScores
  /// Of all chunks, where they are known.
  private let known: BlockMemory<Double>?
  private let panelSize: Int
  private let panelCount: Int
  private let panels: UnsafeMutablePointer<Double>
  private let diagonal: UnsafeMutablePointer<Double>
  private let bends: UnsafeMutablePointer<Double>
  private let product: UnsafeMutablePointer<Double>
  private let classes: ClassRows.Chunk

  init(
    _ objective: LogisticObjective, _ layout: CurvatureLayout, _ weights: [Double], _ chances: BlockMemory<Double>?
  ) {
    known = chances
    self.objective = objective
    self.layout = layout
    rows = ChunkScores(objective, weights)
    panelSize = Curvature.panelSize(objective, layout)
    classes = ClassRows.Chunk(objective.design.chunkRows)
    bends = .lanes(objective.design.chunkRows)
    product = .lanes(objective.design.chunkRows)
    panelCount = panelSize * (layout.isWhole ? 1 : objective.scores)
    panels = .lanes(panelCount)
    diagonal = .lanes(objective.size)
  }

  var sums: Sums {
    Sums(
      panels: Array(UnsafeBufferPointer(start: panels, count: panelCount)),
      diagonal: Array(UnsafeBufferPointer(start: diagonal, count: objective.size)))
  }

  deinit {
    panels.deallocate()
    diagonal.deallocate()
    bends.deallocate()
    product.deallocate()
  }

  func add(chunk: Int) {
    let chances = chances(chunk)
    if objective.scores > 1 { objective.classes.read(objective.design.rows(ofChunk: chunk), into: classes) }
    let size = layout.dense.count
    for first in 0..<objective.scores {
      for second in layout.isWhole ? 0...first : first...first {
        let h = bend(chances, first, second)
        let start = layout.isWhole ? (first * objective.scores * size + second) * size : first * panelSize
        add(
          h, chunk, into: panels + start, stride: layout.isWhole ? objective.scores * size : size,
          diagonal: diagonal + first * objective.design.width)
      }
    }
  }

  private func chances(_ chunk: Int) -> UnsafePointer<Double> {
    if let known { return UnsafePointer(known.base + chunk * objective.scores * objective.design.chunkRows) }
    _ = rows.link(chunk)
    return UnsafePointer(rows.chances)
  }

  /// The second derivative of each row's loss by two of its scores.
  private func bend(_ chances: UnsafePointer<Double>, _ first: Int, _ second: Int) -> UnsafePointer<Double> {
    let count = objective.design.chunkRows
    guard objective.scores > 1 else { return chances }
    let weights = classes.weights
    let (a, b) = (chances + first * count, chances + second * count)
    let own = first == second ? 1.0 : 0
    for row in 0..<count { bends[row] = weights[row] * a[row] * (own - b[row]) }
    return UnsafePointer(bends)
  }

  private func add(
    _ h: UnsafePointer<Double>, _ chunk: Int, into panel: UnsafeMutablePointer<Double>, stride: Int,
    diagonal: UnsafeMutablePointer<Double>
  ) {
    let design = objective.design
    let count = design.chunkRows
    let dense = rows.numbers(chunk) + layout.firstColumn * count
    let columns = design.numbers + 1 - layout.firstColumn
    for column in 0..<columns {
      multiply(dense + column * count, h)
      Double.project(product, dense, columns: column + 1, rows: count, into: panel + column * stride)
    }
    if layout.firstColumn > 0 {
      // About their diagonal, as the mean of a row's curvature times that of the squares: it only preconditions.
      let sum = UnsafeBufferPointer(start: h, count: count).reduce(0, +)
      for column in 0..<layout.firstColumn { diagonal[column] += sum * design.scaling.columns[column].meanSquare }
    }
    let range = design.rows(ofChunk: chunk)
    for block in design.oneHots.indices where !layout.denseBlocks.contains(where: { $0.index == block }) {
      design.oneHots[block].scatter(h, range, into: diagonal + design.oneHots[block].start)
    }
    for (place, block) in layout.denseBlocks.enumerated() {
      let own = design.oneHots[block.index]
      couple(h, own, row: block.row, dense, columns, layout.denseBlocks.prefix(place), range, panel, stride)
      own.codes.withUnsafeBufferPointer { codes in
        for row in 0..<range.count {
          let code = Int(codes[range.lowerBound + row])
          if code >= 0 { panel[(block.row + code) * stride + block.row + code] += h[row] }
        }
      }
    }
    if let eliminated = layout.eliminated {
      let block = design.oneHots[eliminated]
      couple(h, block, row: layout.dense.count, dense, columns, layout.denseBlocks[...], range, panel, stride)
    }
  }

  private func multiply(_ column: UnsafePointer<Double>, _ h: UnsafePointer<Double>) {
    let (values, factors, target) = (Double.lanes(column), Double.lanes(h), Double.lanes(product))
    for lane in 0..<objective.design.chunkRows / 4 { target[lane] = values[lane] * factors[lane] }
  }

  /// Adds the rows of a one-hot column's places: with each dense number, and with the places of dense one-hot columns.
  private func couple(
    _ h: UnsafePointer<Double>, _ block: LinearDesign.OneHot, row first: Int, _ dense: UnsafePointer<Double>,
    _ columns: Int, _ others: ArraySlice<(index: Int, row: Int)>, _ range: Range<Int>,
    _ panel: UnsafeMutablePointer<Double>, _ stride: Int
  ) {
    let count = objective.design.chunkRows
    block.codes.withUnsafeBufferPointer { codes in
      for column in 0..<columns {
        let (values, target) = (dense + column * count, panel + first * stride + column)
        for row in 0..<range.count {
          let code = Int(codes[range.lowerBound &+ row])
          if code >= 0 { target[code &* stride] += h[row] * values[row] }
        }
      }
      for other in others {
        objective.design.oneHots[other.index].codes.withUnsafeBufferPointer { others in
          for row in 0..<range.count {
            let (code, second) = (Int(codes[range.lowerBound &+ row]), Int(others[range.lowerBound &+ row]))
            if code >= 0, second >= 0 { panel[(first &+ code) &* stride &+ other.row &+ second] += h[row] }
          }
        }
      }
    }
  }
}
