/// A vector to one of `weights.count` scores: `weights[k] · values + intercepts[k]`. Not for vectors with missing places.
public struct LinearOperator: Sendable, Hashable {
  public let weights: [[Double]]
  public let intercepts: [Double]

  public init(weights: [[Double]], intercepts: [Double]) {
    self.weights = weights
    self.intercepts = intercepts
  }
}

extension LinearOperator: GraphOperator {
  static let kind = OperatorKind.linear
  static let summary = "Weighted sums"

  func output(_ inputs: [PortType]) -> PortType? {
    guard let width = inputs.vectorWidth, !weights.isEmpty, weights.count == intercepts.count,
      weights.allSatisfy({ $0.count == width })
    else { return nil }
    return .vector(weights.count)
  }

  func kernel(_ wiring: Wiring, _ compiler: inout GraphCompiler) -> (any OperatorKernel)? {
    LinearKernel(wiring, LinearWeights(self, compiler.layout(wiring.input)))
  }

  func write(to writer: inout some OperatorWriter) {
    writer.list(weights) { $0.doubles($1) }
    writer.doubles(intercepts)
  }

  init<Reader: OperatorReader>(from reader: inout Reader) throws(Reader.Failure) {
    let weights = try reader.list(each: 1) { (reader: inout Reader) throws(Reader.Failure) in try reader.doubles() }
    self.init(weights: weights, intercepts: try reader.doubles())
  }
}

extension GraphBuilder {
  public mutating func linear(_ port: VectorPort, weights: [[Double]], intercepts: [Double]) -> VectorPort {
    let op = LinearOperator(weights: weights, intercepts: intercepts)
    return VectorPort(node: add(.linear(op), [port.node], .vector(weights.count)), width: weights.count)
  }
}

/// The weights over a layout: a score is its dense sum, its start, and of each one-hot run what its code adds, in the order of the
/// runs.
private struct LinearWeights: Sendable {
  /// Score after score the weights of the dense places.
  let dense: [Double]
  /// The intercepts, with what the one-hot places that are off add.
  let starts: [Double]
  /// For each one-hot run, code after code, what being on adds to each score.
  let codes: [[Double]]

  init(_ op: LinearOperator, _ layout: VectorLayout) {
    let weights = op.weights
    dense = weights.flatMap { layout.dense($0) }
    var starts = op.intercepts
    for run in layout.coded {
      guard let values = run.values else { continue }
      for score in weights.indices {
        var sum = 0.0
        for place in 0..<run.width { sum += weights[score][run.start + place] * values.off[place] }
        starts[score] += sum
      }
    }
    self.starts = starts
    codes = layout.coded.map { run in
      (0..<run.width).flatMap { place in
        weights.map { $0[run.start + place] * (run.values == nil ? 1 : run.on(place) - run.off(place)) }
      }
    }
  }
}

private final class LinearKernel: OperatorKernel, OperatorWorker {
  let wiring: Wiring
  let weights: LinearWeights

  init(_ wiring: Wiring, _ weights: LinearWeights) {
    self.wiring = wiring
    self.weights = weights
  }

  /// The dense sum and its start first, then the one-hot runs in their order.
  func run(_ rows: Int, _ registers: GraphRegisters) {
    guard let x = registers.vectors[wiring.input], let out = registers.vectors[wiring.node]?.dense else { return }
    let weights = weights
    let scores = weights.starts.count
    weights.dense.withUnsafeBufferPointer { dense in
      for row in 0..<rows {
        for k in 0..<scores {
          let sum = dense.baseAddress.map { Self.dot($0 + k * x.stride, x.dense + row * x.stride, x.stride) } ?? 0
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
}
