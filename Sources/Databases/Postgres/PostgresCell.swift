import Formats
import Notation
import Tables

/// Reads cells as a server sends them in binary.
enum PostgresCell {
  /// Puts a cell into its column; nil stands for none. False for bytes that are no value of the type.
  static func append(_ bytes: UnsafeRawBufferPointer?, _ type: PostgresType, to column: inout LooseColumn) -> Bool {
    guard let bytes else {
      column.appendMissing()
      return true
    }
    switch type {
    case .text:
      bytes.withMemoryRebound(to: UInt8.self) { column.append(text: $0) }
      return true
    case .numeric: return append(decimal: bytes, to: &column)
    case .bool:
      guard bytes.count == 1 else { return false }
      column.append(bytes[0] != 0)
    case .int2:
      guard let value = whole(bytes, Int16.self) else { return false }
      column.append(Int64(value))
    case .int4:
      guard let value = whole(bytes, Int32.self) else { return false }
      column.append(Int64(value))
    case .oid:
      guard let value = whole(bytes, UInt32.self) else { return false }
      column.append(Int64(value))
    case .int8:
      guard let value = whole(bytes, Int64.self) else { return false }
      column.append(value)
    case .float4:
      guard let value = whole(bytes, UInt32.self) else { return false }
      column.append(Double(Float(bitPattern: value)))
    case .float8:
      guard let value = whole(bytes, UInt64.self) else { return false }
      column.append(Double(bitPattern: value))
    case .date:
      guard let value = whole(bytes, Int32.self) else { return false }
      append(days: value, to: &column)
    case .timestamp:
      guard let value = whole(bytes, Int64.self) else { return false }
      append(microseconds: value, to: &column)
    }
    return true
  }

  /// A number in the order of bytes of the network; nil where there are too many or too few.
  private static func whole<Value: FixedWidthInteger>(_ bytes: UnsafeRawBufferPointer, _: Value.Type) -> Value? {
    guard bytes.count == MemoryLayout<Value>.size else { return nil }
    return Value(bigEndian: bytes.loadUnaligned(as: Value.self))
  }

  // MARK: Dates

  /// 2000-01-01, from which a server counts, in days since 1970-01-01.
  private static let epoch: Int32 = 10_957
  private static let day: Int64 = 86_400_000_000
  /// The years -9999 to 9999 in days since 1970-01-01.
  private static let calendar = CivilDate.days(-9_999, 1, 1)...CivilDate.days(9_999, 12, 31)

  private static func append(days: Int32, to column: inout LooseColumn) {
    let (value, overflow) = days.addingReportingOverflow(epoch)
    if overflow || !calendar.contains(value) { column.appendUnbounded() } else { column.append(days: value) }
  }

  private static func append(microseconds: Int64, to column: inout LooseColumn) {
    let (value, overflow) = microseconds.addingReportingOverflow(Int64(epoch) * day)
    let first = Int64(calendar.lowerBound) * day
    let end = (Int64(calendar.upperBound) + 1) * day
    if overflow || value < first || value >= end {
      column.appendUnbounded()
    } else {
      column.append(microseconds: value)
    }
  }

  // MARK: Decimal numbers

  /// Whether a float would not be the number that is written: a sample that holds such makes its column text.
  static func losesDigits(_ bytes: UnsafeRawBufferPointer?) -> Bool {
    guard let bytes, let text = number(bytes) else { return false }
    if Int64(text) != nil { return false }
    return exactDouble(text) == nil
  }

  /// The text of a number; nil for `NaN` and `Infinity`.
  private static func number(_ bytes: UnsafeRawBufferPointer) -> String? {
    guard let last = bytes.last, last >= UInt8(ascii: "0"), last <= UInt8(ascii: "9") else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func append(decimal bytes: UnsafeRawBufferPointer, to column: inout LooseColumn) -> Bool {
    if column.type == .any {
      bytes.withMemoryRebound(to: UInt8.self) { column.append(text: $0) }
      return true
    }
    guard let text = number(bytes) else {
      column.appendUnbounded()
      return true
    }
    if column.type == .of(.text) {
      bytes.withMemoryRebound(to: UInt8.self) { column.append(text: $0) }
    } else if let whole = wholePart(text) {
      column.append(whole)
    } else if let value = exactDouble(text) {
      column.append(value)
    } else {
      column.append(misfit: text)
    }
    return true
  }

  /// `12` and `12.00` as an int.
  private static func wholePart(_ text: String) -> Int64? {
    guard let point = text.firstIndex(of: ".") else { return Int64(text) }
    return text[text.index(after: point)...].allSatisfy { $0 == "0" } ? Int64(text[..<point]) : nil
  }

  /// The float that is written with the same digits; nil where there is none.
  private static func exactDouble(_ text: String) -> Double? {
    guard let value = Double(text), value.isFinite else { return nil }
    return DecimalDigits(text) == DecimalDigits("\(value)") ? value : nil
  }
}

/// The digits of a decimal number without zeros around them, and the power of ten of the last one.
private struct DecimalDigits: Equatable {
  private var digits: [UInt8] = []
  private var exponent = 0
  private let isNegative: Bool

  init(_ text: String) {
    isNegative = text.hasPrefix("-")
    var isFraction = false
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      switch byte {
      case 0x30...0x39:
        digits.append(byte)
        if isFraction { exponent -= 1 }
      case UInt8(ascii: "."): isFraction = true
      case UInt8(ascii: "e"), UInt8(ascii: "E"):
        exponent += Int(String(decoding: rest, as: UTF8.self)) ?? 0
        rest = rest[rest.endIndex...]
      default: continue
      }
    }
    while digits.last == 0x30 {
      digits.removeLast()
      exponent += 1
    }
    digits = Array(digits.drop { $0 == 0x30 })
    if digits.isEmpty { exponent = 0 }
  }
}
