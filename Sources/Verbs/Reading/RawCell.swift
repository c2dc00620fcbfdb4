import Descriptions
import Tables

extension RawValue {
  /// The value as one cell; nil for lists, records, ranges and calls. A bare word is its text.
  var cell: Tables.Cell? {
    switch self {
    case .missing: .missing
    case .bool(let value): .bool(value)
    case .int(let value): .int(value)
    case .float(let value): .float(value)
    case .text(let text), .word(let text): .text(text)
    case .date(let days): .date(days)
    case .datetime(let microseconds): .datetime(microseconds)
    case .list, .record, .range, .call: nil
    }
  }
}
