/// Reads numbers from bytes. Holds the address of the powers of ten, so that the inner loop touches no lazy global.
public struct NumberReader: @unchecked Sendable {
  /// The powers of ten that a double holds exactly, from 10^0 to 10^22.
  public let tens: UnsafePointer<Double>
  /// How numbers are written, U+2212 being a minus sign too; nil for `-1234.5` and nothing else.
  public let convention: NumberConvention?

  public static let shared = NumberReader(nil)

  // One table for all readers.
  nonisolated(unsafe) private static let tens = copy(DecimalNumber.exactTens)

  public init(_ convention: NumberConvention?) {
    tens = Self.tens
    self.convention = convention
  }

  /// A copy that lives as long as the process.
  static func copy<Element: BitwiseCopyable>(_ table: [Element]) -> UnsafePointer<Element> {
    let target = UnsafeMutablePointer<Element>.allocate(capacity: max(1, table.count))
    target.initialize(from: table, count: table.count)
    return UnsafePointer(target)
  }

  /// The number that `p[start ..< end]` writes, in the reader's convention.
  ///
  /// `lenient`, for a column whose type was stated, also takes a leading `+` and leading zeros: without it `007` and
  /// `+47…` are no numbers, because they are far more often codes and telephone numbers.
  @inlinable @inline(__always)
  public func read(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, lenient: Bool) -> WrittenNumber {
    if convention != nil { return readConventional(p, start, end, lenient: lenient) }
    return readPlain(p, start, end, lenient: lenient)
  }

  @inlinable @inline(__always)
  func readPlain(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, lenient: Bool) -> WrittenNumber {
    var at = start
    guard at < end else { return WrittenNumber(.none) }
    let isNegative = p[at] == 0x2D
    if isNegative || (lenient && p[at] == 0x2B) { at &+= 1 }
    let first = at
    var significand: UInt64 = 0
    while at < end {
      let digit = p[at] &- 0x30
      if digit > 9 { break }
      significand = significand &* 10 &+ UInt64(digit)
      at &+= 1
    }
    let digits = at &- first
    if digits > 1, p[first] == 0x30, !lenient { return WrittenNumber(.none) }
    if at == end, digits > 0, digits < 19 {
      let value = Int64(bitPattern: significand)
      return WrittenNumber(.int, UInt64(bitPattern: isNegative ? 0 &- value : value))
    }
    return rest(p, start, end, at, first, digits, significand, isNegative)
  }

  @inlinable @inline(__always)
  func rest(
    _ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ from: Int, _ first: Int, _ digits: Int, _ whole: UInt64,
    _ isNegative: Bool
  ) -> WrittenNumber {
    var at = from
    var significand = whole
    var exponent = 0
    if at == end { return long(p, start, end, first, digits, significand, isNegative) }
    var count = digits
    if p[at] == 0x2E {
      at &+= 1
      let point = at
      while at < end {
        let digit = p[at] &- 0x30
        if digit > 9 { break }
        significand = significand &* 10 &+ UInt64(digit)
        at &+= 1
      }
      exponent = point &- at
      count = digits &+ (at &- point)
    }
    if count == 0 { return word(p, first, end, isNegative) }
    if at < end {
      guard p[at] | 0x20 == 0x65, let power = power(p, at &+ 1, end) else { return WrittenNumber(.none) }
      exponent &+= power
    }
    if count > 19, count &- zeros(p, first, end) > 19 { return exact(p, start, end) }
    guard let value = DecimalNumber.value(significand, exponent: exponent, tens: tens) else {
      return exact(p, start, end)
    }
    return WrittenNumber(value.isFinite ? .float : .infinite, (isNegative ? -value : value).bitPattern)
  }

  /// A whole number of 19 digits or more, or none at all.
  @usableFromInline
  func long(
    _ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ first: Int, _ digits: Int, _ significand: UInt64,
    _ isNegative: Bool
  ) -> WrittenNumber {
    if digits == 0 { return WrittenNumber(.none) }
    var zeros = 0
    while zeros < digits - 1, p[first + zeros] == 0x30 { zeros += 1 }
    let limit = UInt64(Int64.max) + (isNegative ? 1 : 0)
    if digits - zeros <= 19, significand <= limit {
      return WrittenNumber(.int, isNegative ? 0 &- significand : significand)
    }
    let value = exact(p, start, end)
    return WrittenNumber(value.kind == .infinite ? .infinite : .big, value.bits)
  }

  /// The zeros before the first digit that counts.
  @usableFromInline
  func zeros(_ p: UnsafePointer<UInt8>, _ first: Int, _ end: Int) -> Int {
    var zeros = 0
    for place in first..<end {
      if p[place] == 0x30 { zeros += 1 } else if p[place] != 0x2E { break }
    }
    return zeros
  }

  /// The exponent after an `e`; far ones are held at a bound past which every double is zero or infinite.
  @usableFromInline
  func power(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int? {
    var at = start
    var isNegative = false
    if at < end, p[at] == 0x2D || p[at] == 0x2B {
      isNegative = p[at] == 0x2D
      at += 1
    }
    guard at < end else { return nil }
    var value = 0
    while at < end {
      let digit = p[at] &- 0x30
      if digit > 9 { return nil }
      value = min(value * 10 + Int(digit), 1_000_000_000)
      at += 1
    }
    return isNegative ? -value : value
  }

  /// The double that a text writes; nil where it is no number, or an infinite one.
  public func double(_ text: String) -> Double? {
    var text = text
    return text.withUTF8 { bytes in
      guard let base = bytes.baseAddress else { return nil }
      let number = read(base, 0, bytes.count, lenient: true)
      return number.kind == .none || number.kind == .infinite ? nil : number.double
    }
  }

  @usableFromInline
  func readConventional(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, lenient: Bool) -> WrittenNumber {
    guard let convention else { return WrittenNumber(.none) }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: end - start + 1) { room in
      guard let target = room.baseAddress, let count = convention.plain(p, start, end, into: target) else {
        return WrittenNumber(.none)
      }
      return readPlain(target, 0, count, lenient: lenient)
    }
  }

  @usableFromInline
  func exact(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> WrittenNumber {
    let value = DecimalNumber.exact(UnsafeBufferPointer(start: p + start, count: end - start))
    return WrittenNumber(value.isFinite ? .float : .infinite, value.bitPattern)
  }

  @usableFromInline
  func word(_ p: UnsafePointer<UInt8>, _ first: Int, _ end: Int, _ isNegative: Bool) -> WrittenNumber {
    let text = UnsafeBufferPointer(start: p + first, count: end - first)
    guard text.count == 3 || text.count == 8 else { return WrittenNumber(.none) }
    let lowered = text.map { $0 | 0x20 }
    guard lowered.elementsEqual("inf".utf8) || lowered.elementsEqual("infinity".utf8) else {
      return WrittenNumber(.none)
    }
    return WrittenNumber(.infinite, (isNegative ? -Double.infinity : Double.infinity).bitPattern)
  }
}
