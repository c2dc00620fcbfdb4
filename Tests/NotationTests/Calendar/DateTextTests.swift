import Testing

@testable import Notation

/// Dates and moments are read in one way wherever they stand.
@Suite struct DateTextTests {
  private func moment(_ text: String, lenient: Bool = false) -> DateText.Moment? {
    let bytes = Array(text.utf8) + [0]
    return bytes.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.flatMap { DateText.moment($0, 0, text.utf8.count, lenient: lenient) }
    }
  }

  private func day(_ text: String, lenient: Bool) -> String? {
    let bytes = Array(text.utf8) + [0]
    return bytes.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.flatMap { DateText.days($0, 0, text.utf8.count, lenient: lenient) }
    }.map { CivilDate(days: $0).description }
  }

  @Test(arguments: [
    ("2026-01-31T10:00:00.5+01:00", 1_769_850_000_500_000, true), ("2026-01-31 10:00:00", 1_769_853_600_000_000, false),
    ("1969-12-31T23:59:59.999999Z", -1, true), ("2026-01-31T10:00:00.123456789Z", 1_769_853_600_123_456, true),
    ("2026/01/31 10:00", 1_769_853_600_000_000, false), ("2026-01-31", 1_769_817_600_000_000, false),
    ("2026-01-31T10:00Z", 1_769_853_600_000_000, true), ("2026-01-31T10:00+01", 1_769_850_000_000_000, true),
  ])
  func momentsMayHaveFractionsAndOffsets(text: String, microseconds: Int64, hasOffset: Bool) {
    for lenient in [false, true] {
      #expect(moment(text, lenient: lenient) == DateText.Moment(microseconds: microseconds, hasOffset: hasOffset))
    }
  }

  @Test(arguments: [
    "", "2026-01-31T10:00:00.Z", "2026-01-31T10:00:00+1", "2026-01-31T10:00:00Zx", "2026-01-31T", "2026-01-31T1",
    "2026-01-31T10", "2026-01-31T10:0", "2026-01-31T24:00", "2026-01-31T10:60", "2026-01-31T10:00:60",
    "2026-02-30T10:00",
    "2026-01/31", "20260131", "x", "-", "2026", "2026-", "2026-1", "2026-1-",
  ])
  func malformedMomentsAreNone(text: String) {
    #expect(moment(text) == nil)
    #expect(moment(text, lenient: true) == nil)
  }

  @Test(arguments: [
    "-0044-03-15", "-4713-11-24", "-0001-12-31", "+10000-01-01", "+290000-12-31", "-123456-02-29", "+5881580-07-11",
    "-5877641-06-23",
  ])
  func yearsBeyondFourDigitsHaveASign(text: String) {
    #expect(day(text, lenient: false) == text && day(text, lenient: true) == text)
  }

  @Test(arguments: [
    "+2026-1-05", "-44-03-15", "+12026-02-30", "+12026-13-01", "+5881580-07-12", "-5877641-06-22", "+99999999-01-01",
    "+-2026-01-01",
    "+12026/01/31", "+12026-01-3", "+", "-0044-03-15x",
  ])
  func whatIsNoSuchYearIsNone(text: String) {
    #expect(day(text, lenient: false) == nil && day(text, lenient: true) == nil)
  }

  @Test(arguments: [
    Int64.min, -9_223_372_036_800_000_000, -210_866_803_200_000_000, -1, 0, 9_089_380_393_200_000_000, .max,
  ])
  func everyMomentOf64BitsIsReadAsItIsWritten(microseconds: Int64) {
    let text = CivilDateTime(microseconds: microseconds).description
    #expect(moment(text) == DateText.Moment(microseconds: microseconds, hasOffset: true))
  }

  @Test func momentsThat64BitsDoNotCountAreNone() {
    #expect(moment("+294247-01-10T04:00:54.775808Z") == nil && moment("-290308-12-21T19:59:05.224191Z") == nil)
    #expect(moment("+294247-01-10T04:00:54Z") != nil && moment("+294247-01-10T04:00:54-01:00") == nil)
    #expect(moment("+5881580-07-11") == nil)
  }

  @Test(arguments: [("2026-1-5", "2026-01-05"), ("2026/1/05", "2026-01-05")])
  func aTextThatIsToBeADateMayBeWrittenLoosely(text: String, day: String) {
    #expect(self.day(text, lenient: true) == day)
    #expect(self.day(text, lenient: false) == nil)
    #expect(moment(text + " 9:30", lenient: true)?.hasOffset == false)
    #expect(moment(text + " 9:30") == nil)
  }
}
