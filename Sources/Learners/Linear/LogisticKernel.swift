/// Value and gradient over chunks of rows, as one thread sums them.
final class LogisticKernel {
  private let design: LinearDesign
  private(set) var sums: LogisticObjective.Sums
  private let rows: ChunkScores
  /// Of the last chunk, as `ChunkScores` has them.
  var chances: UnsafePointer<Double> { UnsafePointer(rows.chances) }

  init(_ objective: LogisticObjective, _ weights: [Double]) {
    design = objective.design
    rows = ChunkScores(objective, weights)
    sums = .init(gradient: .init(repeating: 0, count: objective.size))
  }

  func add(chunk: Int) {
    let found = rows.link(chunk)
    sums.value += found.loss
    sums.margin = min(sums.margin, found.margin)
    sums.gradient.withUnsafeMutableBufferPointer { gradient in
      guard let base = gradient.baseAddress else { return }
      for score in 0..<rows.scores {
        design.project(
          rows.slopes + score * design.chunkRows, rows.numbers(chunk), chunk, into: base + score * design.width)
      }
    }
  }
}

/// The rows of a chunk at some weights: their slopes and chances.
final class ChunkScores {
  let scores: Int
  /// Of each score, the slope of each row's loss.
  let slopes: UnsafeMutablePointer<Double>
  /// Of one score, the curvature of each row's loss; of more, each row's probabilities, score by score.
  let chances: UnsafeMutablePointer<Double>
  private let objective: LogisticObjective
  private let weights: [Double]
  private let reader: ChunkReader
  private let classes: ClassRows.Chunk
  /// Where all weights are zero, so are the scores of all rows: the start of most descents.
  private let isZero: Bool

  init(_ objective: LogisticObjective, _ weights: [Double]) {
    self.objective = objective
    self.weights = weights
    reader = ChunkReader(objective.design)
    classes = ClassRows.Chunk(objective.design.chunkRows)
    isZero = weights.allSatisfy { $0 == 0 }
    scores = objective.scores
    let count = objective.scores * objective.design.chunkRows
    slopes = .lanes(count)
    chances = .lanes(count)
  }

  deinit {
    slopes.deallocate()
    chances.deallocate()
  }

  /// As `ChunkReader` has them.
  func numbers(_ chunk: Int) -> UnsafePointer<Double> { reader.chunk(chunk) }

  func link(_ chunk: Int) -> LogisticLink.Sums {
    let design = objective.design
    slopes.update(repeating: 0, count: scores * design.chunkRows)
    weights.withUnsafeBufferPointer { weights in
      guard let base = weights.baseAddress, !isZero else { return }
      for score in 0..<scores {
        design.combine(base + score * design.width, numbers(chunk), chunk, into: slopes + score * design.chunkRows)
      }
    }
    let rows = design.rows(ofChunk: chunk)
    objective.classes.read(rows, into: classes)
    let lanes = design.chunkRows / 4
    guard scores > 1 else {
      return LogisticLink.binary(
        Double.lanes(slopes), Double.lanes(chances),
        targets: Double.lanes(UnsafePointer(classes.targets)), weights: Double.lanes(UnsafePointer(classes.weights)),
        classWeights: objective.classes.shared, lanes: lanes)
    }
    return objective.classes.codes.withUnsafeBufferPointer { codes in
      guard let base = codes.baseAddress else { return .init() }
      return LogisticLink.softmax(
        Double.lanes(slopes), Double.lanes(chances), codes: base + rows.lowerBound, weights: classes.weights,
        classes: scores, lanes: lanes, rows: rows.count)
    }
  }
}

extension UnsafeMutablePointer {
  /// Memory for vectors, which the caller frees, set to zero.
  static func lanes(_ count: Int) -> UnsafeMutablePointer<Double> where Pointee == Double {
    let start = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1) * 8, alignment: 64)
    let values = start.bindMemory(to: Double.self, capacity: count)
    values.initialize(repeating: 0, count: count)
    return values
  }
}

extension LinearDesign {
  /// target[row] += the score of each row of a chunk, of which `numbers` are given, by the weights of one score.
  func combine(
    _ weights: UnsafePointer<Double>, _ numbers: UnsafePointer<Double>, _ chunk: Int,
    into target: UnsafeMutablePointer<Double>
  ) {
    Double.combine(weights, numbers, columns: self.numbers + 1, rows: chunkRows, into: target)
    let rows = rows(ofChunk: chunk)
    for block in oneHots { block.gather(weights + block.start, rows, into: target) }
  }

  /// sums[place] += the sum over the chunk's rows of `vector` times the row's feature there.
  func project(
    _ vector: UnsafePointer<Double>, _ numbers: UnsafePointer<Double>, _ chunk: Int,
    into sums: UnsafeMutablePointer<Double>
  ) {
    Double.project(vector, numbers, columns: self.numbers + 1, rows: chunkRows, into: sums)
    let rows = rows(ofChunk: chunk)
    for block in oneHots { block.scatter(vector, rows, into: sums + block.start) }
  }
}

extension LinearDesign.OneHot {
  /// target[row] += the value of each row's category.
  func gather<Scalar: BlockScalar>(
    _ values: UnsafePointer<Scalar>, _ rows: Range<Int>, into target: UnsafeMutablePointer<Scalar>
  ) {
    codes.withUnsafeBufferPointer { codes in
      for row in 0..<rows.count {
        let code = codes[rows.lowerBound &+ row]
        if code >= 0 { target[row] += values[Int(code)] }
      }
    }
  }

  /// sums[code] += the value of each row of that category.
  func scatter<Scalar: BlockScalar>(
    _ values: UnsafePointer<Scalar>, _ rows: Range<Int>, into sums: UnsafeMutablePointer<Double>
  ) {
    codes.withUnsafeBufferPointer { codes in
      for row in 0..<rows.count {
        let code = codes[rows.lowerBound &+ row]
        if code >= 0 { sums[Int(code)] += Double(values[row]) }
      }
    }
  }
}
