import Notation
import Tables

/// The forms that the cells of a column were seen to have.
struct CellShape: OptionSet, Sendable {
  let rawValue: UInt16

  static let bool = CellShape(rawValue: 1)
  static let int = CellShape(rawValue: 2)
  static let float = CellShape(rawValue: 4)
  /// Whole numbers beyond 64 bits.
  static let big = CellShape(rawValue: 8)
  static let infinite = CellShape(rawValue: 16)
  static let date = CellShape(rawValue: 32)
  static let datetime = CellShape(rawValue: 64)
  static let text = CellShape(rawValue: 128)
  /// Whole numbers whose digits a double does not hold.
  static let lossy = CellShape(rawValue: 256)
  /// Digits, an e and digits, as in `12e45`: a number, or a code of hexadecimal digits.
  static let code = CellShape(rawValue: 512)
  private static let numbers: CellShape = [.int, .float, .big, .infinite, .lossy, .code]

  /// The form of one cell that is not empty; `order` is that of dates of numbers, nil where these are text.
  static func of(
    _ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ reader: NumberReader, _ order: DateOrder? = nil
  ) -> CellShape {
    let (start, end) = trimmed(p, start, end)
    let number = reader.read(p, start, end, lenient: false)
    switch number.kind {
    case .int: return WholeNumber.losesDigits(number, p, start, end) ? [.int, .lossy] : .int
    case .float: return isCode(p, start, end) ? .code : .float
    case .big: return WholeNumber.losesDigits(number, p, start, end) ? [.big, .lossy] : .big
    case .infinite: return isCode(p, start, end) ? [.code, .infinite] : .infinite
    case .none: break
    }
    if BoolText.read(p, start, end, lenient: false) != nil { return .bool }
    if DateText.days(p, start, end) != nil { return .date }
    if DateText.microseconds(p, start, end) != nil { return .datetime }
    if let order, let date = NumberedDate(p, start, end), date.moment(order) != nil {
      return date.hasTime ? .datetime : .date
    }
    return .text
  }

  /// The type that holds all of them; nil when no cell spoke.
  ///
  /// Numbers beyond 64 bits, and cells such as `12e45`, make a column text unless fractions show that it holds measurements: they may
  /// be ids. Whole numbers beside fractions make it text where digits would be lost.
  var type: ColumnType? {
    if isEmpty { return nil }
    if self == .bool { return .bool }
    if self == .date { return .date }
    if isSubset(of: [.date, .datetime]) { return .datetime }
    guard isSubset(of: Self.numbers), self != .infinite else { return .text }
    if contains(.float) { return contains(.lossy) ? .text : .float }
    if contains(.big) || contains(.code) { return .text }
    return contains(.infinite) && !contains(.lossy) ? .float : .int
  }

  /// Whether a text that is a number is digits, an e and digits.
  static func isCode(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    var at = start
    while at < end, p[at] &- 0x30 <= 9 { at &+= 1 }
    return at > start && at &+ 1 < end && p[at] | 0x20 == 0x65 && p[at &+ 1] &- 0x30 <= 9
  }

  /// Without the spaces and tabs around it.
  @inline(__always)
  static func trimmed(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> (Int, Int) {
    var (start, end) = (start, end)
    while start < end, p[start] == 0x20 || p[start] == 0x09 { start &+= 1 }
    while start < end, p[end &- 1] == 0x20 || p[end &- 1] == 0x09 { end &-= 1 }
    return (start, end)
  }
}

/// Reads truth values.
enum BoolText {
  private static let truths = ["1", "t", "yes", "y"]
  private static let falsehoods = ["0", "f", "no", "n"]

  /// `true` or `false` in any case; where the type was stated also `1 0 t f yes no y n`.
  static func read(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, lenient: Bool) -> Bool? {
    let length = end - start
    if length == 4, matches(p + start, "true") { return true }
    if length == 5, matches(p + start, "false") { return false }
    guard lenient, length > 0, length <= 3 else { return nil }
    let word = String(decoding: UnsafeBufferPointer(start: p + start, count: length), as: UTF8.self).lowercased()
    return truths.contains(word) ? true : falsehoods.contains(word) ? false : nil
  }

  @inline(__always)
  private static func matches(_ p: UnsafePointer<UInt8>, _ word: StaticString) -> Bool {
    for index in 0..<word.utf8CodeUnitCount where p[index] | 0x20 != word.utf8Start[index] { return false }
    return true
  }
}
