import Expressions
import Glibc
import Tables

/// What the vector operators do to blocks: rows one after the other, not-a-number standing for missing.
enum VectorOperators {
  typealias Vector = UnsafeMutablePointer<Double>

  /// A column in one place of each row.
  static func place(_ block: CellBlock, _ type: ColumnType, _ rows: Int, _ out: Vector, stride: Int) {
    switch type {
    case .bool: for i in 0..<rows { out[i * stride] = Double(block.bools[i]) }
    case .int, .date: for i in 0..<rows { out[i * stride] = Double(block.ints[i]) }
    case .datetime: for i in 0..<rows { out[i * stride] = Double(block.ints[i]) / 1e6 }
    default: for i in 0..<rows { out[i * stride] = block.floats[i] }
    }
    if block.isClean { return }
    for i in 0..<rows where block.state[i] != 0 { out[i * stride] = .nan }
  }

  static func place(_ vector: Vector, width: Int, _ rows: Int, _ out: Vector, stride: Int) {
    for i in 0..<rows { (out + i * stride).update(from: vector + i * width, count: width) }
  }

  static func fill(_ x: Vector, _ values: [Double], _ rows: Int, _ out: Vector) {
    let width = values.count
    for row in 0..<rows {
      for i in 0..<width {
        let value = x[row * width + i]
        out[row * width + i] = value.isNaN ? values[i] : value
      }
    }
  }

  static func affine(_ x: Vector, _ scale: [Double], _ offset: [Double], _ rows: Int, _ out: Vector) {
    let width = scale.count
    for row in 0..<rows {
      for i in 0..<width { out[row * width + i] = x[row * width + i] * scale[i] + offset[i] }
    }
  }

  /// The dense sum and its start first, then the one-hot runs in their order.
  static func linear(_ x: VectorRows, _ weights: LinearWeights, _ rows: Int, _ out: Vector) {
    let scores = weights.starts.count
    weights.dense.withUnsafeBufferPointer { dense in
      for row in 0..<rows {
        for k in 0..<scores {
          let sum = dense.baseAddress.map { dot($0 + k * x.stride, x.dense + row * x.stride, x.stride) } ?? 0
          out[row * scores + k] = sum + weights.starts[k]
        }
      }
    }
    for (part, codes) in x.codes.enumerated() {
      let added = weights.codes[part]
      for row in 0..<rows where codes[row] >= 0 {
        let first = Int(codes[row]) * scores
        for k in 0..<scores { out[row * scores + k] += added[first + k] }
      }
    }
  }

  /// Four running sums, joined in one order, so that a sum does not wait for each addition.
  @inline(__always)
  private static func dot(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ count: Int) -> Double {
    var sums = SIMD4<Double>(repeating: 0)
    var i = 0
    while i + 4 <= count {
      sums += SIMD4(a[i], a[i + 1], a[i + 2], a[i + 3]) * SIMD4(b[i], b[i + 1], b[i + 2], b[i + 3])
      i += 4
    }
    var sum = (sums[0] + sums[1]) + (sums[2] + sums[3])
    while i < count {
      sum += a[i] * b[i]
      i += 1
    }
    return sum
  }

  static func link(_ link: Link, _ x: Vector, width: Int, _ rows: Int, _ out: Vector) {
    switch link {
    case .identity: out.update(from: x, count: rows * width)
    case .exponential: for i in 0..<rows * width { out[i] = exp(x[i]) }
    case .sigmoid:
      for row in 0..<rows {
        // Each side by its own formula: 1 - σ(s) loses all digits where σ(s) is near 1.
        out[2 * row] = sigmoid(-x[row])
        out[2 * row + 1] = sigmoid(x[row])
      }
    case .softmax: for row in 0..<rows { softmax(x + row * width, width, out + row * width) }
    }
  }

  /// Shifted by the largest score, so that nothing overflows.
  private static func softmax(_ x: Vector, _ width: Int, _ out: Vector) {
    guard width > 0 else { return }
    var largest = x[0]
    for i in 1..<max(1, width) where x[i] > largest { largest = x[i] }
    var sum = 0.0
    for i in 0..<width {
      out[i] = exp(x[i] - largest)
      sum += out[i]
    }
    for i in 0..<width { out[i] /= sum }
  }

  /// The class of a row; nil where a probability is missing.
  static func decide(_ x: Vector, width: Int, threshold: Double?) -> Int? {
    for i in 0..<width where x[i].isNaN { return nil }
    if let threshold { return x[1] >= threshold ? 1 : 0 }
    var best = 0
    for i in 1..<max(1, width) where x[i] > x[best] { best = i }
    return best
  }
}
