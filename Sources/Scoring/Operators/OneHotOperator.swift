import Tables

/// Text to a vector with a one at the word's place, all zeros for an unseen word; with `missingPlace` there is one more place at
/// the end, which is one for a missing cell (without it, missing gives all zeros).
public struct OneHotOperator: Sendable, Hashable {
  public let words: [String]
  public let missingPlace: Bool

  public init(words: [String], missingPlace: Bool) {
    self.words = words
    self.missingPlace = missingPlace
  }

  public var width: Int { words.count + (missingPlace ? 1 : 0) }
}

extension OneHotOperator: GraphOperator {
  static let kind = OperatorKind.oneHot
  static let summary = "A category as ones and zeros"

  func output(_ inputs: [PortType]) -> PortType? { inputs == [.column(.text)] ? .vector(width) : nil }

  func kernel(_ wiring: Wiring, _ compiler: inout GraphCompiler) -> (any OperatorKernel)? {
    let run = VectorLayout.Coded(start: 0, width: width, source: wiring.node, values: nil)
    compiler.lay(wiring.node, as: VectorLayout(width: width, coded: [run]))
    return OneHotKernel(
      wiring: wiring, places: compiler.places(of: wiring.input, in: words),
      missing: missingPlace ? Int32(truncatingIfNeeded: words.count) : -1)
  }

  func write(to writer: inout some OperatorWriter) {
    writer.texts(words)
    writer.bool(missingPlace)
  }

  init<Reader: OperatorReader>(from reader: inout Reader) throws(Reader.Failure) {
    self.init(words: try reader.texts(), missingPlace: try reader.bool())
  }
}

extension GraphBuilder {
  public mutating func oneHot(_ port: ColumnPort, words: [String], missingPlace: Bool) -> VectorPort {
    let op = OneHotOperator(words: words, missingPlace: missingPlace)
    return VectorPort(node: add(.oneHot(op), [port.node], .vector(op.width)), width: op.width)
  }
}

/// Writes one code a row: what takes the vector reads it as codes.
private final class OneHotKernel: OperatorKernel, OperatorWorker {
  let wiring: Wiring
  let places: WordPlaces
  /// The code of a missing cell.
  let missing: Int32

  init(wiring: Wiring, places: WordPlaces, missing: Int32) {
    self.wiring = wiring
    self.places = places
    self.missing = missing
  }

  func run(_ rows: Int, _ registers: GraphRegisters) {
    let found = registers.found(places, registers.columns[wiring.input], rows)
    guard let codes = registers.vectors[wiring.node]?.codes.first else { return }
    for row in 0..<rows { codes[row] = found[row] == WordPlaces.missing ? missing : found[row] }
  }
}
