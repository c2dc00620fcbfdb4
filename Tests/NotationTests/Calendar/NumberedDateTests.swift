import Kernels
import Notation
import Testing

/// Dates of three numbers, whose order is stated.
struct NumberedDateTests {
  private func read(_ text: String, _ order: DateOrder) -> String? {
    let bytes = Array(text.utf8) + [0x39, 0x39]
    return bytes.withUnsafeBufferPointer { buffer -> String? in
      guard let base = buffer.baseAddress else { return nil }
      guard let date = NumberedDate(base, 0, bytes.count - 2) else { return nil }
      if !date.hasTime { return date.days(order).map { CivilDate(days: $0).description } }
      return date.moment(order).map { CivilDateTime(microseconds: $0.microseconds).description }
    }
  }

  @Test(arguments: [
    ("31/1/2026", DateOrder.dmy, "2026-01-31"), ("1/31/2026", .mdy, "2026-01-31"), ("31.01.2026", .dmy, "2026-01-31"),
    ("03-04-2026", .dmy, "2026-04-03"), ("03-04-2026", .mdy, "2026-03-04"), ("2026.1.5", .dmy, "2026-01-05"),
    ("2026/1/5", .mdy, "2026-01-05"), ("26/1/5", .ymd, "2026-01-05"), ("31/12/68", .dmy, "2068-12-31"),
    ("31/12/69", .dmy, "1969-12-31"), ("29/2/2024", .dmy, "2024-02-29"), ("1/2/0001", .dmy, "0001-02-01"),
  ])
  func aDateIsReadInItsOrder(text: String, order: DateOrder, expected: String) {
    #expect(read(text, order) == expected)
  }

  @Test(arguments: [
    ("31/1/2026", DateOrder.mdy), ("31/1/2026", .ymd), ("29/2/2023", .dmy), ("1.2.3", .dmy), ("1/2-2026", .dmy),
    ("1/2/20266", .dmy), ("2026/1/2026", .dmy), ("1/2/026", .dmy), ("", .dmy), ("1/2", .dmy), ("1/2/", .dmy),
    ("0/1/2026", .dmy), ("1/2/2026x", .dmy), ("1/2/2026 ", .dmy), ("1/2/2026 9", .dmy), ("1/2/2026 24:00", .dmy),
    ("1/2/2026 13:00 PM", .dmy), ("1/2/2026 0:30 AM", .dmy), ("1/2/2026 9:5", .dmy), ("111/2/2026", .dmy),
    ("1/2/26", .ymd),
  ])
  func whatIsNoDateInTheOrderIsNone(text: String, order: DateOrder) { #expect(read(text, order) == nil) }

  @Test(arguments: [
    ("31/1/2026 9:05", "2026-01-31T09:05:00Z"), ("31/1/2026 9:05:07 PM", "2026-01-31T21:05:07Z"),
    ("31/1/2026 12:00am", "2026-01-31T00:00:00Z"), ("31/1/2026 12:30 pm", "2026-01-31T12:30:00Z"),
    ("31.01.2026T23:59:59.25", "2026-01-31T23:59:59.250000Z"), ("31/1/2026 10:00+01:00", "2026-01-31T09:00:00Z"),
    ("31/1/2026  10:00Z", "2026-01-31T10:00:00Z"),
  ])
  func aTimeMayStandBehind(text: String, expected: String) { #expect(read(text, .dmy) == expected) }

  @Test func anOffsetMayLeadBeyondFourDigits() {
    #expect(read("1/1/0000 0:30+01:00", .dmy) == "-0001-12-31T23:30:00Z")
    #expect(read("31/12/9999 23:30-01:00", .dmy) == "+10000-01-01T00:30:00Z")
  }

  @Test func ordersOfATextAreThoseThatReadIt() {
    #expect(NumberedDate.orders(of: "25/12/2025") == [.dmy])
    #expect(NumberedDate.orders(of: "3/4/2026") == [.dmy, .mdy])
    #expect(NumberedDate.orders(of: "2026.3.4") == [.dmy, .mdy, .ymd])
    #expect(NumberedDate.orders(of: "25/12/23") == [.dmy, .ymd])
    #expect(NumberedDate.orders(of: "soon") == [])
  }

  /// Every day of some years, written in every order, comes back.
  @Test func allDaysComeBack() throws {
    for days in stride(from: Int32(-719_528), to: 2_932_896, by: 97) {
      let date = CivilDate(days: days)
      let year = String(repeating: "0", count: 4 - "\(date.year)".count) + "\(date.year)"
      #expect(read("\(date.day)/\(date.month)/\(year)", .dmy) == date.description)
      #expect(read("\(date.month)-\(date.day)-\(year)", .mdy) == date.description)
      #expect(read("\(year).\(date.month).\(date.day)", .ymd) == date.description)
    }
  }
}
