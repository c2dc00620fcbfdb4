import Notation

/// How a date attribute writes its moments: a pattern of Java's `SimpleDateFormat`, as far as its letters are `yMdHhmsSaZX`.
struct ARFFDateFormat: Sendable {
  private enum Part: Sendable {
    case field(UInt8, count: Int)
    case literal(UInt8)
  }

  private let parts: [Part]
  /// Whether it has a time of day.
  let hasTime: Bool

  /// What is meant where no pattern stands.
  static let usual = ARFFDateFormat("yyyy-MM-dd'T'HH:mm:ss")

  /// nil for a pattern with other letters, or without year, month and day.
  init?(_ pattern: String) {
    var parts: [Part] = []
    var isQuoted = false
    let letters = Array(pattern.utf8)
    for (place, letter) in letters.enumerated() {
      if letter == UInt8(ascii: "'") {
        // Two of them are one, and stand for themselves.
        if place > 0, letters[place - 1] == letter { parts.append(.literal(letter)) }
        isQuoted.toggle()
      } else if isQuoted || !Self.isLetter(letter) {
        parts.append(.literal(letter))
      } else if case .field(letter, let count)? = parts.last, place > 0, letters[place - 1] == letter {
        parts[parts.count - 1] = .field(letter, count: count + 1)
      } else {
        parts.append(.field(letter, count: 1))
      }
    }
    self.parts = parts
    let fields = parts.compactMap { if case .field(let letter, _) = $0 { letter } else { nil } }
    hasTime = fields.contains { "HhmsSaZX".utf8.contains($0) }
    guard "yMd".utf8.allSatisfy(fields.contains), fields.allSatisfy("yMdHhmsSaZX".utf8.contains) else { return nil }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A }

  /// A moment's parts as they are read.
  private struct Moment {
    var year = 1970
    var month = 1
    var day = 1
    var hour = 0
    var isAfternoon: Bool?
    var minute = 0
    var second = 0
    var microsecond = 0
    var offset = 0
  }

  /// The moment that a text writes, in microseconds since 1970-01-01 of UTC; nil where it is none.
  func microseconds(_ text: some Collection<UInt8>) -> Int64? {
    moment(text).flatMap(Self.microseconds).flatMap { Int64(exactly: $0) }
  }

  /// The day that a text writes, since 1970-01-01; nil where it is none. Days reach further than moments do.
  func days(_ text: some Collection<UInt8>) -> Int64? {
    moment(text).flatMap(Self.microseconds).flatMap { moment in
      Int64(exactly: moment / 86_400_000_000 - (moment % 86_400_000_000 < 0 ? 1 : 0))
    }
  }

  private func moment(_ text: some Collection<UInt8>) -> Moment? {
    var reader = Reader(Array(text))
    var moment = Moment()
    for (place, part) in parts.enumerated() {
      switch part {
      case .literal(let byte): guard reader.take(byte) else { return nil }
      case .field(let letter, let count):
        var isFollowed = false
        if place + 1 < parts.count, case .field(let next, _) = parts[place + 1] {
          isFollowed = next != UInt8(ascii: "a")
        }
        guard Self.read(letter, count, isFollowed, &reader, &moment) else { return nil }
      }
    }
    return reader.isAtEnd ? moment : nil
  }

  private static func microseconds(_ moment: Moment) -> Int128? {
    guard let days = DateText.days(year: moment.year, month: moment.month, day: moment.day) else { return nil }
    var hour = moment.hour
    if let isAfternoon = moment.isAfternoon {
      guard (1...12).contains(hour) else { return nil }
      hour = hour % 12 + (isAfternoon ? 12 : 0)
    }
    guard (0...23).contains(hour), (0...59).contains(moment.minute), (0...59).contains(moment.second) else {
      return nil
    }
    let seconds = Int128(days) * 86_400 + Int128(hour * 3600 + (moment.minute - moment.offset) * 60 + moment.second)
    return seconds * 1_000_000 + Int128(moment.microsecond)
  }

