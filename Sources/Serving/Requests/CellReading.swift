import Display
import Notation
import Tables

/// Reads single JSON values as cells of a column, without ever guessing: text is no number, a fraction no int.
enum CellReading {
  /// The cell for a value; null is missing. The problem names the column.
  static func cell(_ value: JSONValue, _ field: Field) throws(RequestProblem) -> Cell {
    if value.isNull { return .missing }
    switch field.type {
    case .bool: if case .bool(let bool) = value { return .bool(bool) }
    case .int: return try int(value, field)
    case .float: if let number = value.double { return .float(number) }
    case .text: if case .string(let text) = value { return .text(text) }
    case .date: return try moment(value, field) { DateText.days($0, 0, $1).map(Cell.date) }
    case .datetime:
      // A day alone says no time.
      return try moment(value, field) { bytes, count in
        DateText.days(bytes, 0, count) == nil ? DateText.microseconds(bytes, 0, count).map(Cell.datetime) : nil
      }
    case .vector: return try vector(value, field)
    }
    throw misfit(value, field)
  }

  private static func int(_ value: JSONValue, _ field: Field) throws(RequestProblem) -> Cell {
    if let int = value.int { return .int(int) }
    guard case .double(let number) = value else { throw misfit(value, field) }
    guard number == number.rounded() else { throw misfit(value, field) }
    throw RequestProblem(
      "out-of-range", "'\(shown(field.name))' is \(number), which no 64-bit int holds", field: field.name)
  }

  private static func moment(
    _ value: JSONValue, _ field: Field, _ read: (UnsafePointer<UInt8>, Int) -> Cell?
  ) throws(RequestProblem) -> Cell {
    guard case .string(var text) = value else { throw misfit(value, field) }
    let cell = text.withUTF8 { bytes in bytes.baseAddress.flatMap { read($0, bytes.count) } }
    guard let cell else { throw misfit(value, field) }
    return cell
  }

  private static func vector(_ value: JSONValue, _ field: Field) throws(RequestProblem) -> Cell {
    guard let elements = value.elements else { throw misfit(value, field) }
    let numbers = elements.compactMap(\.double)
    guard numbers.count == elements.count else { throw misfit(value, field) }
    return .vector(numbers)
  }

  private static func misfit(_ value: JSONValue, _ field: Field) -> RequestProblem {
    RequestProblem(
      "wrong-type", "'\(shown(field.name))' is \(described(value)), and the column is of type \(field.type.rawValue)",
      field: field.name, help: "send \(wanted(field.type)), or null where it is missing")
  }

  /// The JSON that a column of that type takes, in words.
  static func wanted(_ type: ColumnType) -> String {
    switch type {
    case .bool: "true or false"
    case .int: "a whole number"
    case .float: "a number"
    case .text: "a string"
    case .date: "a date such as \"2026-01-31\""
    case .datetime: "a moment such as \"2026-01-31T10:00:00Z\""
    case .vector: "a list of numbers"
    }
  }

  /// A value as a message shows it: short, and safe on a terminal.
  static func described(_ value: JSONValue) -> String {
    switch value {
    case .null: "null"
    case .bool(let bool): bool ? "true" : "false"
    case .int(let int): "\(int)"
    case .double(let double): "\(double)"
    case .string(let text): "the text '\(shown(text))'"
    case .array: "a list"
    case .object: "an object"
    }
  }

  /// Text from outside, cut to 60 characters and with control characters escaped.
  static func shown(_ text: String) -> String {
    let cut =
      text.unicodeScalars.count > 60 ? String(String.UnicodeScalarView(text.unicodeScalars.prefix(60))) + "…" : text
    return SafeText.escaped(cut)
  }
}
