import Notation

/// Reads dates and moments in their usual spelling, keeping the last date: neighbours are often of one day.
struct DateMemory {
  // 1970-01-01
  private var head: UInt64 = 0x2D31_302D_3037_3931
  private var tail: UInt16 = 0x3130
  private var last: Int32 = 0

  /// The date in the ten bytes from `start`, as days since 1970-01-01; nil for anything else.
  @inline(__always)
  mutating func days(_ p: UnsafePointer<UInt8>, _ start: Int) -> Int32? {
    let raw = UnsafeRawPointer(p + start)
    let (head, tail) = (raw.loadUnaligned(as: UInt64.self), raw.loadUnaligned(fromByteOffset: 8, as: UInt16.self))
    if head == self.head, tail == self.tail { return last }
    guard let days = DateText.days(p, start, start &+ 10) else { return nil }
    (self.head, self.tail, last) = (head, tail, days)
    return days
  }

  /// `2026-01-31T10:00:00`, with a blank for the T, up to six digits of a fraction and a Z perhaps; nil for anything else.
  @inline(__always)
  mutating func moment(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int64? {
    let count = end &- start
    guard count >= 19, p[start &+ 10] | 0x20 == 0x74 || p[start &+ 10] == 0x20 else { return nil }
    let clock = UnsafeRawPointer(p + (start &+ 11)).loadUnaligned(as: UInt64.self) ^ 0x3030_3A30_303A_3030
    guard clock & 0x0000_FF00_00FF_0000 == 0,
      ((clock &+ 0x7676_7676_7676_7676) | clock) & 0x8080_8080_8080_8080 == 0
    else { return nil }
    let hour = Self.two(clock), minute = Self.two(clock &>> 24), second = Self.two(clock &>> 48)
    guard hour < 24, minute < 60, second < 60, let days = days(p, start) else { return nil }
    var fraction: Int64 = 0
    let last = p[end &- 1] | 0x20 == 0x7A ? end &- 1 : end
    let digits = last &- start &- 20
    if digits > 0 {
      guard digits <= 6, p[start &+ 19] == 0x2E, let value = Digits.read(p, last, digits) else { return nil }
      fraction = Int64(truncatingIfNeeded: value)
      for _ in digits..<6 { fraction &*= 10 }
    } else if digits != -1 {
      return nil
    }
    return Int64(days) &* 86_400_000_000 &+ (hour &* 3600 &+ minute &* 60 &+ second) &* 1_000_000 &+ fraction
  }

  @inline(__always)
  private static func two(_ clock: UInt64) -> Int64 {
    Int64(truncatingIfNeeded: (clock & 0xFF) &* 10 &+ ((clock &>> 8) & 0xFF))
  }
}

extension MomentCounts {
  /// What a reader has to say of a column's moments; nil where all are written alike.
  func note(column: String) -> String? {
    assumed > 0 ? "column '\(column)': \(assumed) of \(all) times have no offset and are taken as UTC" : nil
  }
}
