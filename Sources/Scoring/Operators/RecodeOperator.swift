import Expressions

/// A text by a table: where the first input is one of `words`, what stands in its place, nil being missing; where it is none of them, or
/// missing, the second input.
public struct RecodeOperator: Sendable, Hashable {
  public let words: [String]
  public let values: [String?]

  public init(words: [String], values: [String?]) {
    self.words = words
    self.values = values
  }
}

extension RecodeOperator: GraphOperator {
  static let kind = OperatorKind.recode
  static let summary = "A text by a table, or another where the table has none"

  func output(_ inputs: [PortType]) -> PortType? {
    inputs == [.column(.text), .column(.text)] && words.count == values.count ? .column(.text) : nil
  }

  func kernel(_ wiring: Wiring, _ compiler: inout GraphCompiler) -> (any OperatorKernel)? {
    RecodeKernel(wiring, compiler.places(of: wiring.input, in: words), values)
  }

  func write(to writer: inout some OperatorWriter) {
    writer.texts(words)
    writer.list(values) { writer, value in writer.optional(value) { $0.text($1) } }
  }

  init<Reader: OperatorReader>(from reader: inout Reader) throws(Reader.Failure) {
    let words = try reader.texts()
    let values = try reader.list(each: 1) { (reader: inout Reader) throws(Reader.Failure) in
      try reader.optional { (reader: inout Reader) throws(Reader.Failure) in try reader.text() }
    }
    self.init(words: words, values: values)
  }
}

extension GraphBuilder {
  /// What the table has for the text of `key`, and the text of `other` where it has nothing.
  public mutating func recode(
    _ key: ColumnPort, words: [String], values: [String?], else other: ColumnPort
  ) -> ColumnPort {
    let op = Operator.recode(RecodeOperator(words: words, values: values))
    return ColumnPort(node: add(op, [key.node, other.node], .column(.text)), type: .text)
  }
}

private final class RecodeKernel: OperatorKernel, OperatorWorker {
  let wiring: Wiring
  let places: WordPlaces
  /// Holds the texts of the table as long as there is a kernel.
  nonisolated(unsafe) private let arena: TextArena
  nonisolated(unsafe) private let texts: [TextRef?]

  init(_ wiring: Wiring, _ places: WordPlaces, _ values: [String?]) {
    self.wiring = wiring
    self.places = places
    let arena = TextArena()
    self.arena = arena
    texts = values.map { $0.map(arena.copy) }
  }

  func run(_ rows: Int, _ registers: GraphRegisters) {
    let found = registers.found(places, registers.columns[wiring.input], rows)
    let other = registers.columns[wiring.inputs[1]]
    let out = registers.columns + wiring.node
    out.pointee.isClean = true
    for row in 0..<rows {
      let place = Int(found[row])
      if place >= 0 {
        out.pointee.texts[row] = texts[place] ?? .empty
        if texts[place] == nil { out.pointee.setMissing(row, of: rows) }
      } else if other.isValid(row) {
        out.pointee.texts[row] = other.texts[row]
      } else {
        out.pointee.texts[row] = .empty
        out.pointee.setMissing(row, of: rows, other.state[row])
      }
    }
  }
}
