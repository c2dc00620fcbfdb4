import Tables
import Testing

@testable import Expressions

@Suite struct DateReadingTests {
  private static func day(_ text: String, _ order: DateReading) -> String? {
    guard case .moment(let moment, _) = order.reading(text) else { return nil }
    return Cell.datetime(moment).description.replacing("T00:00:00Z", with: "")
  }

  @Test(
    arguments: [
      ("25/03/2024", "2024-03-25"), ("03/25/2024", "2024-03-25"), ("3.3.2024", "2024-03-03"),
      ("2024-03-04", "2024-03-04"), ("2024/3/4", "2024-03-04"), ("3 April 2024", "2024-04-03"),
      ("April 3, 2024", "2024-04-03"), ("3rd Apr 2024", "2024-04-03"), ("Mon, 3 Apr 2024", "2024-04-03"),
      ("Apr. 3, 2024", "2024-04-03"), ("3Apr2024", "2024-04-03"), ("13-Apr-99", "1999-04-13"),
      ("31/12/99", "1999-12-31"),
      ("99-12-31", "1999-12-31"), ("20240304", "2024-03-04"), ("31122024", "2024-12-31"),
      ("Sept 5, 2020", "2020-09-05"),
      (" 25.3.2024 10:30:15.5 ", "2024-03-25T10:30:15.500000Z"),
      ("2024-03-04T10:00:00+02:00", "2024-03-04T08:00:00Z"), ("Apr 3, 2024 3 pm", "2024-04-03T15:00:00Z"),
      ("25/3/2024, 3:07 p.m.", "2024-03-25T15:07:00Z"), ("25/3/2024 12:00 am", "2024-03-25"),
      ("25/03/2024 10:00 UTC", "2024-03-25T10:00:00Z"),
    ])
  func whatIsOneDayIsRead(text: String, expected: String) {
    #expect(Self.day(text, .mixed) == expected)
  }

  @Test(
    arguments: [
      ("03/04/2024", "2024-04-03", "2024-03-04", nil), ("01/02/03", "2003-02-01", "2003-01-02", "2001-02-03"),
      ("03-Apr-24", "2024-04-03", "2024-04-03", "2003-04-24"), ("12102011", "2011-10-12", "2011-12-10", nil),
    ] as [(String, String?, String?, String?)])
  func whatCouldBeTwoDaysIsReadByTheOrderAlone(text: String, dmy: String?, mdy: String?, ymd: String?) {
    #expect(DateReading.mixed.reading(text) == .twofold)
    #expect(Self.day(text, .dmy) == dmy && Self.day(text, .mdy) == mdy && Self.day(text, .ymd) == ymd)
  }

  @Test(
    arguments: [
      "", "abc", "2024", "3.4", "April 2024", "31/04/2024", "30/02/2024", "2024-13-45", "1234567890", "25//03/2024",
      "2024-03-04x", "25/03/2024 24:00", "25/03/2024 23:59:60", "25/03/2024 13:00 pm", "25/03/2024 10",
      String(repeating: "1 ", count: 500), "25 of March 2023",
    ])
  func whatIsNoDayIsNone(text: String) {
    for order in DateReading.allCases { #expect(order.reading(text) == .none, "\(order)") }
  }

  @Test func anOrderIsHeldTo() {
    #expect(Self.day("12/25/2024", .dmy) == nil && Self.day("25/12/2024", .mdy) == nil)
    #expect(Self.day("2024-03-04", .dmy) == "2024-03-04", "what has the year first in four digits says so itself")
  }

  @Test func aDayTellsTheOrderWhereItCan() {
    func order(_ text: String) -> DateReading? {
      if case .moment(_, let order) = DateReading.mixed.reading(text) { order } else { nil }
    }
    #expect(order("25/03/2024") == .dmy && order("03/25/2024") == .mdy && order("99-12-31") == .ymd)
    #expect(order("3/3/2024") == nil && order("2024-03-25") == nil && order("25 March 2024") == nil)
  }

  /// Every day of some years, in every order, with one mark or another.
  @Test(arguments: ["/", ".", "-", " "]) func everyDayIsReadAsWritten(mark: String) {
    for days in stride(from: Int32(-25_000), to: 25_000, by: 37) {
      let date = Cell.date(days).description
      let numbers = date.split(separator: "-").compactMap { Int($0) }
      let (year, month, day) = (numbers[0], numbers[1], numbers[2])
      let parts: [(DateReading, [Int])] = [
        (.dmy, [day, month, year]), (.mdy, [month, day, year]), (.ymd, [year, month, day]),
      ]
      for (order, numbers) in parts {
        let text = numbers.map(String.init).joined(separator: mark)
        #expect(Self.day(text, order) == date)
        let isCertain = order == .ymd || day > 12 || day == month
        #expect(Self.day(text, .mixed) == (isCertain ? date : nil), "\(text)")
      }
    }
  }

  @Test func functionsTakeAnOrderAsTheirFormat() throws {
    #expect(try value(.call(.date, [.text("03/04/2024"), .text("dmy")])) == Expression.day(2024, 4, 3).cell)
    #expect(try value(.call(.date, [.text("03/04/2024"), .text("mixed")])) == .missing)
    #expect(
      try value(.call(.datetime, [.text("4.3.2024 10:00"), .text("dmy")])) == Expression.moment(2024, 3, 4, 10).cell)
  }
}
