/// A vector with its missing places filled by chained equations (van Buuren & Groothuis-Oudshoorn 2011): first each by its value of
/// `start`, then step after step one place by a weighted sum of the others as they are by then.
public struct ChainOperator: Sendable, Hashable {
  /// One equation: what a missing place becomes.
  public struct Step: Sendable, Hashable {
    public let place: Int
    /// A weight for each place of the vector; that of the place itself is not used.
    public let weights: [Double]
    public let intercept: Double

    public init(place: Int, weights: [Double], intercept: Double) {
      self.place = place
      self.weights = weights
      self.intercept = intercept
    }
  }

  public let start: [Double]
  public let steps: [Step]

  public init(start: [Double], steps: [Step]) {
    self.start = start
    self.steps = steps
  }
}

extension ChainOperator: GraphOperator {
  static let kind = OperatorKind.chain
  static let summary = "Missing places filled by chained equations"

  func output(_ inputs: [PortType]) -> PortType? {
    let width = start.count
    guard width > 0, inputs == [.vector(width)],
      steps.allSatisfy({ (0..<width).contains($0.place) && $0.weights.count == width })
    else { return nil }
    return .vector(width)
  }

  func kernel(_ wiring: Wiring, _ compiler: inout GraphCompiler) -> (any OperatorKernel)? {
    _ = compiler.whole(wiring.input)
    return ChainKernel(wiring, self)
  }

  func write(to writer: inout some OperatorWriter) {
    writer.doubles(start)
    writer.list(steps) { writer, step in
      writer.int(step.place)
      writer.doubles(step.weights)
      writer.double(step.intercept)
    }
  }

  init<Reader: OperatorReader>(from reader: inout Reader) throws(Reader.Failure) {
    let start = try reader.doubles()
    let steps = try reader.list(each: 10) { (reader: inout Reader) throws(Reader.Failure) in
      Step(place: try reader.int(), weights: try reader.doubles(), intercept: try reader.double())
    }
    self.init(start: start, steps: steps)
  }
}

extension GraphBuilder {
  public mutating func chain(_ port: VectorPort, start: [Double], steps: [ChainOperator.Step]) -> VectorPort {
    let op = ChainOperator(start: start, steps: steps)
    return VectorPort(node: add(.chain(op), [port.node], .vector(port.width)), width: port.width)
  }
}

extension ChainOperator.Step {
  /// The weighted sum of a row's other places.
  @inline(__always)
  fileprivate func value(_ row: UnsafeMutablePointer<Double>) -> Double {
    var sum = intercept
    for other in weights.indices where other != place { sum += weights[other] * row[other] }
    return sum
  }
}

private final class ChainKernel: OperatorKernel, OperatorWorker {
  let wiring: Wiring
  let op: ChainOperator

  init(_ wiring: Wiring, _ op: ChainOperator) {
    self.wiring = wiring
    self.op = op
  }

  func run(_ rows: Int, _ registers: GraphRegisters) {
    guard let x = registers.vectors[wiring.input], let out = registers.vectors[wiring.node]?.dense else { return }
    let width = op.start.count
    var isMissing = [Bool](repeating: false, count: width)
    for row in 0..<rows {
      let filled = out + row * width
      filled.update(from: registers.whole(row, of: wiring.input, x), count: width)
      var isWhole = true
      for place in 0..<width {
        isMissing[place] = filled[place].isNaN
        guard isMissing[place] else { continue }
        isWhole = false
        filled[place] = op.start[place]
      }
      if isWhole { continue }
      for step in op.steps where isMissing[step.place] { filled[step.place] = step.value(filled) }
    }
  }
}
