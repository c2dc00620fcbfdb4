import Expressions
import Tables

/// Text to the place of the word in `words` as a float column; a word that is not there gives `unseen` and a missing cell stays
/// missing.
public struct LookupOperator: Sendable, Hashable {
  public let words: [String]
  public let unseen: Double

  public init(words: [String], unseen: Double) {
    self.words = words
    self.unseen = unseen
  }
}

extension LookupOperator: GraphOperator {
  static let kind = OperatorKind.lookup
  static let summary = "A category's place in a list"

  func output(_ inputs: [PortType]) -> PortType? { inputs == [.column(.text)] ? .column(.float) : nil }

  func kernel(_ wiring: Wiring, _ compiler: inout GraphCompiler) -> (any OperatorKernel)? {
    LookupKernel(wiring: wiring, places: compiler.places(of: wiring.input, in: words), unseen: unseen)
  }

  func write(to writer: inout some OperatorWriter) {
    writer.texts(words)
    writer.double(unseen)
  }

  init<Reader: OperatorReader>(from reader: inout Reader) throws(Reader.Failure) {
    self.init(words: try reader.texts(), unseen: try reader.double())
  }
}

extension GraphBuilder {
  /// The place of a column's text among `words`; asked again for the same words of the same port it is the same node.
  public mutating func lookup(_ port: ColumnPort, words: [String], unseen: Double = -1) -> ColumnPort {
    let lookup = SharedLookup(input: port.node, unseen: unseen, words: WordList(words))
    let op = Operator.lookup(LookupOperator(words: words, unseen: unseen))
    let node = lookups[lookup] ?? add(op, [port.node], .column(.float))
    lookups[lookup] = node
    return ColumnPort(node: node, type: .float)
  }
}

private final class LookupKernel: OperatorKernel, OperatorWorker {
  let wiring: Wiring
  let places: WordPlaces
  let unseen: Double

  init(wiring: Wiring, places: WordPlaces, unseen: Double) {
    self.wiring = wiring
    self.places = places
    self.unseen = unseen
  }

  func run(_ rows: Int, _ registers: GraphRegisters) {
    let input = registers.columns[wiring.input]
    let found = registers.found(places, input, rows)
    registers.columns[wiring.node].isClean = input.isClean
    let out = registers.columns[wiring.node]
    if !input.isClean { out.state.update(from: input.state, count: rows) }
    for row in 0..<rows {
      let place = found[row]
      if place >= 0 {
        out.floats[row] = Double(place)
      } else {
        out.floats[row] = place == WordPlaces.missing ? 0 : unseen
      }
    }
  }
}
