import Testing

@testable import Tables

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
}
