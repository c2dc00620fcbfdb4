import Tables

extension Function {
  private static func row(
    _ function: Function, _ signature: String, _ summary: String, _ arguments: [Expression], _ result: Cell,
    _ otherNames: [String] = []
  ) -> CatalogueEntry {
    CatalogueEntry(function, signature, summary, .conversions, arguments, result, otherNames)
  }

  static let conversions: [CatalogueEntry] = [
    row(
      .text, "text(x)", "As text, as a CSV file would hold it", [.float(1.5)], .text("1.5"),
      ["str", "string", "varchar", "as_character", "to_char"]),
    row(
      .number, "number(text, decimal: \".\", group: \"\", accounting: false)",
      "The number that a whole text is, written with these marks, `(5)` being -5 in accounting; missing for other text",
      [.text("1.234,50"), .text(","), .text(".")], .float(1234.5), ["parse_number", "to_numeric"]),
    row(
      .amount, "amount(text, decimal)",
      "The number in a text as people write it: with a currency, groups of digits, a percent sign (5% is 0.05), (5) being -5; missing where it could be two numbers and no decimal mark is given",
      [.text("€ 1,234.50")], .float(1234.5), ["parse_money", "parse_currency", "to_number"]),
    row(
      .int, "int(x)", "As a whole number, fractions cut off; missing for text that is no number", [.text("42")],
      .int(42),
      ["integer", "as_integer", "bigint"]),
    row(
      .float, "float(x)", "As a number with fractions; missing for text that is none", [.text("2.5e3")], .float(2500),
      ["double", "as_numeric", "decimal", "real"]),
    row(
      .bool, "bool(x)", "true, yes, y, t, 1 and numbers that are not 0; false, no, n, f, 0; missing for other text",
      [.text("Yes")], .bool(true), ["boolean", "as_logical"]),
    row(
      .date, "date(x, format)",
      "The day of a datetime, or of a text like 2026-01-31 or in the format given; \"dmy\", \"mdy\" and \"ymd\" take any marks and names of months, \"mixed\" what can be read in one way only",
      [.text("31.01.2026"), .text("%d.%m.%Y")], Expression.day(2026, 1, 31).cell,
      ["to_date", "strptime", "as_date", "parse_date", "ymd", "dmy", "mdy"]),
    row(
      .datetime, "datetime(x, format: \"\", zone: \"\")",
      "The moment, in UTC, of a text like 2026-01-31T10:00:00Z or in the format given, of a date, or of seconds since 1970; a text without an offset is of UTC or of the zone given, as in zone: \"+01:00\"",
      [.text("2026-01-31 10:00:00")], Expression.moment(2026, 1, 31, 10).cell,
      ["to_datetime", "timestamp", "to_timestamp", "as_datetime", "ymd_hms"]),
  ]
}
