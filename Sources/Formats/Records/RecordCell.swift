import Notation
import Tables

/// What stands at a key of a record.
enum RecordCell {
  case missing
  case bool(Bool)
  case int(Int64)
  case float(Double)
  /// Digits only, beyond 64 bits, and whether the double is not what they write.
  case big(Double, losesDigits: Bool)
  case text(String)
  /// A text that the column has taken as a moment.
  case moment(DateText.Moment)
  /// Several values: a column takes them as they are written.
  case list

  var kind: RecordKinds {
    switch self {
    case .missing: []
    case .bool: .bool
    case .int(let value): WholeNumber.losesDigits(value) ? [.int, .lossy] : .int
    case .float: .float
    case .big(_, let losesDigits): losesDigits ? [.big, .lossy] : .big
    case .text, .moment: .text
    case .list: .list
    }
  }
}

/// The kinds of value that a key has held.
struct RecordKinds: OptionSet, Hashable {
  let rawValue: UInt8
  static let bool = RecordKinds(rawValue: 1)
  static let int = RecordKinds(rawValue: 2)
  static let float = RecordKinds(rawValue: 4)
  static let big = RecordKinds(rawValue: 8)
  static let text = RecordKinds(rawValue: 16)
  static let list = RecordKinds(rawValue: 32)
  /// Whole numbers whose digits a double does not hold.
  static let lossy = RecordKinds(rawValue: 64)

  /// The narrowest type that loses nothing; nil when there was never a value.
  var type: ColumnType? {
    if isEmpty { return nil }
    if self == .bool { return .bool }
    if isSubset(of: [.int, .lossy]) { return .int }
    // Beside fractions a number is a float, unless digits would be lost by that.
    if contains(.float), isSubset(of: [.int, .float, .big]) { return .float }
    return .text
  }

  /// Numbers of which some would lose digits beside the fractions of the others.
  var areRounded: Bool { isSuperset(of: [.float, .lossy]) && isSubset(of: [.int, .float, .big, .lossy]) }

  /// Why a column of these is text though not all of it is; nil where it is all text, or not text.
  var whyText: String? {
    if type != .text || self == .text { return nil }
    if self == .list { return "lists, kept as they are written" }
    if areRounded { return "whole numbers beside fractions would lose digits, kept as text" }
    if isSubset(of: [.int, .big, .lossy]) { return "whole numbers beyond 64 bits, kept as text" }
    let words: [(RecordKinds, String)] = [
      (.bool, "booleans"), ([.int, .float, .big], "numbers"), (.text, "texts"), (.list, "lists"),
    ]
    return words.filter { !isDisjoint(with: $0.0) }.map(\.1).joined(separator: " and ") + ", kept as text"
  }
}

/// A column that records are read into.
struct RecordField: Sendable {
  let name: String
  /// nil for a column that had no value in the sample.
  let type: ColumnType?
  /// Whether the type was asked for: then texts are read as it.
  let isStated: Bool
  /// Whether it was asked for by whoever takes the rows.
  let isExpected: Bool
  /// Text whose words repeat little in the sample, which is not worth a dictionary.
  var isVaried = false
  var isWanted = true
  /// The offset of moments that are written without one; nil takes them as UTC.
  var zone: ZoneOffset?

  /// How the cells are kept in a block.
  var kind: CellKind {
    if !isWanted { return .skip }
    switch type {
    case .bool: return .bool
    case .int: return isStated ? .int : .number
    case .float: return .float
    case .date: return .date
    case .datetime: return .datetime
    // What nothing has settled is kept as text until the end.
    case nil: return .text
    case .text, .vector: return isVaried ? .text : .dictionary
    }
  }

  /// The cell as the column takes it; nil where it does not fit. `written` is how it stands in the file.
  func taken(_ cell: RecordCell, written: @autoclosure () -> String) -> RecordCell? {
    switch (type, cell) {
    case (_, .missing), (.bool, .bool), (.int, .int), (.float, .float), (.text, .text), (nil, .text): cell
    case (.float, .int(let value)): isStated || !WholeNumber.losesDigits(value) ? .float(Double(value)) : nil
    case (.float, .big(let value, let losesDigits)): isStated || !losesDigits ? .float(value) : nil
    // A column that was found to be whole so far is float from the first fraction on.
    case (.int, .float(let value)): isStated ? whole(value) : cell
    case (.text, _), (nil, _): .text(written())
    case (.bool, .text(let text)), (.int, .text(let text)), (.float, .text(let text)): isStated ? read(text) : nil
    case (.date, .text(let text)), (.datetime, .text(let text)): read(text)
    case (.bool, _), (.int, _), (.float, _), (.date, _), (.datetime, _), (.vector, _): nil
    }
  }

  /// From 2^53 on the digits that were written are no longer known.
  private func whole(_ value: Double) -> RecordCell? {
    abs(value) < 0x1p53 ? Int64(exactly: value).map(RecordCell.int) : nil
  }

  /// A text as the column's type, as liberally as a delimited file is read whose type was stated.
  private func read(_ text: String) -> RecordCell? {
    var bytes = [UInt8](text.utf8)
    let length = bytes.count
    // One byte more, so that there is an address for the empty text too.
    bytes.append(0)
    return bytes.withUnsafeBufferPointer { buffer -> RecordCell? in
      guard let p = buffer.baseAddress else { return nil }
      switch type {
      case .bool: return BoolText.read(p, 0, length, lenient: true).map(RecordCell.bool)
      case .int: return NumberReader.shared.read(p, 0, length, lenient: true).whole.map(RecordCell.int)
      case .float:
        let number = NumberReader.shared.read(p, 0, length, lenient: true)
        return number.kind == .none || number.kind == .infinite ? nil : .float(number.double)
      case .date: return DateText.days(p, 0, length).map { .int(Int64($0)) }
      case .datetime: return DateText.moment(p, 0, length).map(RecordCell.moment)
      case .text, .vector, nil: return nil
      }
    }
  }
}
