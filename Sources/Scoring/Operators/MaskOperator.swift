import Expressions
import Kernels

/// A text behind a mask that keeps it from being told; missing stays missing.
public struct MaskOperator: Sendable, Hashable {
  public let rule: MaskRule

  public init(_ rule: MaskRule) { self.rule = rule }
}

extension MaskOperator: GraphOperator {
  static let kind = OperatorKind.mask
  static let summary = "A text as a token, as a hash, encrypted, or starred in part"

  func output(_ inputs: [PortType]) -> PortType? { inputs == [.column(.text)] ? .column(.text) : nil }

  func kernel(_ wiring: Wiring, _ compiler: inout GraphCompiler) throws(GraphError) -> (any OperatorKernel)? {
    do throws(MaskKeyProblem) {
      return MaskKernel(wiring, try rule.ready())
    } catch {
      throw GraphError(step: compiler.nodes[wiring.node].step, .key(error))
    }
  }

  func write(to writer: inout some OperatorWriter) {
    writer.text(rule.name.rawValue)
    writer.optional(rule.key) {
      $0.text($1.place.text)
      $0.fixed($1.check)
    }
  }

  init<Reader: OperatorReader>(from reader: inout Reader) throws(Reader.Failure) {
    let name = try reader.word(MaskRule.Name.self)
    let start = reader.position
    let key = try reader.optional { (reader: inout Reader) throws(Reader.Failure) -> MaskKey in
      let start = reader.position
      guard let place = MaskKey.Place(try reader.text()) else { throw reader.badValue("the place of a key", at: start) }
      return MaskKey(place: place, check: try reader.fixed64())
    }
    switch (name, key) {
    case (.partial, nil): self.init(.partial)
    case (.token, let key?): self.init(.token(key))
    case (.hash, let key?): self.init(.hash(key))
    case (.encrypt, let key?): self.init(.encrypt(key))
    case (.partial, _?), (.token, nil), (.hash, nil), (.encrypt, nil):
      throw reader.inconsistent("the key of a mask", at: start)
    }
  }
}

extension GraphBuilder {
  /// A text behind a mask.
  public mutating func mask(_ text: ColumnPort, _ rule: MaskRule) -> ColumnPort {
    ColumnPort(node: add(.mask(MaskOperator(rule)), [text.node], .column(.text)), type: .text)
  }
}

private final class MaskKernel: OperatorKernel {
  let wiring: Wiring
  let mask: ReadyMask

  init(_ wiring: Wiring, _ mask: ReadyMask) {
    self.wiring = wiring
    self.mask = mask
  }

  func worker(width: Int, arena: TextArena) -> any OperatorWorker { MaskWorker(self, arena) }
}

private final class MaskWorker: OperatorWorker {
  let kernel: MaskKernel
  let arena: TextArena

  init(_ kernel: MaskKernel, _ arena: TextArena) {
    self.kernel = kernel
    self.arena = arena
  }

  func run(_ rows: Int, _ registers: GraphRegisters) {
    let input = registers.columns[kernel.wiring.input]
    let out = registers.columns + kernel.wiring.node
    out.pointee.isClean = true
    for row in 0..<rows {
      guard input.isValid(row) else {
        out.pointee.texts[row] = .empty
        out.pointee.setMissing(row, of: rows, input.state[row])
        continue
      }
      out.pointee.texts[row] = arena.copy(kernel.mask.masked(Array(input.texts[row].bytes)))
    }
  }
}

extension TextArena {
  fileprivate func copy(_ bytes: [UInt8]) -> TextRef {
    guard !bytes.isEmpty else { return .empty }
    let place = allocate(bytes.count)
    bytes.withUnsafeBufferPointer { if let base = $0.baseAddress { place.update(from: base, count: $0.count) } }
    return TextRef(base: place, count: bytes.count)
  }
}
