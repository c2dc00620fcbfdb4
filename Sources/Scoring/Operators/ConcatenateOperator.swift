import Expressions
import Tables

/// Columns (int, float, bool as 0/1, date as days, datetime as seconds) and vectors side by side as one vector.
public struct ConcatenateOperator: Sendable, Hashable {
  public init() {}
}

extension ConcatenateOperator: GraphOperator {
  static let kind = OperatorKind.concatenate
  static let summary = "Columns and vectors side by side"

  func output(_ inputs: [PortType]) -> PortType? {
    var sum = 0
    for input in inputs {
      switch input {
      case .column(.text), .column(.vector): return nil
      case .column: sum += 1
      case .vector(let width): sum += width
      }
      // A graph from outside could double its width node by node until the sum overflows.
      if sum > Graph.maximumWidth { return nil }
    }
    return inputs.isEmpty ? nil : .vector(sum)
  }

  func kernel(_ wiring: Wiring, _ compiler: inout GraphCompiler) -> (any OperatorKernel)? {
    compiler.lay(wiring.node, as: VectorLayout.joined(wiring.inputs.map { compiler.layouts[$0] }))
    var parts: [ConcatenateKernel.Part] = []
    var next = 0
    for input in wiring.inputs {
      switch compiler.nodes[input].output {
      case .column(let type):
        parts.append(.column(node: input, type, at: next))
        next += 1
      case .vector:
        let width = compiler.layouts[input]?.denseWidth ?? 0
        if width > 0 { parts.append(.vector(node: input, width: width, at: next)) }
        next += width
      }
    }
    return ConcatenateKernel(node: wiring.node, parts: parts)
  }

  func write(to writer: inout some OperatorWriter) {}

  init<Reader: OperatorReader>(from reader: inout Reader) throws(Reader.Failure) { self.init() }
}

extension GraphBuilder {
  public mutating func concatenate(_ ports: [Port]) -> VectorPort {
    let width = ports.reduce(0) { sum, port in
      if case .vector(let vector) = port { sum + vector.width } else { sum + 1 }
    }
    let node = add(.concatenate(ConcatenateOperator()), ports.map(\.node), .vector(width))
    return VectorPort(node: node, width: width)
  }
}

extension VectorLayout {
  /// Vectors and single places side by side: nil stands for a single place.
  fileprivate static func joined(_ parts: [VectorLayout?]) -> VectorLayout {
    var width = 0
    var coded: [Coded] = []
    for part in parts {
      for run in part?.coded ?? [] {
        coded.append(Coded(start: width + run.start, width: run.width, source: run.source, values: run.values))
      }
      width += part?.width ?? 1
    }
    return VectorLayout(width: width, coded: coded)
  }
}

private final class ConcatenateKernel: OperatorKernel, OperatorWorker {
  /// Where a part of the input goes among the dense places.
  enum Part: Sendable {
    case column(node: Int, ColumnType, at: Int)
    case vector(node: Int, width: Int, at: Int)
  }

  let node: Int
  let parts: [Part]

  init(node: Int, parts: [Part]) {
    self.node = node
    self.parts = parts
  }

  func run(_ rows: Int, _ registers: GraphRegisters) {
    guard let out = registers.vectors[node] else { return }
    for part in parts {
      switch part {
      case .column(let node, let type, let place):
        Self.place(registers.columns[node], type, rows, out.dense + place, stride: out.stride)
      case .vector(let node, let width, let place):
        guard let x = registers.vectors[node]?.dense else { continue }
        for row in 0..<rows { (out.dense + place + row * out.stride).update(from: x + row * width, count: width) }
      }
    }
  }

  /// A column in one place of each row.
  private static func place(
    _ block: CellBlock, _ type: ColumnType, _ rows: Int, _ out: UnsafeMutablePointer<Double>, stride: Int
  ) {
    switch type {
    case .bool: for i in 0..<rows { out[i * stride] = Double(block.bools[i]) }
    case .int, .date: for i in 0..<rows { out[i * stride] = Double(block.ints[i]) }
    case .datetime: for i in 0..<rows { out[i * stride] = Double(block.ints[i]) / 1e6 }
    case .float: for i in 0..<rows { out[i * stride] = block.floats[i] }
    // Such columns are refused by `output`.
    case .text, .vector: for i in 0..<rows { out[i * stride] = .nan }
    }
    if block.isClean { return }
    for i in 0..<rows where block.state[i] != 0 { out[i * stride] = .nan }
  }
}
