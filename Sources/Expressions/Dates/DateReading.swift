import Notation

/// The order of day, month and year in dates as people write them: with any marks between, names of months, a time behind.
///
/// As the format of `date` and `datetime` it takes what is in this order, and besides what has the year first in four digits. `mixed` takes
/// what can be read in one way only: 25/03/2024 and 03/25/2024, but not 04/03/2024.
public enum DateReading: String, Sendable, Hashable, CaseIterable {
  case dmy, mdy, ymd, mixed

  /// What a text says.
  public enum Reading: Sendable, Hashable {
    /// Microseconds since 1970, and the order in which its day and month stand, where both are numbers and differ.
    case moment(Int64, DateReading?)
    /// It would be another day in another order.
    case twofold
    case none
  }

  /// What the whole of a text says. O(bytes).
  public func reading(_ text: String) -> Reading {
    var text = text
    return text.withUTF8 { bytes in
      guard let base = bytes.baseAddress else { return .none }
      return reading(TextRef(base: base, count: bytes.count))
    }
  }

  func reading(_ text: TextRef) -> Reading {
    var hasOffset = false
    return reading(text, &hasOffset)
  }

  private func reading(_ text: TextRef, _ hasOffset: inout Bool) -> Reading {
    guard var written = WrittenDate(text.trimmed()), let time = written.time() else { return .none }
    hasOffset = written.hasOffset
    var found: (date: CivilDate, order: DateReading)?
    for order in candidates {
      guard let date = written.date(order) else { continue }
      if let found, found.date != date { return .twofold }
      found = found ?? (date, order)
    }
    guard let found, let start = Moment.ofDay(Int64(found.date.days)) else { return .none }
    let (moment, overflow) = start.addingReportingOverflow(time)
    return overflow ? .none : .moment(moment, written.tellsOrder ? found.order : nil)
  }

  private var candidates: [DateReading] { self == .mixed ? [.dmy, .mdy, .ymd] : [self] }

  /// nil for what is no date in this order.
  func moment(_ text: TextRef) -> DateText.Moment? {
    var hasOffset = false
    guard case .moment(let moment, _) = reading(text, &hasOffset) else { return nil }
    return DateText.Moment(microseconds: moment, hasOffset: hasOffset)
  }
}

/// A date's three parts as they stand in a text, and what comes behind.
private struct WrittenDate {
  /// A number with its digits, or the month that a name says.
  private struct Part {
    let value: Int
    let digits: Int
    var isMonth: Bool { digits == 0 }
  }

  private var reader: TextReader
  private var parts: [Part] = []
  /// Whether an offset or the name of UTC stood behind the time.
  private(set) var hasOffset = false

  /// nil where a text does not begin with a date's parts.
  init?(_ text: TextRef) {
    // Longer ones are none, and would be read for nothing.
    guard text.count <= 64 else { return nil }
    reader = TextReader(text)
    skipWeekday()
    while parts.count < 3 {
      guard let part = part(), !(part.isMonth && parts.contains(where: \.isMonth)) else { return nil }
      parts.append(part)
      if part.digits == 8, parts.count == 1 { break }
      guard part.digits <= 4 else { return nil }
      if parts.count < 3, !skipMarks() { return nil }
    }
  }

  /// Whether day and month are numbers that could be exchanged.
  var tellsOrder: Bool {
    guard parts.count == 3, !parts.contains(where: \.isMonth), parts[0].digits < 3 else { return false }
    return parts[0].value != parts[1].value
  }

  // MARK: Parts

  private mutating func part() -> Part? {
    let start = reader.place
    if let value = reader.digits(1, 9) {
      let digits = reader.place - start
      skipOrdinal()
      return Part(value: value, digits: digits)
    }
    guard let month = DateNames.month(word()) else { return nil }
    return Part(value: month, digits: 0)
  }

  private mutating func word() -> [UInt8] {
    var letters: [UInt8] = []
    while let byte = reader.next, (0x61...0x7A).contains(byte | 0x20) {
      letters.append(byte | 0x20)
      reader.place += 1
    }
    return letters
  }

  /// `Mon,` before the date.
  private mutating func skipWeekday() {
    let start = reader.place
    guard DateNames.isWeekday(word()) else {
      reader.place = start
      return
    }
    _ = skipMarks()
  }

  /// `3rd`
  private mutating func skipOrdinal() {
    let start = reader.place
    let letters = word()
    let isOrdinal = ["st", "nd", "rd", "th"].contains { letters.elementsEqual($0.utf8) }
    if !isOrdinal { reader.place = start }
  }

  /// Blanks with one mark among them at most; false where there is another sign, or nothing more.
  private mutating func skipMarks() -> Bool {
    var marks = 0
    while let byte = reader.next {
      switch byte {
      case 0x20, 0x09: reader.place += 1
      case 0x2D, 0x2E, 0x2F, 0x2C:
        marks += 1
        reader.place += 1
      // any other byte: a digit or a letter, with which the next part begins
      default: return marks <= 1
      }
    }
    return false
  }

