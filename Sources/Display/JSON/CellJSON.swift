import Notation
import Tables

extension JSONValue {
  /// A cell: missing is null, dates are ISO 8601 text, a vector is an array, a number that JSON cannot hold is null.
  public init(_ cell: Cell) {
    switch cell {
    case .missing: self = .null
    case .bool(let value): self = .bool(value)
    case .int(let value): self = .int(value)
    case .float(let value): self.init(number: value)
    case .text(let value): self = .string(value)
    case .date, .datetime: self = .string(cell.description)
    case .vector(let values): self = .array(values.map(JSONValue.init(number:)))
    }
  }
}
