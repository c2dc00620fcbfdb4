import Expressions
import Glibc

/// The last function of a model.
public enum Link: String, Sendable, Hashable, CaseIterable {
  case identity
  /// One score s to the probabilities (1 − σ(s), σ(s)).
  case sigmoid
  case softmax
  /// e^s, for counts.
  case exponential
}

/// Scores to probabilities or predictions.
public struct LinkOperator: Sendable, Hashable {
  public let link: Link

  public init(_ link: Link) { self.link = link }
}

extension LinkOperator: GraphOperator {
  static let kind = OperatorKind.link
  static let summary = "Scores to probabilities"

  func output(_ inputs: [PortType]) -> PortType? {
    switch link {
    case .sigmoid: inputs == [.vector(1)] ? .vector(2) : nil
    case .identity, .softmax, .exponential: inputs.vectorWidth.map(PortType.vector)
    }
  }

  func kernel(_ wiring: Wiring, _ compiler: inout GraphCompiler) -> (any OperatorKernel)? {
    LinkKernel(wiring, link, width: compiler.whole(wiring.input))
  }

  func write(to writer: inout some OperatorWriter) { writer.text(link.rawValue) }

  init<Reader: OperatorReader>(from reader: inout Reader) throws(Reader.Failure) {
    self.init(try reader.word(Link.self))
  }
}

extension GraphBuilder {
  public mutating func link(_ port: VectorPort, _ link: Link) -> VectorPort {
    let width = link == .sigmoid ? 2 : port.width
    return VectorPort(node: add(.link(LinkOperator(link)), [port.node], .vector(width)), width: width)
  }
}

private final class LinkKernel: OperatorKernel, OperatorWorker {
  typealias Vector = UnsafeMutablePointer<Double>

  let wiring: Wiring
  let link: Link
  /// Of the input.
  let width: Int

  init(_ wiring: Wiring, _ link: Link, width: Int) {
    self.wiring = wiring
    self.link = link
    self.width = width
  }

  func run(_ rows: Int, _ registers: GraphRegisters) {
    guard let x = registers.vectors[wiring.input], let out = registers.vectors[wiring.node] else { return }
    guard !x.codes.isEmpty else {
      apply(x.dense, rows, out.dense)
      return
    }
    for row in 0..<rows { apply(registers.whole(row, of: wiring.input, x), 1, out.dense + row * out.stride) }
  }

  private func apply(_ x: Vector, _ rows: Int, _ out: Vector) {
    switch link {
    case .identity: out.update(from: x, count: rows * width)
    case .exponential: for i in 0..<rows * width { out[i] = exp(x[i]) }
    case .sigmoid:
      for row in 0..<rows {
        // Each side by its own formula: 1 - σ(s) loses all digits where σ(s) is near 1.
        out[2 * row] = sigmoid(-x[row])
        out[2 * row + 1] = sigmoid(x[row])
      }
    case .softmax: for row in 0..<rows { softmax(x + row * width, out + row * width) }
    }
  }

  /// Shifted by the largest score, so that nothing overflows.
  private func softmax(_ x: Vector, _ out: Vector) {
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
}
