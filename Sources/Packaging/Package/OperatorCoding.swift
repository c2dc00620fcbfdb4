import Scoring
import Tables

extension ByteWriter {
  mutating func op(_ op: Operator) {
    text(op.kind.rawValue)
    switch op {
    case .input(let name, let type):
      text(name)
      text(type.rawValue)
    case .expression(let value): expression(value)
    case .lookup(let words, let unseen):
      texts(words)
      double(unseen)
    case .oneHot(let words, let missingPlace):
      texts(words)
      bool(missingPlace)
    case .concatenate: break
    case .fill(let values), .constant(let values): doubles(values)
    case .affine(let scale, let offset):
      doubles(scale)
      doubles(offset)
    case .linear(let weights, let intercepts):
      list(weights) { $0.doubles($1) }
      doubles(intercepts)
    case .trees(let ensemble): trees(ensemble)
    case .link(let link): text(link.rawValue)
    case .decide(let classes, let threshold):
      list(classes) { $0.cell($1) }
      optional(threshold) { $0.double($1) }
    case .element(let place): int(place)
    }
  }
}

extension ByteReader {
  mutating func op() throws(PackageError) -> Operator {
    switch try word(OperatorKind.self) {
    case .input: .input(try text(), try word(ColumnType.self))
    case .expression: .expression(try expression())
    case .lookup: .lookup(words: try texts(), unseen: try double())
    case .oneHot: .oneHot(words: try texts(), missingPlace: try bool())
    case .concatenate: .concatenate
    case .fill: .fill(try doubles())
    case .affine: .affine(scale: try doubles(), offset: try doubles())
    case .linear: .linear(weights: try matrix(), intercepts: try doubles())
    case .trees: .trees(try trees())
    case .constant: .constant(try doubles())
    case .link: .link(try word(Link.self))
    case .decide:
      .decide(
        classes: try cells(), threshold: try optional { (reader) throws(PackageError) in try reader.double() })
    case .element: .element(try int())
    }
  }

  mutating func cells() throws(PackageError) -> [Cell] {
    try list(each: 2) { (reader) throws(PackageError) in try reader.cell() }
  }

  private mutating func matrix() throws(PackageError) -> [[Double]] {
    try list(each: 1) { (reader) throws(PackageError) in try reader.doubles() }
  }
}
