import Notation
import Testing

struct CivilDateTests {
  @Test func everyDayOfTenThousandYearsConvertsBothWays() throws {
    let first = try #require(CivilDate(year: 0, month: 1, day: 1)).days
    let last = try #require(CivilDate(year: 9999, month: 12, day: 31)).days
    #expect(stride(from: first, through: last, by: 17).allSatisfy { CivilDate(days: $0).days == $0 })
  }

  @Test(arguments: [(2023, 2, 29), (2100, 2, 29), (2026, 4, 31), (2026, 13, 1), (2026, 0, 1), (2026, 1, 0)])
  func daysThatAreNotOnTheCalendarAreRefused(year: Int, month: Int, day: Int) {
    #expect(CivilDate(year: year, month: month, day: day) == nil)
  }

  @Test func everyDayHasItsNumber() throws {
    var expected = try #require(CivilDate(year: 1, month: 1, day: 1)).days
    #expect(expected == -719_162)
    for year in 1...9999 where year < 5 || year > 9995 || (1896...2104).contains(year) {
      if year == 1896 || year == 9996 { expected = try #require(CivilDate(year: year, month: 1, day: 1)).days }
      for month in 1...12 {
        for day in 1...31 {
          guard let date = CivilDate(year: year, month: month, day: day) else { continue }
          #expect(date.days == expected && CivilDate(days: expected) == date)
          expected += 1
        }
      }
    }
    #expect(expected == 2_932_897)
  }
}
