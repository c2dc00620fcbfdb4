import Notation
import Tables

/// A date format in the directives of C's `strptime`: `%Y %y %m %d %j %b %B %H %I %M %S %f %p %z %%`.
///
/// A space stands for any white space; other characters stand for themselves. Names of months are English. A word of `DateReading` is a
/// format too.
struct DateFormat: Sendable {
  private enum Part: Sendable {
    case directive(UInt8)
    case byte(UInt8)
    case space
  }

  private let parts: [Part]
  private let order: DateReading?
  /// The offset of what is written without one; nil takes it as UTC.
  private let zone: ZoneOffset?
  /// No format was given: a text is read as it stands in files.
  private let isOfFiles: Bool

  /// An empty format is that of files; `zone` is an offset, or empty for none.
  init(_ format: String, zone: String = "") throws(ExpressionError) {
    self.zone = zone.isEmpty ? nil : ZoneOffset(zone)
    if self.zone == nil, !zone.isEmpty { throw .badZone(zone) }
    order = DateReading(rawValue: format)
    isOfFiles = format.isEmpty
    guard order == nil else {
      parts = []
      return
    }
    var parts: [Part] = []
    var isDirective = false
    for byte in format.utf8 {
      if isDirective {
        guard "YymdjbBHIMSfpz%".utf8.contains(byte) else { throw .badFormat(format) }
        parts.append(byte == 0x25 ? .byte(byte) : .directive(byte))
        isDirective = false
      } else if byte == 0x25 {
        isDirective = true
      } else {
        parts.append(byte == 0x20 ? .space : .byte(byte))
      }
    }
    guard !isDirective else { throw .badFormat(format) }
    self.parts = parts
  }

  private struct Fields {
    var year = 1970
    var month = 1
    var day = 1
    var dayOfYear: Int?
    var hour = 0
    var minute = 0
    var second = 0
    var fraction: Int64 = 0
    var afternoon: Bool?
    var zone: Int64?
  }

  /// The moment; nil where the whole text is not of the format or the day is not on the calendar.
  func moment(_ text: TextRef) -> DateText.Moment? {
    guard let zone else { return written(text) }
    return written(text).map(zone.settled)
  }

  private func written(_ text: TextRef) -> DateText.Moment? {
    if let order { return order.moment(text) }
    if isOfFiles { return text.moment() }
    var reader = TextReader(text.trimmed())
    var fields = Fields()
    for part in parts {
      switch part {
      case .byte(let byte): guard reader.take(byte) else { return nil }
      case .space: while reader.next == 0x20 || reader.next == 0x09 { reader.place += 1 }
      case .directive(let directive): guard read(directive, &reader, &fields) else { return nil }
      }
    }
    guard reader.isAtEnd, let moment = Self.moment(fields) else { return nil }
    return DateText.Moment(microseconds: moment, hasOffset: fields.zone != nil)
  }

  private func read(_ directive: UInt8, _ reader: inout TextReader, _ fields: inout Fields) -> Bool {
    switch Character(Unicode.Scalar(directive)) {
    case "Y": return Self.set(&fields.year, reader.digits(1, 4))
    case "y":
      // POSIX: 69 … 99 are of the last century.
      return Self.set(&fields.year, reader.digits(2, 2).map { $0 + ($0 < 69 ? 2000 : 1900) })
    case "m": return Self.set(&fields.month, reader.digits(1, 2))
    case "d": return Self.set(&fields.day, reader.digits(1, 2))
    case "j":
      fields.dayOfYear = reader.digits(1, 3)
      return fields.dayOfYear != nil
    case "b", "B": return Self.set(&fields.month, Self.monthName(&reader))
    case "H", "I": return Self.set(&fields.hour, reader.digits(1, 2))
    case "M": return Self.set(&fields.minute, reader.digits(1, 2))
    case "S": return Self.set(&fields.second, reader.digits(1, 2))
    case "f": return Self.set(&fields.fraction, reader.fraction())
    case "z":
      fields.zone = reader.zone()
      return fields.zone != nil
    // any other directive that a format may hold: %p
    default:
      guard let letter = reader.next.map({ $0 | 0x20 }), letter == 0x61 || letter == 0x70 else { return false }
      fields.afternoon = letter == 0x70
      reader.place += 1
      return reader.take(0x6D) || reader.take(0x4D)
    }
  }

  private static func set<Value>(_ field: inout Value, _ value: Value?) -> Bool {
    guard let value else { return false }
    field = value
    return true
  }

  /// The full name or its first three letters.
  private static func monthName(_ reader: inout TextReader) -> Int? {
    var letters: [UInt8] = []
    while let byte = reader.next, (0x61...0x7A).contains(byte | 0x20), letters.count < 9 {
      letters.append(byte | 0x20)
      reader.place += 1
    }
    return DateNames.month(letters)
  }

  private static func moment(_ fields: Fields) -> Int64? {
    var hour = fields.hour
    if let afternoon = fields.afternoon {
      guard (1...12).contains(hour) else { return nil }
      hour = hour % 12 + (afternoon ? 12 : 0)
    }
    guard hour <= 23, fields.minute <= 59, fields.second <= 59 else { return nil }
    var date = CivilDate(year: fields.year, month: fields.month, day: fields.day)
    if let day = fields.dayOfYear {
      guard day >= 1, day <= (CivilDate.isLeap(fields.year) ? 366 : 365) else { return nil }
      let first = CivilDate(year: fields.year, month: 1, day: 1)
      date = first.map { CivilDate(days: $0.days + Int32(day - 1)) }
    }
    guard let date, let start = Moment.ofDay(Int64(date.days)) else { return nil }
    let seconds = Int64(hour * 3600 + fields.minute * 60 + fields.second) - (fields.zone ?? 0)
    return start + seconds * Moment.second + fields.fraction
  }
}
