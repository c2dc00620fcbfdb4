import Glibc

/// The sums over chunks of rows that one thread holds while it passes over them.
struct LogisticKernel: ~Copyable {
  typealias Lanes = ChunkedDesign.Lanes
  private static let lanes = ChunkedDesign.chunkLanes

  private let objective: LogisticObjective
  private let weights: [Double]
  private let isDense: Bool
  private(set) var sums: LogisticObjective.Sums
  /// Of each row of the chunk: its scores, then the slopes of its loss; the probabilities; a scratch column.
  private let slopes: UnsafeMutablePointer<Lanes>
  private let chances: UnsafeMutablePointer<Lanes>
  private let scratch: UnsafeMutablePointer<Lanes>

  init(_ objective: LogisticObjective, _ weights: [Double], dense: Bool) {
    self.objective = objective
    self.weights = weights
    isDense = dense
    let size = objective.size
    sums = .init(
      gradient: .init(repeating: 0, count: size), curvature: dense ? .init(repeating: 0, count: size * size) : [])
    let length = objective.scores * Self.lanes
    slopes = .allocate(capacity: length)
    chances = .allocate(capacity: length)
    scratch = .allocate(capacity: 2 * Self.lanes)
    slopes.initialize(repeating: .zero, count: length)
    chances.initialize(repeating: .zero, count: length)
    scratch.initialize(repeating: .zero, count: 2 * Self.lanes)
  }

  deinit {
    slopes.deallocate()
    chances.deallocate()
    scratch.deallocate()
  }

  mutating func add(chunk: Int) {
    let columns = objective.design.chunk(chunk)
    score(columns, weights, into: slopes)
    link(chunk)
    for score in 0..<objective.scores {
      for column in 0..<objective.design.width {
        sums.gradient[score * objective.design.width + column] += LaneMath.dot(
          columns + column * Self.lanes, slopes + score * Self.lanes, Self.lanes)
      }
    }
    if isDense { addCurvature(columns, chunk) }
  }

  /// Adds the curvature at the weights times `direction` to the gradient's place: what conjugate gradients need.
  mutating func addProduct(chunk: Int, _ direction: [Double]) {
    let columns = objective.design.chunk(chunk)
    score(columns, weights, into: slopes)
    link(chunk)
    score(columns, direction, into: slopes)
    let count = objective.scores
    let rowWeights = objective.rowWeights
    for lane in 0..<Self.lanes {
      let weight = Self.lanes(of: rowWeights, chunk, lane)
      if count == 1 {
        slopes[lane] *= weight * chances[lane] * (1 - chances[lane])
        continue
      }
      var mean = Lanes.zero
      for score in 0..<count { mean += chances[score * Self.lanes + lane] * slopes[score * Self.lanes + lane] }
      for score in 0..<count {
        let place = score * Self.lanes + lane
        slopes[place] = weight * chances[place] * (slopes[place] - mean)
      }
    }
    for score in 0..<count {
      for column in 0..<objective.design.width {
        sums.gradient[score * objective.design.width + column] += LaneMath.dot(
          columns + column * Self.lanes, slopes + score * Self.lanes, Self.lanes)
      }
    }
  }

  private static func lanes(of values: [Double], _ chunk: Int, _ lane: Int) -> Lanes {
    let start = chunk * ChunkedDesign.chunkRows + lane * Lanes.scalarCount
    return Lanes(values[start], values[start + 1], values[start + 2], values[start + 3])
  }

  private func score(_ columns: UnsafePointer<Lanes>, _ weights: [Double], into target: UnsafeMutablePointer<Lanes>) {
    let width = objective.design.width
    for score in 0..<objective.scores {
      let sum = target + score * Self.lanes
      sum.update(repeating: .zero, count: Self.lanes)
      for column in 0..<width {
        LaneMath.add(weights[score * width + column], columns + column * Self.lanes, to: sum, Self.lanes)
      }
    }
  }

  /// From scores to losses (summed), slopes and probabilities, row by row.
  private mutating func link(_ chunk: Int) {
    let rows = ChunkedDesign.chunkRows
    let start = chunk * rows
    let slopes = UnsafeMutableRawPointer(slopes).assumingMemoryBound(to: Double.self)
    let chances = UnsafeMutableRawPointer(chances).assumingMemoryBound(to: Double.self)
    let count = objective.scores
    var loss = 0.0
    for row in 0..<rows {
      let weight = objective.rowWeights[start + row]
      let code = Int(objective.codes[start + row])
      if count == 1 {
        let score = slopes[row]
        let small = exp(-abs(score))
        let chance = score >= 0 ? 1 / (1 + small) : small / (1 + small)
        loss += weight * (log1p(small) + max(score, 0) - (code == 1 ? score : 0))
        chances[row] = chance
        slopes[row] = weight * (chance - Double(code))
      } else {
        loss += weight * Self.softmax(slopes + row, chances + row, count, stride: rows, code)
        for score in 0..<count {
          slopes[score * rows + row] = weight * (chances[score * rows + row] - (score == code ? 1 : 0))
        }
      }
    }
    sums.value += loss
  }

  private static func softmax(
    _ scores: UnsafePointer<Double>, _ chances: UnsafeMutablePointer<Double>, _ count: Int, stride: Int, _ code: Int
  ) -> Double {
    var largest = scores[0]
    for score in 1..<count { largest = max(largest, scores[score * stride]) }
    var sum = 0.0
    for score in 0..<count {
      let size = exp(scores[score * stride] - largest)
      chances[score * stride] = size
      sum += size
    }
    for score in 0..<count { chances[score * stride] /= sum }
    return log(sum) + largest - scores[code * stride]
  }

  private mutating func addCurvature(_ columns: UnsafePointer<Lanes>, _ chunk: Int) {
    for first in 0..<objective.scores {
      for second in 0...first {
        for lane in 0..<Self.lanes {
          let weight = Self.lanes(of: objective.rowWeights, chunk, lane)
          let other = (first == second ? Lanes.one : .zero) - chances[second * Self.lanes + lane]
          scratch[lane] = weight * chances[first * Self.lanes + lane] * other
        }
        addBlock(columns, first, second)
      }
    }
  }

  /// The block of two scores: for each pair of columns the sum of scratch · column · column.
  private mutating func addBlock(_ columns: UnsafePointer<Lanes>, _ first: Int, _ second: Int) {
    let width = objective.design.width
    let size = objective.size
    let product = scratch + Self.lanes
    sums.curvature.withUnsafeMutableBufferPointer { curvature in
      for row in 0..<width {
        LaneMath.multiply(columns + row * Self.lanes, scratch, into: product, Self.lanes)
        LaneMath.dots(product, columns, columns: row + 1, Self.lanes) { column, sum in
          curvature[(first * width + row) * size + second * width + column] += sum
          if first != second, row != column {
            curvature[(first * width + column) * size + second * width + row] += sum
          }
        }
      }
    }
  }
}
