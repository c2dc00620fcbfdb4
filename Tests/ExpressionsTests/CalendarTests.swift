import Tables
import Testing

@testable import Expressions

@Suite struct CalendarTests {
  @Test func daysAndMonthsMeetTheCalendarsEdges() throws {
    for (expression, cell) in [
      (Expression.call(.week, [.day(2020, 12, 31)]), Cell.int(53)), (.call(.week, [.day(2021, 1, 3)]), .int(53)),
      (.call(.week, [.day(2021, 1, 4)]), .int(1)), (.call(.week, [.day(2018, 12, 31)]), .int(1)),
      (.call(.weekday, [.day(1969, 12, 31)]), .int(3)), (.call(.dayOfYear, [.day(2024, 12, 31)]), .int(366)),
      (.call(.dateAdd, [.day(2024, 2, 29), .int(1), .text("year")]), Expression.day(2025, 2, 28).cell),
      (.call(.dateAdd, [.day(2024, 3, 31), .int(-1), .text("months")]), Expression.day(2024, 2, 29).cell),
      (.call(.dateAdd, [.day(9999, 12, 31), .int(1), .text("month")]), .missing),
      (.call(.dateAdd, [.day(2024, 1, 1), .int(.max), .text("day")]), .missing),
      (.call(.dateAdd, [.day(2024, 1, 1), .int(.min), .text("year")]), .missing),
      (.call(.add, [.day(2024, 1, 1), .int(.max)]), .missing),
      (.call(.makeDate, [.int(2023), .int(2), .int(29)]), .missing),
      (.call(.years, [.day(2000, 3, 1), .day(2026, 2, 28)]), .float(25 + 364.0 / 365)),
      (.call(.years, [.day(2026, 2, 28), .day(2000, 2, 28)]), .float(-26)),
      (.call(.months, [.day(2026, 1, 15), .day(2026, 1, 15)]), .float(0)),
      (.call(.hour, [.moment(1969, 12, 31, 23, 59)]), .int(23)),
      (.call(.subtract, [.moment(2026, 1, 2, 0), .day(2026, 1, 1)]), .float(86_400)),
      (.call(.less, [.day(2026, 1, 1), .moment(2026, 1, 1, 1)]), .bool(true)),
      (.call(.add, [.moment(2026, 1, 1, 0), .call(.minutes, [.int(90)])]), Expression.moment(2026, 1, 1, 1, 30).cell),
      (.call(.dateTrunc, [.text("week"), .day(1969, 12, 31)]), Expression.day(1969, 12, 29).cell),
      (.call(.dateTrunc, [.text("hour"), .moment(1969, 12, 31, 22, 59, 1)]), Expression.moment(1969, 12, 31, 22).cell),
    ] {
      #expect(try value(expression) == cell, "\(expression.display)")
    }
  }

  @Test(arguments: [
    ("2026-01-31T10:00:00Z", "2026-01-31T10:00:00Z"), ("2026-01-31 10:00", "2026-01-31T10:00:00Z"),
    ("2026-01-31T00:30:00+01:00", "2026-01-30T23:30:00Z"), ("2026-01-31T10:00:00.25Z", "2026-01-31T10:00:00.250000Z"),
    ("2026-01-31", "2026-01-31T00:00:00Z"), ("1969-07-20T20:17:40-0000", "1969-07-20T20:17:40Z"),
  ])
  func momentsAreReadAsISOWritesThem(text: String, moment: String) throws {
    #expect(try value(.call(.datetime, [.text(text)])).description == moment)
  }

  @Test(arguments: ["2026-02-30", "2026-1", "31.01.2026", "2026-01-31T25:00", "2026-01-31x", "", "20260131"])
  func whatIsNoDayIsMissing(text: String) throws {
    #expect(try value(.call(.date, [.text(text)])) == .missing)
  }

  @Test(arguments: [
    ("%d/%m/%y", "03/04/68", "2068-04-03"), ("%d %b %Y", "3 Apr 1999", "1999-04-03"),
    ("%B %d, %Y", "february 29, 2024", "2024-02-29"), ("%Y%m%d", "20240229", "2024-02-29"),
    ("%Y-%j", "2024-366", "2024-12-31"), ("%d.%m.%Y %I:%M %p", "1.2.2024 12:30 AM", "2024-02-01"),
  ])
  func formatsAreThoseOfStrptime(format: String, text: String, date: String) throws {
    #expect(try value(.call(.date, [.text(text), .text(format)])).description == date)
  }

  @Test func unitsAndFormatsAreCheckedBeforeAnyRow() {
    #expect(throws: ExpressionError.badUnit("fortnight")) {
      try Expression.call(.dateTrunc, [.text("fortnight"), .column("d", .date)]).check()
    }
    #expect(throws: ExpressionError.badUnit("hour")) {
      try Expression.call(.dateTrunc, [.text("hour"), .column("d", .date)]).check()
    }
    #expect(throws: ExpressionError.badFormat("%Q")) {
      try Expression.call(.date, [.column("t", .text), .text("%Q")]).check()
    }
  }
}
