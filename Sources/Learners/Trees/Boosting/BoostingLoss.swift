import CVector
import Glibc
import Kernels
import Plan

/// What boosting descends on, with the scores of all rows.
final class BoostingLoss: @unchecked Sendable {
  enum Kind: Sendable { case squared, logistic, softmax }
  let kind: Kind
  let rowCount: Int
  /// Scores a row.
  let outputs: Int
  /// Where each score starts.
  let base: [Double]
  /// What a regression's scores are multiplied by to be in the label's unit: a power of two.
  let unit: Double
  /// From one output's scores to the next's: the rows and some more, so that four can be taken at once.
  let stride: Int
  /// Score by score, rows together. A row is written by one thread at a time.
  let scores: UnsafeMutablePointer<Double>
  /// The number to learn, or the code of the class. Written in init only.
  private let targets: UnsafeMutablePointer<Double>
  /// A softmax's probabilities, laid out as the scores.
  private let chances: UnsafeMutablePointer<Double>
  /// The leaf that each row is in of the last tree towards each output, laid out as the scores.
  private let leaves: UnsafeMutablePointer<UInt16>
  /// The values of these leaves, which no score has yet; none before the first tree.
  private var values: [[Double]]

  /// For numbers; scores start at the mean.
  convenience init(values: [Double]) {
    let largest = values.reduce(0) { max($0, abs($1)) }
    let unit = largest > 0 ? scalbn(1, Int32(max(-1000, min(1000, largest.exponent)))) : 1
    let mean = values.reduce(0) { $0 + $1 / unit } / Double(values.count)
    self.init(.squared, rows: values.count, base: [mean], unit: unit) { values[$0] / unit }
  }

  /// For classes; scores start at the logarithms of the classes' shares.
  convenience init(_ classes: ClassTarget) {
    let (counts, codes) = (classes.counts, classes.codes)
    if classes.count == 2 {
      let base = log(Double(counts[1]) / Double(counts[0]))
      self.init(.logistic, rows: codes.count, base: [base], unit: 1) { Double(codes[$0]) }
    } else {
      // A class without a row starts far below the others, and stays there.
      let base = counts.map { log(max(Double($0), 1e-15) / Double(codes.count)) }
      self.init(.softmax, rows: codes.count, base: base, unit: 1) { Double(codes[$0]) }
    }
  }

  private init(_ kind: Kind, rows: Int, base: [Double], unit: Double, target: (Int) -> Double) {
    self.kind = kind
    self.base = base
    self.unit = unit
    rowCount = rows
    outputs = base.count
    stride = (rows + 7) / 8 * 8
    targets = .allocateRoomy(stride)
    for row in 0..<rows { (targets + row).initialize(to: target(row)) }
    (targets + rows).initialize(repeating: 0, count: stride - rows)
    scores = .allocateRoomy(stride * outputs)
    chances = .allocateRoomy(kind == .softmax ? stride * outputs : 1)
    leaves = .allocateRoomy(stride * outputs)
    leaves.initialize(repeating: 0, count: stride * outputs)
    values = [[Double]](repeating: [], count: outputs)
    for (output, start) in base.enumerated() {
      (scores + output * stride).initialize(repeating: start, count: stride)
    }
  }

  deinit {
    free(scores)
    free(chances)
    free(leaves)
    free(targets)
  }

  /// Where the rows' leaves of a tree towards an output are noted.
  func leaves(ofOutput output: Int) -> UnsafeMutablePointer<UInt16> { leaves + output * stride }

  /// Takes the values of the noted leaves. Scores have them from the next look at gradients on.
  func take(_ values: [Double], output: Int) { self.values[output] = values }

  /// Adds the values of the last tree's leaves to the scores of rows: once for each row and tree.
  private func settle(_ rows: Range<Int>, _ output: Int) {
    let (scores, leaves) = (scores + output * stride, leaves + output * stride)
    values[output].withUnsafeBufferPointer { values in
      if values.isEmpty { return }
      for row in rows { scores[row] += values[Int(leaves[row])] }
    }
  }

  /// A tree's scale: of a classification the same for all.
  var scale: GradientScale {
    switch kind {
    case .squared: .regression
    case .logistic: GradientScale(rows: rowCount, largestHessian: 0.25)
    case .softmax: GradientScale(rows: rowCount, largestHessian: 0.25 * softmaxFactor)
    }
  }

  /// The multinomial loss has one score too many: what moves is K / (K − 1) as steep as a score of its own (Friedman 2001).
  private var softmaxFactor: Double { Double(outputs) / Double(outputs - 1) }

  /// What a round starts with: the probabilities that the trees of all its classes share, or the scale of its gradients.
  func startRound(_ scale: inout GradientScale, _ team: BoostingTeam) {
    let block = 4096
    let blocks = (rowCount + block - 1) / block
    switch kind {
    case .logistic: break
    case .softmax:
      team.each(blocks) { _, index in self.softmax(index * block..<min(self.rowCount, (index + 1) * block)) }
    case .squared:
      var largest = [Double](repeating: 0, count: blocks)
      var sums = largest
      largest.withUnsafeMutableBufferPointer { largest in
        sums.withUnsafeMutableBufferPointer { sums in
          nonisolated(unsafe) let (largest, sums) = (largest, sums)
          team.each(blocks) { _, index in
            let (most, sum) = self.size(index * block..<min(self.rowCount, (index + 1) * block))
            largest[index] = most
            sums[index] = sum
          }
        }
      }
      scale.fit(largest: largest.max() ?? 0, sum: sums.reduce(0, +))
    }
  }

