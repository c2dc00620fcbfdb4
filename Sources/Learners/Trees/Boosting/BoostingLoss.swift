import Glibc
import Kernels

/// What boosting descends on, with the scores of all rows.
///
/// Gradients are written into the records, a block of rows at a time just before the block is added to the root's histogram.
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
  /// Score by score, rows together. A row is written by one thread at a time.
  let scores: UnsafeMutablePointer<Double>
  private let values: [Double]
  /// 0 or 1 for each row of two classes.
  private let labels: UnsafeMutablePointer<Double>
  private let codes: [Int32]
  private let chances: UnsafeMutablePointer<Double>

  /// For numbers; scores start at the mean.
  init(values: [Double]) {
    kind = .squared
    outputs = 1
    rowCount = values.count
    let largest = values.reduce(0) { max($0, abs($1)) }
    unit = largest > 0 ? scalbn(1, Int32(max(-1000, min(1000, largest.exponent)))) : 1
    let unit = unit
    self.values = values.map { $0 / unit }
    base = [self.values.reduce(0, +) / Double(values.count)]
    codes = []
    labels = .allocate(capacity: 1)
    chances = .allocate(capacity: 1)
    scores = .allocate(capacity: rowCount)
    scores.initialize(repeating: base[0], count: rowCount)
  }

  /// For classes; scores start at the logarithms of the classes' shares.
  init(_ classes: ClassTarget) {
    kind = classes.count == 2 ? .logistic : .softmax
    outputs = classes.count == 2 ? 1 : classes.count
    rowCount = classes.codes.count
    unit = 1
    values = []
    codes = classes.codes
    labels = .allocate(capacity: max(1, classes.codes.count))
    for (row, code) in classes.codes.enumerated() { (labels + row).initialize(to: Double(code)) }
    if classes.count == 2 {
      base = [log(Double(classes.counts[1]) / Double(classes.counts[0]))]
    } else {
      // A class without a row starts far below the others, and stays there.
      base = classes.counts.map { log(max(Double($0), 1e-15) / Double(classes.codes.count)) }
    }
    scores = .allocate(capacity: rowCount * outputs)
    chances = .allocate(capacity: kind == .softmax ? rowCount * outputs : 1)
    for (output, start) in base.enumerated() {
      (scores + output * rowCount).initialize(repeating: start, count: rowCount)
    }
  }

  deinit {
    scores.deallocate()
    chances.deallocate()
    labels.deallocate()
  }

  /// What a round starts with: the probabilities that the trees of all its classes share, or the scale of its gradients.
  func startRound(_ scale: inout GradientScale) {
    switch kind {
    case .logistic: break
    case .softmax: parallelChunks(of: rowCount, size: 4096) { _, rows in self.softmax(rows) }
    case .squared:
      let chunk = 1 << 16
      let largest =
        parallelMap((rowCount + chunk - 1) / chunk) { part in
          var largest = 0.0
          for row in part * chunk..<min(self.rowCount, (part + 1) * chunk) {
            largest = max(largest, abs(self.scores[row] - self.values[row]))
          }
          return largest
        }.max() ?? 0
      scale.gradient = largest > 1e-280 ? 0x1p30 / largest : 1
    }
  }

  private func softmax(_ rows: Range<Int>) {
    for row in rows {
      var largest = -Double.infinity
      for output in 0..<outputs { largest = max(largest, scores[output &* rowCount &+ row]) }
      var sum = 0.0
      for output in 0..<outputs {
        let size = exp(scores[output &* rowCount &+ row] - largest)
        chances[output &* rowCount &+ row] = size
        sum += size
      }
      for output in 0..<outputs { chances[output &* rowCount &+ row] /= sum }
    }
  }

  /// Writes the gradients of `rows` towards one output into the records of every group.
  func write(_ rows: Range<Int>, output: Int, _ scale: GradientScale, into design: BinnedDesign) {
    switch kind {
    case .squared:
      for row in rows {
        let gradient = (scores[row] - values[row]) * scale.gradient
        Self.store(Int32(gradient.rounded()), 1, row, design)
      }
    case .softmax:
      let chances = chances + output * rowCount
      for row in rows {
        let chance = chances[row]
        store(chance - (codes[row] == Int32(output) ? 1 : 0), chance * (1 - chance), row, scale, design)
      }
    case .logistic: writeLogistic(rows, scale, design)
    }
  }

  private func writeLogistic(_ rows: Range<Int>, _ scale: GradientScale, _ design: BinnedDesign) {
    if scale.isPacked, design.groups.count == 1 {
      let group = design.groups[0]
      let whole = rows.lowerBound..<rows.upperBound - rows.count % 4
      Self.writePacked(whole, scores, labels, scale, group.records + (group.stride - 4), group.stride)
      for row in whole.upperBound..<rows.upperBound { writeLogistic(row, scale, design) }
    } else {
      for row in rows { writeLogistic(row, scale, design) }
    }
  }

  private func writeLogistic(_ row: Int, _ scale: GradientScale, _ design: BinnedDesign) {
    let chance = Sigmoid.values(SIMD4(repeating: scores[row]))[0]
    store(chance - labels[row], chance * (1 - chance), row, scale, design)
  }

  /// Four rows at a time, for the records of a single group; `ends` is where the first row's gradients are.
  @inline(never)
  private static func writePacked(
    _ rows: Range<Int>, _ scores: UnsafePointer<Double>, _ labels: UnsafePointer<Double>, _ scale: GradientScale,
    _ ends: UnsafeMutableRawPointer, _ stride: Int
  ) {
    let one = SIMD4<Double>(repeating: 1)
    let magic = SIMD4<Double>(repeating: 0x1.8p52)
    let (gradientScale, hessianScale) = (SIMD4(repeating: scale.gradient), SIMD4(repeating: scale.hessian))
    let (rawScores, rawLabels) = (UnsafeRawPointer(scores), UnsafeRawPointer(labels))
    var row = rows.lowerBound
    while row < rows.upperBound {
      let chance = Sigmoid.values(rawScores.loadUnaligned(fromByteOffset: row &* 8, as: SIMD4<Double>.self))
      let label = rawLabels.loadUnaligned(fromByteOffset: row &* 8, as: SIMD4<Double>.self)
      let gradient = (chance - label) * gradientScale + magic
      let hessian = pointwiseMax(chance * (one - chance) * hessianScale, one) + magic
      let pair =
        (unsafeBitCast(gradient, to: SIMD4<Int64>.self) &<< 16)
        &+ (unsafeBitCast(hessian, to: SIMD4<Int64>.self) & SIMD4(repeating: 0xFFFF))
      let end = ends + row &* stride
      end.storeBytes(of: Int32(truncatingIfNeeded: pair[0]), as: Int32.self)
      end.storeBytes(of: Int32(truncatingIfNeeded: pair[1]), toByteOffset: stride, as: Int32.self)
      end.storeBytes(of: Int32(truncatingIfNeeded: pair[2]), toByteOffset: 2 &* stride, as: Int32.self)
      end.storeBytes(of: Int32(truncatingIfNeeded: pair[3]), toByteOffset: 3 &* stride, as: Int32.self)
      row &+= 4
    }
  }

  /// A hessian is at least one step, so that a sum of them is never zero.
  @inline(__always)
  private func store(_ gradient: Double, _ hessian: Double, _ row: Int, _ scale: GradientScale, _ design: BinnedDesign)
  {
    let gradient = Rounding.whole(gradient * scale.gradient)
    let hessian = max(1, Rounding.whole(hessian * scale.hessian))
    if scale.isPacked {
      let pair = (gradient &<< 16) &+ hessian
      for group in design.groups {
        group.records.storeBytes(of: pair, toByteOffset: (row &+ 1) &* group.stride &- 4, as: Int32.self)
      }
    } else {
      Self.store(gradient, hessian, row, design)
    }
  }

  @inline(__always)
  private static func store(_ gradient: Int32, _ hessian: Int32, _ row: Int, _ design: BinnedDesign) {
    for group in design.groups {
      let end = (row &+ 1) &* group.stride
      group.records.storeBytes(of: gradient, toByteOffset: end &- 8, as: Int32.self)
      group.records.storeBytes(of: hessian, toByteOffset: end &- 4, as: Int32.self)
    }
  }
}
