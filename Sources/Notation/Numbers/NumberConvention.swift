/// How numbers are written: the mark before the fraction, the mark between groups of three digits, and what stands for a negative.
public struct NumberConvention: Sendable, Hashable {
  /// The mark before the fraction: a point or a comma.
  public let decimal: Character
  /// The mark between groups of three digits; nil where digits are not grouped. A blank stands for every kind of blank.
  public let group: Character?
  /// Whether `(12.50)` is -12.5, as in accounts.
  public let accounting: Bool

  /// `-1234.5`
  public static let plain = NumberConvention(".", nil, false)

  /// The marks that may stand between groups, each with all its spellings.
  private static let groups: [Character: [[UInt8]]] = {
    let blanks = [" ", "\u{A0}", "\u{2009}", "\u{202F}"].map { Array($0.utf8) }
    let quotes = ["'", "\u{2019}"].map { Array($0.utf8) }
    return [
      ".": [[0x2E]], ",": [[0x2C]], "_": [[0x5F]], "'": quotes, "\u{2019}": quotes, " ": blanks, "\u{A0}": blanks,
      "\u{2009}": blanks, "\u{202F}": blanks,
    ]
  }()

  private let decimalMark: UInt8
  private let groupMarks: [[UInt8]]

  /// nil unless `decimal` is a point or a comma and `group` another point or comma, a blank, an apostrophe or `_`.
  public init?(decimal: Character, group: Character?, accounting: Bool = false) {
    guard decimal == "." || decimal == ",", group != decimal else { return nil }
    if let group, Self.groups[group] == nil { return nil }
    self.init(decimal, group, accounting)
  }

  private init(_ decimal: Character, _ group: Character?, _ accounting: Bool) {
    self.decimal = decimal
    self.group = group
    self.accounting = accounting
    decimalMark = decimal.asciiValue ?? 0x2E
    groupMarks = group.flatMap { Self.groups[$0] } ?? []
  }

  /// Writes the number that the whole of `p[start ..< end]` is as `-1234.5`, and gives the count of its bytes; nil where it is none in
  /// this convention. `target` has room for as many bytes as the text has, and one.
  func plain(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, into target: UnsafeMutablePointer<UInt8>) -> Int? {
    var (at, last, count) = (start, end, 0)
    func put(_ byte: UInt8) {
      target[count] = byte
      count += 1
    }
    if accounting, last - at > 2, p[at] == 0x28, p[last - 1] == 0x29 {
      (at, last) = (at + 1, last - 1)
      put(0x2D)
    } else if let sign = sign(p, &at, last) {
      put(sign)
    }
    let whole = digits(p, &at, last, put)
    guard whole != nil || at < last else { return nil }
    var fraction = 0
    if at < last, p[at] == decimalMark {
      put(0x2E)
      at += 1
      while at < last, p[at] &- 0x30 <= 9 {
        put(p[at])
        (at, fraction) = (at + 1, fraction + 1)
      }
    }
    guard let whole, whole + fraction > 0 || isWord(p, at, last) else { return nil }
    if at < last {
      // An exponent, or a word for infinity: the reader of plain numbers judges it, and no mark may stand in it.
      guard p[at] | 0x20 == 0x65 || whole + fraction == 0 else { return nil }
      while at < last {
        if p[at] == 0x2E { return nil }
        put(p[at])
        at += 1
      }
    }
    return count
  }

  private func isWord(_ p: UnsafePointer<UInt8>, _ at: Int, _ end: Int) -> Bool { at < end && p[at] | 0x20 == 0x69 }

  /// A sign, as ASCII: `+`, `-` or the minus sign U+2212.
  private func sign(_ p: UnsafePointer<UInt8>, _ at: inout Int, _ end: Int) -> UInt8? {
    if at < end, p[at] == 0x2B || p[at] == 0x2D {
      at += 1
      return p[at - 1]
    }
    guard at + 3 <= end, p[at] == 0xE2, p[at + 1] == 0x88, p[at + 2] == 0x92 else { return nil }
    at += 3
    return 0x2D
  }

  /// Digits, alone or in groups of three but for the first; gives how many there are, nil where the groups are malformed.
  private func digits(_ p: UnsafePointer<UInt8>, _ at: inout Int, _ end: Int, _ put: (UInt8) -> Void) -> Int? {
    let first = at
    var (all, run, isGrouped) = (0, 0, false)
    while at < end {
      if p[at] &- 0x30 <= 9 {
        put(p[at])
        (at, all, run) = (at + 1, all + 1, run + 1)
      } else if let mark = groupMark(p, at, end) {
        guard isGrouped ? run == 3 : (1...3).contains(run) && p[first] != 0x30 else { return nil }
        (at, run, isGrouped) = (at + mark, 0, true)
      } else {
        break
      }
    }
    return isGrouped && run != 3 ? nil : all
  }

  /// How many bytes a mark between groups has here; nil where there is none.
  private func groupMark(_ p: UnsafePointer<UInt8>, _ at: Int, _ end: Int) -> Int? {
    for mark in groupMarks where at + mark.count < end {
      if mark.indices.allSatisfy({ p[at + $0] == mark[$0] }) { return mark.count }
    }
    return nil
  }
}
