import Tables

extension Function {
  private static func row(
    _ function: Function, _ signature: String, _ summary: String, _ arguments: [Expression], _ result: Cell,
    _ otherNames: [String] = []
  ) -> CatalogueEntry {
    CatalogueEntry(function, signature, summary, .dates, arguments, result, otherNames)
  }

  static let dates: [CatalogueEntry] = [
    row(.year, "year(date)", "The year", [.day(2026, 1, 31)], .int(2026)),
    row(.month, "month(date)", "The month, 1 to 12", [.day(2026, 1, 31)], .int(1)),
    row(.day, "day(date)", "The day of the month", [.day(2026, 1, 31)], .int(31), ["dayofmonth", "mday"]),
    row(
      .weekday, "weekday(date)", "The day of the week, Monday 1 to Sunday 7", [.day(2026, 1, 31)], .int(6),
      ["dayofweek", "isodow", "wday"]),
    row(
      .dayOfYear, "day_of_year(date)", "The day of the year, from 1", [.day(2026, 2, 1)], .int(32),
      ["dayofyear", "yday"]),
    row(
      .week, "week(date)", "The week of the year by ISO 8601", [.day(2027, 1, 1)], .int(53), ["weekofyear", "isoweek"]),
    row(.quarter, "quarter(date)", "The quarter, 1 to 4", [.day(2026, 5, 1)], .int(2)),
    row(.hour, "hour(datetime)", "The hour, 0 to 23, in UTC", [.moment(2026, 1, 31, 10)], .int(10)),
    row(.minute, "minute(datetime)", "The minute, 0 to 59", [.moment(2026, 1, 31, 10, 5)], .int(5)),
    row(.second, "second(datetime)", "The second, 0 to 59", [.moment(2026, 1, 31, 10, 5, 7)], .int(7)),
    row(
      .years, "years(from, to)", "Years between: the anniversaries passed and the part of the next year",
      [.day(2000, 2, 29), .day(2026, 2, 28)], .float(26), ["date_diff", "datediff", "difftime", "age"]),
    row(
      .months, "months(from, to)", "Months between: the whole ones and the part of the next",
      [.day(2026, 1, 31), .day(2026, 4, 30)], .float(3), ["months_between"]),
    row(
      .days, "days(from, to)", "Days between; an int for two dates", [.day(2026, 1, 31), .day(2026, 3, 1)], .int(29)),
    row(
      .hours, "hours(from, to)", "Hours between; hours(n) is n hours in seconds",
      [.moment(2026, 1, 31, 10), .moment(2026, 1, 31, 11, 30)], .float(1.5)),
    row(.minutes, "minutes(from, to)", "Minutes between; minutes(n) is n minutes in seconds", [.int(5)], .int(300)),
    row(.seconds, "seconds(from, to)", "Seconds between; seconds(n) is n seconds", [.int(10)], .int(10)),
    row(
      .dateTrunc, "date_trunc(unit, date)",
      "The start of its year, quarter, month, week (Monday), day, hour, minute or second",
      [.text("month"), .day(2026, 1, 31)], Expression.day(2026, 1, 1).cell, ["floor_date", "trunc_date"]),
    row(
      .dateAdd, "date_add(date, n, unit)",
      "n years, quarters, months, weeks, days, hours, minutes or seconds on; a day past the month's end becomes its last",
      [.day(2026, 1, 31), .int(1), .text("month")], Expression.day(2026, 2, 28).cell,
      ["dateadd", "add_months", "interval"]),
    row(
      .makeDate, "make_date(year, month, day)", "The date; missing for a day that is not on the calendar",
      [.int(2026), .int(1), .int(31)], Expression.day(2026, 1, 31).cell, ["datefromparts", "make_datetime"]),
    row(
      .epoch, "epoch(date)", "Seconds since 1970-01-01T00:00:00Z", [.moment(1970, 1, 2, 0)], .float(86_400),
      ["unix_timestamp", "to_unixtime"]),
  ]
}
