/// Reads a number as people write it: `€ 1,234.50`, `1 234,5 kr`, `12 %`, `(5)`.
///
/// Where the decimal mark is not stated, a text is read that can be one number only: `1,234.5`, `1.234,5`, `1,234,567` and `0,125`, but
/// not `1,234`.
public struct AmountReader: Sendable, Hashable {
  /// What a text says.
  public enum Reading: Sendable, Hashable {
    case amount(Amount)
    /// It would be another number with another decimal mark.
    case twofold
    case none
  }

  public struct Amount: Sendable, Hashable {
    /// Of `12 %` 0.12.
    public let value: Double
    public let isPercentage: Bool
    /// As it is written: `€`, `NOK`.
    public let currency: String?
  }

  /// Bytes of the longest text that is looked at.
  private static let longest = 512

  private let decimal: UInt8?

  /// `decimal` is a point or a comma, or nil where it is not known; nil for any other.
  public init?(decimal: String?) {
    switch decimal {
    case nil: self.decimal = nil
    case "."?: self.decimal = 0x2E
    case ","?: self.decimal = 0x2C
    case _?: return nil
    }
  }

  /// The number that the whole of `p[start ..< end]` says; nil where it says none, or more than one. O(bytes).
  public func value(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Double? {
    read(p, start, end) { written in written.value }
  }

  /// What the whole of a text says, with its signs.
  public func reading(_ text: String) -> Reading {
    var text = text
    return text.withUTF8 { bytes in
      guard let base = bytes.baseAddress else { return .none }
      return read(base, 0, bytes.count) { written in
        if let value = written.value {
          return .amount(
            Amount(
              value: value, isPercentage: written.isPercentage,
              currency: written.currency.map { String(decoding: bytes[$0], as: UTF8.self) }))
        }
        return written.isTwofold ? .twofold : .none
      }
    }
  }

  private func read<Result>(
    _ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ take: (WrittenAmount) -> Result
  ) -> Result {
    guard end - start <= Self.longest else { return take(WrittenAmount()) }
    // The signs in ASCII, and behind them room for the plain number.
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 2 * max(1, end - start) + 2) { room in
      guard let signs = room.baseAddress else { return take(WrittenAmount()) }
      var written = WrittenAmount()
      if let count = written.simplify(p, start, end, into: signs) {
        written.read(signs, count, decimal, into: signs + max(1, end - start))
      }
      return take(written)
    }
  }
}

/// An amount on its way from its bytes to its number.
private struct WrittenAmount {
  private(set) var value: Double?
  private(set) var isTwofold = false
  private(set) var isPercentage = false
  /// Where the currency stands.
  private(set) var currency: Range<Int>?

  /// Stands for a currency among the simplified signs.
  private static let money: UInt8 = 0x24
  private static let blank: UInt8 = 0x20

  // MARK: Signs

  /// Writes digits and signs in ASCII, all blanks alike, a currency as one sign; gives their count, nil where a letter or sign of no
  /// number is among them.
  mutating func simplify(
    _ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, into signs: UnsafeMutablePointer<UInt8>
  ) -> Int? {
    var (at, count) = (start, 0)
    while at < end {
      let byte = p[at]
      switch byte {
      case 0x30...0x39, 0x28, 0x29, 0x2B, 0x2C, 0x2D, 0x2E, 0x25, 0x27, 0x5F:
        signs[count] = byte
        (at, count) = (at + 1, count + 1)
      case 0x09...0x0D, 0x20:
        signs[count] = Self.blank
        (at, count) = (at + 1, count + 1)
      case 0x45 where isExponent(p, at, start, end), 0x65 where isExponent(p, at, start, end):
        signs[count] = 0x65
        (at, count) = (at + 1, count + 1)
      // a letter, or a sign of more than one byte
      default:
        guard let sign = wide(p, &at, end) else { return nil }
        signs[count] = sign
        count += 1
      }
    }
    return count
  }

  private func isExponent(_ p: UnsafePointer<UInt8>, _ at: Int, _ start: Int, _ end: Int) -> Bool {
    guard at > start, p[at - 1] &- 0x30 <= 9 || p[at - 1] == 0x2E, at + 1 < end else { return false }
    return p[at + 1] &- 0x30 <= 9 || p[at + 1] == 0x2B || p[at + 1] == 0x2D
  }

  /// The ASCII sign of what stands at a place, which is stepped over.
  private mutating func wide(_ p: UnsafePointer<UInt8>, _ at: inout Int, _ end: Int) -> UInt8? {
    if let (length, sign) = AmountSigns.known(p, at, end) {
      at += length
      return sign
    }
    guard currency == nil, let length = AmountSigns.currency(p, at, end) else { return nil }
    currency = at..<at + length
    at += length
    return Self.money
  }

  // MARK: Number

  /// Reads the signs: digits, before them a sign and a currency, behind them a currency or `%`, or in parentheses for a negative.
  mutating func read(
    _ s: UnsafeMutablePointer<UInt8>, _ count: Int, _ decimal: UInt8?, into plain: UnsafeMutablePointer<UInt8>
  ) {
    var (at, end) = (0, count)
    var isNegative = false
    var hasSign = false
    stripping: while true {
      while at < end, s[at] == Self.blank { at += 1 }
      while end > at, s[end - 1] == Self.blank { end -= 1 }
      guard at < end else { return }
      switch (s[at], s[end - 1]) {
      case (0x28, 0x29) where !hasSign && end - at > 2:
        (at, end, isNegative, hasSign) = (at + 1, end - 1, true, true)
      case (0x2D, _) where !hasSign, (0x2B, _) where !hasSign:
        (isNegative, hasSign, at) = (s[at] == 0x2D, true, at + 1)
      case (Self.money, _): at += 1
      case (_, Self.money): end -= 1
      case (_, 0x25) where !isPercentage: (isPercentage, end) = (true, end - 1)
      // the first and the last of what the digits are
      default: break stripping
      }
    }
    var digits = AmountDigits(UnsafePointer(s + at), end - at, decimal)
    isTwofold = digits.isTwofold
    guard let length = digits.plain(into: plain) else { return }
    let number = NumberReader.shared.read(plain, 0, length, lenient: true)
    guard number.kind != .none, number.kind != .infinite else { return }
    let size = isPercentage ? number.double / 100 : number.double
    // Nothing is below zero.
    value = isNegative ? 0 - size : size
  }
}
