import Expressions
import Tables

/// A vector of probabilities to the class: the largest (the first of equals), or with `threshold`, for two classes, the second when
/// its probability is at least that. Gives a column of the classes' type.
public struct DecideOperator: Sendable, Hashable {
  public let classes: [Cell]
  public let threshold: Double?

  public init(classes: [Cell], threshold: Double?) {
    self.classes = classes
    self.threshold = threshold
  }
}

extension DecideOperator: GraphOperator {
  static let kind = OperatorKind.decide
  static let summary = "Probabilities to a class"

  func output(_ inputs: [PortType]) -> PortType? {
    guard let type = classes.first?.type, type != .vector, classes.allSatisfy({ $0.type == type }),
      inputs == [.vector(classes.count)], threshold == nil || classes.count == 2
    else { return nil }
    return .column(type)
  }

  func kernel(_ wiring: Wiring, _ compiler: inout GraphCompiler) -> (any OperatorKernel)? {
    DecideKernel(wiring, ClassCells(classes), threshold, width: compiler.whole(wiring.input))
  }

  func write(to writer: inout some OperatorWriter) {
    writer.list(classes) { $0.cell($1) }
    writer.optional(threshold) { $0.double($1) }
  }

  init<Reader: OperatorReader>(from reader: inout Reader) throws(Reader.Failure) {
    let classes = try reader.list(each: 2) { (reader: inout Reader) throws(Reader.Failure) in try reader.cell() }
    let threshold = try reader.optional { (reader: inout Reader) throws(Reader.Failure) in try reader.double() }
    self.init(classes: classes, threshold: threshold)
  }
}

extension GraphBuilder {
  public mutating func decide(_ port: VectorPort, classes: [Cell], threshold: Double?) -> ColumnPort {
    let type = classes.first?.type ?? .text
    let node = add(.decide(DecideOperator(classes: classes, threshold: threshold)), [port.node], .column(type))
    return ColumnPort(node: node, type: type)
  }
}

/// The classes as the cells of a prediction.
private final class ClassCells: Sendable {
  private let cells: [Cell]
  nonisolated(unsafe) private let arena: TextArena
  nonisolated(unsafe) private let texts: [TextRef]

  init(_ cells: [Cell]) {
    self.cells = cells
    let arena = TextArena()
    self.arena = arena
    texts = cells.map { if case .text(let word) = $0 { arena.copy(word) } else { .empty } }
  }

  /// Puts class `place` in a row of a block of the classes' type.
  func write(_ place: Int, to block: CellBlock, _ row: Int) {
    switch cells[place] {
    case .bool(let value): block.bools[row] = value ? 1 : 0
    case .int(let value), .datetime(let value): block.ints[row] = value
    case .date(let value): block.ints[row] = Int64(value)
    case .float(let value): block.floats[row] = value
    case .text: block.texts[row] = texts[place]
    case .missing, .vector: break
    }
  }
}

private final class DecideKernel: OperatorKernel, OperatorWorker {
  let wiring: Wiring
  let classes: ClassCells
  let threshold: Double?
  let width: Int

  init(_ wiring: Wiring, _ classes: ClassCells, _ threshold: Double?, width: Int) {
    self.wiring = wiring
    self.classes = classes
    self.threshold = threshold
    self.width = width
  }

  func run(_ rows: Int, _ registers: GraphRegisters) {
    guard let x = registers.vectors[wiring.input] else { return }
    registers.columns[wiring.node].isClean = true
    for row in 0..<rows {
      if let place = choice(registers.whole(row, of: wiring.input, x)) {
        classes.write(place, to: registers.columns[wiring.node], row)
      } else {
        registers.columns[wiring.node].setMissing(row, of: rows)
      }
    }
  }

  /// The class of a row; nil where a probability is missing.
  private func choice(_ x: UnsafeMutablePointer<Double>) -> Int? {
    for i in 0..<width where x[i].isNaN { return nil }
    if let threshold { return x[1] >= threshold ? 1 : 0 }
    var best = 0
    for i in 1..<max(1, width) where x[i] > x[best] { best = i }
    return best
  }
}
