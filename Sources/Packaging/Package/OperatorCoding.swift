import Scoring
import Tables

extension ByteWriter: OperatorWriter {
  mutating func op(_ op: Operator) {
    text(op.kind.rawValue)
    op.write(to: &self)
  }
}

extension ByteReader: OperatorReader {
  mutating func op() throws(PackageError) -> Operator {
    let kind = try word(OperatorKind.self)
    return try Operator(kind, from: &self)
  }

  mutating func cells() throws(PackageError) -> [Cell] {
    try list(each: 2) { (reader) throws(PackageError) in try reader.cell() }
  }

  package func badValue(_ what: String, at position: Int) -> PackageError {
    PackageError(offset: position, .badValue(what))
  }

  package func inconsistent(_ what: String, at position: Int) -> PackageError {
    PackageError(offset: position, .inconsistent(what))
  }
}