  /// The largest residual and the sum of their sizes.
  private func size(_ rows: Range<Int>) -> (Double, Double) {
    settle(rows, 0)
    var (largest, sum) = (0.0, 0.0)
    for row in rows {
      let size = abs(scores[row] - targets[row])
      largest = max(largest, size)
      sum += size
    }
    return (largest, sum)
  }

  @inline(never)
  private func softmax(_ rows: Range<Int>) {
    for output in 0..<outputs { settle(rows, output) }
    for row in Swift.stride(from: rows.lowerBound, to: rows.upperBound, by: 4) {
      var largest = SIMD4<Double>(repeating: -.infinity)
      for output in 0..<outputs {
        let score = Self.four(scores, output &* stride &+ row)
        largest.replace(with: score, where: score .> largest)
      }
      var sum = SIMD4<Double>.zero
      for output in 0..<outputs {
        let size = Exponential.values(Self.four(scores, output &* stride &+ row) - largest)
        sum += size
        Self.put(size, chances, output &* stride &+ row)
      }
      let share = SIMD4(repeating: 1) / sum
      for output in 0..<outputs {
        let place = output &* stride &+ row
        Self.put(Self.four(chances, place) * share, chances, place)
      }
    }
  }

  @inline(__always)
  private static func four(_ values: UnsafePointer<Double>, _ place: Int) -> SIMD4<Double> {
    UnsafeRawPointer(values + place).loadUnaligned(as: SIMD4<Double>.self)
  }

  @inline(__always)
  private static func put(_ four: SIMD4<Double>, _ values: UnsafeMutablePointer<Double>, _ place: Int) {
    UnsafeMutableRawPointer(values + place).storeBytes(of: four, as: SIMD4<Double>.self)
  }

  /// Writes what records keep of the gradients of `rows` towards one output; up to three more places are written.
  func write(
    _ rows: Range<Int>, output: Int, _ scale: GradientScale, _ rounding: RandomRounding,
    into pairs: UnsafeMutablePointer<Int32>
  ) {
    switch kind {
    case .squared: writeSquared(rows, scale, pairs)
    case .logistic: writeLogistic(rows, scale, rounding, pairs)
    case .softmax: writeSoftmax(rows, output, scale, rounding, pairs)
    }
  }

  @inline(never)
  private func writeSquared(_ rows: Range<Int>, _ scale: GradientScale, _ pairs: UnsafeMutablePointer<Int32>) {
    let (steps, magic) = (SIMD4(repeating: scale.gradient), SIMD4(repeating: 0x1.8p52))
    for row in Swift.stride(from: rows.lowerBound, to: rows.upperBound, by: 4) {
      let whole = (Self.four(scores, row) - Self.four(targets, row)) * steps + magic
      Self.put(unsafeBitCast(whole, to: SIMD4<Int64>.self), pairs + (row &- rows.lowerBound))
    }
  }

  private func writeLogistic(
    _ rows: Range<Int>, _ scale: GradientScale, _ rounding: RandomRounding, _ pairs: UnsafeMutablePointer<Int32>
  ) {
    settle(rows, 0)
    var rounding = rounding.steps(rows.lowerBound)
    mlp_logistic_steps(
      scores + rows.lowerBound, targets + rows.lowerBound, Int64(rows.count), scale.gradient, scale.hessian, &rounding,
      pairs)
  }

  @inline(never)
  private func writeSoftmax(
    _ rows: Range<Int>, _ output: Int, _ scale: GradientScale, _ rounding: RandomRounding,
    _ pairs: UnsafeMutablePointer<Int32>
  ) {
    var rounding = rounding.at(rows.lowerBound)
    let (one, code) = (SIMD4<Double>(repeating: 1), SIMD4(repeating: Double(output)))
    let gradients = SIMD4(repeating: scale.gradient)
    let hessians = SIMD4(repeating: scale.hessian * softmaxFactor)
    for row in Swift.stride(from: rows.lowerBound, to: rows.upperBound, by: 4) {
      let chance = Self.four(chances, output &* stride &+ row)
      let isIt = SIMD4<Double>.zero.replacing(with: one, where: Self.four(targets, row) .== code)
      let pair = rounding.next((chance - isIt) * gradients, chance * (one - chance) * hessians)
      Self.put(pair, pairs + (row &- rows.lowerBound))
    }
  }

  @inline(__always)
  private static func put(_ four: SIMD4<Int64>, _ pairs: UnsafeMutablePointer<Int32>) {
    pairs[0] = Int32(truncatingIfNeeded: four[0])
    pairs[1] = Int32(truncatingIfNeeded: four[1])
    pairs[2] = Int32(truncatingIfNeeded: four[2])
    pairs[3] = Int32(truncatingIfNeeded: four[3])
  }
}
