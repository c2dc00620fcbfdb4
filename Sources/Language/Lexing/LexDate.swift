import Diagnostics
import Notation

extension Lexer {
  /// `@2026-01-31` or `@2026-01-31T10:00:00Z`; a time may have a fraction of up to six digits and an offset for `Z`.
  mutating func scanDate() {
    let start = index
    index += 1
    guard let year = scanDigits(4), scanByte("-"), let month = scanDigits(2), scanByte("-"), let day = scanDigits(2)
    else { return reportDate(from: start, "a date is written @2026-01-31") }
    guard year >= 1, let date = CivilDate(year: year, month: month, day: day) else {
      return reportDate(from: start, "there is no such day in the calendar")
    }
    if byteAhead(0) == UInt8(ascii: "T") { return scanTime(of: date, from: start) }
    guard index >= bytes.count || nameScalarLength(index) == nil else {
      return reportDate(from: start, "a date is written @2026-01-31")
    }
    append(.literal(.date(days: Int(date.days))), from: start)
  }

  private mutating func scanTime(of date: CivilDate, from start: Int) {
    index += 1
    guard let hour = scanDigits(2), scanByte(":"), let minute = scanDigits(2), scanByte(":"), let second = scanDigits(2)
    else { return reportDate(from: start, "a time is written @2026-01-31T10:00:00Z") }
    guard hour < 24, minute < 60, second < 60 else { return reportDate(from: start, "there is no such time of day") }
    guard let fraction = scanFraction(), let offset = scanOffset(),
      index >= bytes.count || nameScalarLength(index) == nil
    else { return reportDate(from: start, "end it with Z, or with an offset such as +01:00") }
    let seconds = Int64(Int(date.days) * 86_400 + hour * 3_600 + minute * 60 + second - offset * 60)
    let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    guard (Int64(CivilDate.days(1, 1, 1))...Int64(CivilDate.days(9999, 12, 31))).contains(days) else {
      return reportDate(from: start, "in UTC it is outside the years 1 to 9999")
    }
    append(.literal(.datetime(microseconds: seconds * 1_000_000 + fraction)), from: start)
  }

  /// The fraction of a second in microseconds; 0 if there is none, nil if it has no digits or more than six.
  private mutating func scanFraction() -> Int64? {
    guard byteAhead(0) == .dot else { return 0 }
    index += 1
    var value: Int64 = 0
    var count = 0
    while index < bytes.count, bytes[index].isDigit, count < 6 {
      value = value * 10 + Int64(bytes[index] - 48)
      index += 1
      count += 1
    }
    guard count > 0, index >= bytes.count || !bytes[index].isDigit else { return nil }
    for _ in count..<6 { value *= 10 }
    return value
  }

  /// Minutes east of Greenwich: 0 for `Z`.
  private mutating func scanOffset() -> Int? {
    let sign = byteAhead(0)
    if scanByte("Z") { return 0 }
    guard scanByte("+") || scanByte("-"), let hours = scanDigits(2), scanByte(":"), let minutes = scanDigits(2)
    else { return nil }
    guard hours < 24, minutes < 60 else { return nil }
    return (sign == UInt8(ascii: "-") ? -1 : 1) * (hours * 60 + minutes)
  }

  private mutating func scanDigits(_ count: Int) -> Int? {
    var value = 0
    for _ in 0..<count {
      guard index < bytes.count, bytes[index].isDigit else { return nil }
      value = value * 10 + Int(bytes[index] - 48)
      index += 1
    }
    return value
  }

  private mutating func scanByte(_ character: Unicode.Scalar) -> Bool {
    guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  private mutating func reportDate(from start: Int, _ label: String) {
    while index < bytes.count, let length = dateScalarLength() { index += length }
    let range = SourceRange(start, index)
    sink.report(.badDate, "'\(text(from: start, to: index))' is not a date", at: range, label: label)
    append(.literal(.date(days: 0)), from: start)
  }

  /// What a reader takes as part of a mistyped date: letters, digits, `-`, `:`, and a `.` that is not of `..`.
  private func dateScalarLength() -> Int? {
    let byte = bytes[index]
    if byte == UInt8(ascii: "-") || byte == UInt8(ascii: ":") { return byteAhead(1).isDigit ? 1 : nil }
    if byte == .dot { return byteAhead(1).isDigit ? 1 : nil }
    return nameScalarLength(index)
  }
}