  /// Reads a field; digits of one that another follows without a mark between are as many as its letters.
  private static func read(
    _ letter: UInt8, _ count: Int, _ isFollowed: Bool, _ reader: inout Reader, _ moment: inout Moment
  ) -> Bool {
    switch letter {
    case UInt8(ascii: "a"):
      moment.isAfternoon = reader.half()
      return moment.isAfternoon != nil
    case UInt8(ascii: "Z"), UInt8(ascii: "X"):
      guard let offset = reader.offset() else { return false }
      moment.offset = offset
      return true
    case UInt8(ascii: "M") where count > 2:
      guard let month = reader.month() else { return false }
      moment.month = month
      return true
    case UInt8(ascii: "S"):
      guard let (value, digits) = reader.number(most: isFollowed ? count : 9) else { return false }
      // Fewer than three digits are thousandths, as Java has it; more are a fraction.
      moment.microsecond = digits < 3 ? value * 1000 : Self.scaled(value, digits)
      return true
    default:
      // Years beyond four digits, and before 0000, are written with a sign.
      let sign = letter == UInt8(ascii: "y") && !isFollowed ? reader.sign() : nil
      let most = isFollowed ? count : sign == nil ? max(4, count) : 7
      guard let (value, _) = reader.number(most: most) else { return false }
      switch letter {
      // By POSIX, two digits are of the years from 1969 to 2068.
      case UInt8(ascii: "y"):
        moment.year = count == 2 && value < 100 ? value + (value < 69 ? 2000 : 1900) : value * (sign ?? 1)
      case UInt8(ascii: "M"): moment.month = value
      case UInt8(ascii: "d"): moment.day = value
      case UInt8(ascii: "m"): moment.minute = value
      case UInt8(ascii: "s"): moment.second = value
      default: moment.hour = value
      }
      return true
    }
  }

  /// Digits of a fraction of a second as microseconds.
  private static func scaled(_ value: Int, _ digits: Int) -> Int {
    var value = value
    for _ in min(digits, 6)..<6 { value *= 10 }
    for _ in 6..<max(6, digits) { value /= 10 }
    return value
  }

  /// Goes through a text.
  private struct Reader {
    private let bytes: [UInt8]
    private var at = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { at == bytes.count }

    mutating func take(_ byte: UInt8) -> Bool {
      guard at < bytes.count, bytes[at] == byte else { return false }
      at += 1
      return true
    }

    /// 1 or -1 where a sign is next.
    mutating func sign() -> Int? { take(UInt8(ascii: "-")) ? -1 : take(UInt8(ascii: "+")) ? 1 : nil }

    mutating func number(most: Int) -> (value: Int, digits: Int)? {
      var (value, digits) = (0, 0)
      while at < bytes.count, digits < min(most, 9), bytes[at] &- 0x30 <= 9 {
        value = value * 10 + Int(bytes[at] - 0x30)
        digits += 1
        at += 1
      }
      return digits == 0 ? nil : (value, digits)
    }

    private mutating func letters() -> String {
      let start = at
      while at < bytes.count, ARFFDateFormat.isLetter(bytes[at]) { at += 1 }
      return String(decoding: bytes[start..<at], as: UTF8.self).lowercased()
    }

    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    mutating func month() -> Int? {
      let name = letters()
      return Self.months.firstIndex { name.prefix(3) == $0 }.map { $0 + 1 }
    }

    /// Whether it is the afternoon.
    mutating func half() -> Bool? {
      let word = letters()
      return word == "pm" ? true : word == "am" ? false : nil
    }

    /// Minutes east of UTC: `Z`, `+01`, `+0100`, `+01:00`.
    mutating func offset() -> Int? {
      if take(UInt8(ascii: "Z")) { return 0 }
      let isWest = take(UInt8(ascii: "-"))
      guard isWest || take(UInt8(ascii: "+")), let (hours, digits) = number(most: 2), digits == 2 else { return nil }
      let hasMark = take(UInt8(ascii: ":"))
      let minutes = number(most: 2)
      if hasMark, minutes == nil { return nil }
      return (isWest ? -1 : 1) * (hours * 60 + (minutes?.value ?? 0))
    }
  }
}
