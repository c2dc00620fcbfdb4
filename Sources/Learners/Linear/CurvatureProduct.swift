import Kernels
import Plan

/// Products of the curvature at some weights with directions, without forming it. Numbers are held as `Scalar`: as floats a pass
/// over them takes half the time.
final class CurvatureProduct<Scalar: BlockScalar & BitwiseCopyable>: @unchecked Sendable {
  private let objective: LogisticObjective
  /// The design's chunks.
  private let blocks: BlockMemory<Scalar>
  /// As `ChunkScores` has them, chunk after chunk.
  private let chances: BlockMemory<Scalar>

  /// O(rows × columns) in time and memory. Throws `tooLarge` when there is not the memory, `interrupted` when cancelled.
  init(_ objective: LogisticObjective, _ progress: Progress) throws(EngineError) {
    let design = objective.design
    let size = (design.numbers + 1) * design.chunkRows
    guard let blocks = BlockMemory<Scalar>(design.chunks * size),
      let chances = BlockMemory<Scalar>(design.chunks * design.chunkRows * objective.scores)
    else {
      throw EngineError(.fitting(.memory(rows: design.rowCount, numbers: design.numbers + 1)))
    }
    self.objective = objective
    self.blocks = blocks
    self.chances = chances
    let passage = ChunkPassage(design, stride: 1, values: 0)
    parallelFor(passage.parts) { part in
      let reader = ChunkReader(design)
      for chunk in passage.chunks(ofPart: part) where !progress.isCancelled {
        let (source, target) = (reader.chunk(chunk), blocks.base + chunk * size)
        for place in 0..<size { target[place] = Scalar(source[place]) }
      }
    }
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
  }

  /// Takes the chances of all rows at the weights of the products to come.
  func take(_ values: BlockMemory<Double>) {
    let size = objective.scores * objective.design.chunkRows
    parallelFor(objective.design.chunks) { chunk in
      let (source, target) = (values.base + chunk * size, self.chances.base + chunk * size)
      for place in 0..<size { target[place] = Scalar(source[place]) }
    }
  }

  /// The curvature over every `stride`-th chunk, scaled up to all rows, times `direction`; nil when cancelled.
  func times(_ direction: [Double], stride: Int, _ progress: Progress) -> [Double]? {
    let passage = ChunkPassage(objective.design, stride: stride, values: objective.size)
    let narrow = direction.map { Scalar($0) }
    let partial = parallelMap(passage.parts) { part -> [Double]? in
      var sums = [Double](repeating: 0, count: self.objective.size)
      let size = self.objective.scores * self.objective.design.chunkRows
      let memory = UnsafeMutableRawPointer.allocate(byteCount: size * MemoryLayout<Scalar>.stride, alignment: 64)
      defer { memory.deallocate() }
      let rows = memory.bindMemory(to: Scalar.self, capacity: size)
      let classes = ClassRows.Chunk(self.objective.design.chunkRows)
      for chunk in passage.chunks(ofPart: part) {
        if progress.isCancelled { return nil }
        self.add(chunk, narrow, rows, classes, &sums)
      }
      return sums
    }
    let width = objective.design.width
    var total = [Double](repeating: 0, count: objective.size)
    for part in partial {
      guard let part else { return nil }
      total.add(passage.factor, part)
    }
    for place in total.indices { total[place] += objective.penalties[place % width] * direction[place] }
    return total
  }

  private func add(
    _ chunk: Int, _ direction: [Scalar], _ rows: UnsafeMutablePointer<Scalar>, _ classes: ClassRows.Chunk,
    _ sums: inout [Double]
  ) {
    let design = objective.design
    let (count, columns) = (design.chunkRows, design.numbers + 1)
    let block = blocks.base + chunk * columns * count
    let range = design.rows(ofChunk: chunk)
    rows.initialize(repeating: 0, count: objective.scores * count)
    direction.withUnsafeBufferPointer { direction in
      guard let base = direction.baseAddress else { return }
      for score in 0..<objective.scores {
        let (own, target) = (base + score * design.width, rows + score * count)
        Scalar.combine(own, block, columns: columns, rows: count, into: target)
        for oneHot in design.oneHots { oneHot.gather(own + oneHot.start, range, into: target) }
      }
    }
    bend(chunk, rows, classes)
    sums.withUnsafeMutableBufferPointer { sums in
      guard let base = sums.baseAddress else { return }
      for score in 0..<objective.scores {
        let (own, vector) = (base + score * design.width, rows + score * count)
        Scalar.project(vector, block, columns: columns, rows: count, into: own)
        for oneHot in design.oneHots { oneHot.scatter(vector, range, into: own + oneHot.start) }
      }
    }
  }

  /// From each row's change of scores to that of its slopes.
  private func bend(_ chunk: Int, _ rows: UnsafeMutablePointer<Scalar>, _ classes: ClassRows.Chunk) {
    let (count, scores) = (objective.design.chunkRows, objective.scores)
    let chances = chances.base + chunk * count * scores
    if scores == 1 {
      for row in 0..<count { rows[row] *= chances[row] }
      return
    }
    objective.classes.read(objective.design.rows(ofChunk: chunk), into: classes)
    let weights = classes.weights
    for row in 0..<count {
      var mean: Scalar = 0
      for score in 0..<scores { mean += chances[score &* count &+ row] * rows[score &* count &+ row] }
      let weight = Scalar(weights[row])
      for score in 0..<scores {
        let place = score &* count &+ row
        rows[place] = weight * chances[place] * (rows[place] - mean)
      }
    }
  }
}
