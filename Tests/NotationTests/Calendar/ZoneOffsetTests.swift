import Notation
import Testing

@Suite struct ZoneOffsetTests {
  @Test(arguments: [
    ("+01:00", 60), ("-0330", -210), ("+05", 300), ("Z", 0), ("UTC", 0), ("+23:59", 1439), ("-00:30", -30),
  ])
  func anOffsetIsRead(text: String, minutes: Int) {
    #expect(ZoneOffset(text)?.minutes == minutes)
    #expect(ZoneOffset("\(ZoneOffset(minutes: minutes))") == ZoneOffset(minutes: minutes))
  }

  @Test(arguments: ["", "1", "+1", "+24:00", "+01:60", "Europe/Oslo", "CET", "+01:00 ", "utc+1"])
  func anythingElseIsNone(text: String) { #expect(ZoneOffset(text) == nil) }

  @Test func itCountsOnlyWhereNoneIsWritten() {
    let zone = ZoneOffset(minutes: 90)
    let bare = DateText.Moment(microseconds: 0, hasOffset: false)
    #expect(zone.settled(bare) == DateText.Moment(microseconds: -90 * 60_000_000, hasOffset: true))
    let written = DateText.Moment(microseconds: 5, hasOffset: true)
    #expect(zone.settled(written) == written)
  }
}