  // MARK: Date

  /// The day, where the parts are one in this order.
  func date(_ order: DateReading) -> CivilDate? {
    if parts.count == 1 { return compact(order) }
    if let month = parts.firstIndex(where: \.isMonth) { return named(month, order) }
    let (a, b, c) = (parts[0], parts[1], parts[2])
    if a.digits == 4 { return Self.date(year: a, month: b, day: c) }
    switch order {
    case .dmy: return Self.date(year: c, month: b, day: a)
    case .mdy: return Self.date(year: c, month: a, day: b)
    case .ymd: return Self.date(year: a, month: b, day: c)
    case .mixed: return nil
    }
  }

  private func named(_ month: Int, _ order: DateReading) -> CivilDate? {
    var rest = parts
    let name = rest.remove(at: month)
    let isYearFirst = rest[0].digits == 4 || (rest[1].digits != 4 && order == .ymd)
    return Self.date(year: rest[isYearFirst ? 0 : 1], month: name, day: rest[isYearFirst ? 1 : 0])
  }

  /// `20240304`
  private func compact(_ order: DateReading) -> CivilDate? {
    let all = parts[0].value
    let (low, middle, high) = (all % 100, all / 100 % 100, all / 10_000)
    switch order {
    case .ymd: return CivilDate(year: high, month: middle, day: low)
    case .dmy: return CivilDate(year: all % 10_000, month: high % 100, day: high / 100)
    case .mdy: return CivilDate(year: all % 10_000, month: high / 100, day: high % 100)
    case .mixed: return nil
    }
  }

  private static func date(year: Part, month: Part, day: Part) -> CivilDate? {
    guard year.digits == 4 || year.digits == 2, month.digits <= 2, (1...2).contains(day.digits) else { return nil }
    return CivilDate(year: year.digits == 4 ? year.value : century(year.value), month: month.value, day: day.value)
  }

  /// POSIX: 69 … 99 are of the last century.
  private static func century(_ year: Int) -> Int { year + (year < 69 ? 2000 : 1900) }

  // MARK: Time

  /// Microseconds from the date's midnight; nil where what comes behind the date is no time.
  mutating func time() -> Int64? {
    skipTimeMark()
    if reader.isAtEnd { return 0 }
    guard let hour = reader.digits(1, 2) else { return nil }
    let minute = reader.take(0x3A) ? reader.digits(2, 2) : nil
    var (second, fraction) = (0, Int64(0))
    if minute != nil, reader.take(0x3A) {
      guard let seconds = reader.digits(2, 2) else { return nil }
      second = seconds
      if reader.take(0x2E) || reader.take(0x2C) {
        guard let part = reader.fraction() else { return nil }
        fraction = part
      }
    }
    skipBlanks()
    let half = halfOfDay()
    guard minute != nil || half != nil, let full = Self.hour(hour, half), minute ?? 0 <= 59, second <= 59 else {
      return nil
    }
    skipBlanks()
    guard let zone = zone(), reader.isAtEnd else { return nil }
    let seconds = Int64(full * 3600 + (minute ?? 0) * 60 + second) - zone
    return seconds * Moment.second + fraction
  }

  private static func hour(_ hour: Int, _ isAfternoon: Bool?) -> Int? {
    guard let isAfternoon else { return hour <= 23 ? hour : nil }
    return (1...12).contains(hour) ? hour % 12 + (isAfternoon ? 12 : 0) : nil
  }

  private mutating func skipBlanks() { while reader.take(0x20) || reader.take(0x09) {} }

  /// `T`, a comma or blanks.
  private mutating func skipTimeMark() {
    if reader.take(0x54) || reader.take(0x74) { return }
    _ = reader.take(0x2C)
    skipBlanks()
  }

  /// `pm` or `p.m.`; nil where neither half of the day is named.
  private mutating func halfOfDay() -> Bool? {
    guard let letter = reader.next.map({ $0 | 0x20 }), letter == 0x61 || letter == 0x70 else { return nil }
    let start = reader.place
    reader.place += 1
    _ = reader.take(0x2E)
    guard reader.take(0x6D) || reader.take(0x4D) else {
      reader.place = start
      return nil
    }
    _ = reader.take(0x2E)
    return letter == 0x70
  }

  /// Seconds east of UTC, 0 where nothing is said; nil for anything else.
  private mutating func zone() -> Int64? {
    if reader.isAtEnd { return 0 }
    hasOffset = true
    let start = reader.place
    let name = word()
    if name.elementsEqual("utc".utf8) || name.elementsEqual("gmt".utf8) { return 0 }
    reader.place = start
    return reader.zone()
  }
}
