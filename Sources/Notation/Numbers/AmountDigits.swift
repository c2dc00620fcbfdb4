/// Digits with marks among them, and which mark stands before the fraction.
struct AmountDigits {
  private static let point: UInt8 = 0x2E
  private static let comma: UInt8 = 0x2C
  private static let exponent: UInt8 = 0x65

  private let s: UnsafePointer<UInt8>
  private let count: Int
  /// Where the decimal mark stands.
  private var fraction: Int?
  /// The mark between groups.
  private var group: UInt8?
  private var isMalformed = false
  private var isScientific = false
  /// Whether another decimal mark would make another number of it.
  private(set) var isTwofold = false

  private struct Marks {
    var points = 0
    var commas = 0
    /// Marks that only groups have: a blank, an apostrophe, `_`.
    var others = 0
    var other: UInt8?
    var isMixed = false
    var last = 0
    var digits = 0
  }

  init(_ s: UnsafePointer<UInt8>, _ count: Int, _ decimal: UInt8?) {
    self.s = s
    self.count = count
    let marks = counted()
    if isScientific {
      isMalformed = isMalformed || marks.commas + marks.others > 0 || marks.points > 1
    } else if let decimal {
      settle(decimal, marks)
    } else {
      settle(marks)
    }
  }

  private mutating func counted() -> Marks {
    var marks = Marks()
    for place in 0..<count {
      switch s[place] {
      case 0x30...0x39: marks.digits += 1
      case Self.point: (marks.points, marks.last) = (marks.points + 1, place)
      case Self.comma: (marks.commas, marks.last) = (marks.commas + 1, place)
      case 0x20, 0x27, 0x5F:
        marks.isMixed = marks.isMixed || marks.other.map { $0 != s[place] } ?? false
        marks.other = s[place]
        marks.others += 1
      case Self.exponent: isScientific = true
      case 0x2B where isExponent(place - 1), 0x2D where isExponent(place - 1): break
      // a sign that stands in no number
      default: isMalformed = true
      }
    }
    if marks.digits == 0 || marks.isMixed { isMalformed = true }
    return marks
  }

  private func isExponent(_ place: Int) -> Bool { place >= 0 && s[place] == Self.exponent }

  /// By the mark that is stated.
  private mutating func settle(_ decimal: UInt8, _ marks: Marks) {
    let (own, foreign) = decimal == Self.point ? (marks.points, marks.commas) : (marks.commas, marks.points)
    isMalformed = isMalformed || own > 1 || (foreign > 0 && marks.others > 0)
    if own == 1 { fraction = (0..<count).first { s[$0] == decimal } }
    group = foreign > 0 ? (decimal == Self.point ? Self.comma : Self.point) : marks.other
  }

  /// By the marks themselves: of two kinds the last is the decimal mark, and what stands twice is none.
  private mutating func settle(_ marks: Marks) {
    let kinds = (marks.points > 0 ? 1 : 0) + (marks.commas > 0 ? 1 : 0)
    group = marks.other
    guard kinds > 0 else { return }
    let decimal = s[marks.last]
    let own = decimal == Self.point ? marks.points : marks.commas
    if kinds == 2 {
      isMalformed = isMalformed || own > 1 || marks.others > 0
      (fraction, group) = (marks.last, decimal == Self.point ? Self.comma : Self.point)
    } else if own > 1 {
      isMalformed = isMalformed || marks.others > 0
      group = decimal
    } else {
      fraction = marks.last
      let (whole, rest) = (marks.last, count - marks.last - 1)
      isTwofold = !isMalformed && marks.others == 0 && rest == 3 && (1...3).contains(whole) && s[0] != 0x30
    }
  }

  /// Writes the number as `1234.5` and gives the count of its bytes; nil where it is none or could be two. `target` has room for as many
  /// bytes as there are.
  mutating func plain(into target: UnsafeMutablePointer<UInt8>) -> Int? {
    if isMalformed || isTwofold { return nil }
    if isScientific {
      target.update(from: s, count: count)
      return count
    }
    let whole = fraction ?? count
    var (written, run, first) = (0, 0, true)
    // The sizes of the groups after the first, of which all but the last may be of two digits, as in India.
    var (areThrees, areTwos) = (true, true)
    for place in 0..<whole {
      if s[place] &- 0x30 <= 9 {
        target[written] = s[place]
        (written, run) = (written + 1, run + 1)
        continue
      }
      // A number in groups does not begin with 0.
      guard s[place] == group, first ? (1...3).contains(run) && s[0] != 0x30 : run > 0 else { return nil }
      if !first { (areThrees, areTwos) = (areThrees && run == 3, areTwos && run == 2) }
      (first, run) = (false, 0)
    }
    if !first {
      guard run == 3, areThrees || (areTwos && group == Self.comma) else { return nil }
    }
    guard whole < count else { return written }
    target[written] = Self.point
    written += 1
    for place in whole + 1..<count {
      guard s[place] &- 0x30 <= 9 else { return nil }
      target[written] = s[place]
      written += 1
    }
    return written
  }
}
