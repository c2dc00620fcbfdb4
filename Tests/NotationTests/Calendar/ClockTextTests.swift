import Notation
import Testing

@Suite struct ClockTextTests {
  @Test(arguments: [
    (0, 1, "00:00:00"), (86_399, 1, "23:59:59"), (86_400, 1, "24:00:00"), (36_000_500, 1000, "10:00:00.5"),
    (1, 1_000_000, "00:00:00.000001"), (86_399_999_999_990, 1_000_000_000, "23:59:59.99999999"),
    (-1500, 1000, "-00:00:01.5"),
    (Int64.min, 1_000_000_000, "-2562047:47:16.854775808"),
  ])
  func oneTimeHasOneTextInEveryUnit(count: Int64, perSecond: Int64, text: String) {
    #expect(String(decoding: ClockText.bytes(count, perSecond: perSecond), as: UTF8.self) == text)
  }
}
