import Descriptions
import Kernels
import Notation
import Tables
import Testing

@testable import Spreadsheets

/// What cells hold, and what makes a column a type.
struct SheetCellTests {
  @Test func kindsOfCells() throws {
    let data = sheet([
      ["id", "name", "share", "is", "note"],
      ["1", "<c r=\"@\" t=\"s\"><v>0</v></c>", "0.5", "<c r=\"@\" t=\"b\"><v>1</v></c>", "007"],
      ["2", "<c r=\"@\" t=\"s\"><v>1</v></c>", "3", "<c r=\"@\" t=\"b\"><v>0</v></c>", ""],
    ]).replacing("<c r=\"E2\"><v>007</v></c>", with: "<c r=\"E2\" t=\"str\"><f>A1</f><v>007</v></c>")
    let strings = [
      "<r><t>a </t></r><r><rPr><b/></rPr><t>bold</t></r><rPh sb=\"0\" eb=\"1\"><t>said</t></rPh>",
      "<t xml:space=\"preserve\"> &lt;x&gt; &#233;_x000D__x005F_x0041_ </t>",
    ]
    let table = try rows(WrittenWorkbook(data, strings: strings)).table
    #expect(table.types == [.int, .text, .float, .bool, .text])
    #expect(table.words("name") == ["a bold", " <x> é\r_x0041_ "])
    #expect(table.words("share") == ["0.5", "3.0"])
    #expect(table.words("is") == ["true", "false"])
    #expect(table.words("note") == ["007", ""])
    #expect(table["note"]?.isValid(1) == false)
  }

  /// A last second of a day as LibreOffice writes it, of which 15 digits leave 4 microseconds in the dark, and as others do with 17.
  @Test func secondsOfFewDigitsAreWhole() {
    let dates = DateSerial(isFrom1904: false)
    #expect(dates.moment(45657.9999884259, isShort: true)?.microseconds == 86_399_000_000)
    #expect(dates.moment(45657.9999884259)?.microseconds == 86_398_999_998)
    #expect(dates.moment(45657.999988425923, isShort: false)?.microseconds == 86_399_000_000)
    #expect(dates.moment(45657.5000001, isShort: true)?.microseconds == 43_200_008_640)
  }

  @Test func numbersKeepTheirDigits() throws {
    let numbers = ["9007199254740993", "-1", "0"]
    #expect(try rows(WrittenWorkbook(sheet([["k"]] + numbers.map { [$0] }))).table.words("k") == numbers)
    let table = try rows(WrittenWorkbook(sheet([["k"], ["0.30000000000000004"], ["1E-3"], ["12345678901234567890"]])))
      .table
    #expect(table.words("k") == ["0.30000000000000004", "0.001", "1.2345678901234567e+19"])
  }

  private static func cell(_ value: String, _ style: Int) -> String { "<c r=\"@\" s=\"\(style)\"><v>\(value)</v></c>" }

  @Test(arguments: [
    ("1", false, "1900-01-01"), ("59", false, "1900-02-28"), ("61", false, "1900-03-01"),
    ("45292", false, "2024-01-01"),
    ("2958465", false, "9999-12-31"), ("0", true, "1904-01-01"), ("43830", true, "2024-01-01"),
  ])
  func daysAreCountedFromTheWorkbooksBeginning(serial: String, isFrom1904: Bool, day: String) throws {
    let data = sheet([["day"], [Self.cell(serial, 1)]])
    let read = try rows(WrittenWorkbook(data, styles: ["yyyy\\-mm\\-dd"], isFrom1904: isFrom1904))
    #expect(read.table.types == [.date])
    #expect(read.table.words("day") == [day])
  }

  @Test(arguments: ["60", "0", "-1", "2958466", "1e300"])
  func numbersThatAreNoDayAreMissingAndCounted(serial: String) throws {
    let data = sheet([["k", "day"], ["1", Self.cell(serial, 1)], ["2", Self.cell("100", 1)]])
    let read = try rows(WrittenWorkbook(data, styles: ["d/m/yy"]))
    #expect(read.table["day"]?.isValid(0) == false)
    #expect(read.notes == ["column 'day': 1 number is no day of the calendar, and missing"])
  }

  @Test func momentsTimesAndDurations() throws {
    let data = sheet([
      ["at", "time", "long"],
      [Self.cell("45292.416666666664", 1), Self.cell("0.3784722222222222", 2), Self.cell("1.1041666666666667", 3)],
      // Sixteen digits, as many programs write.
      [Self.cell("45292.41666666666", 1), Self.cell("0.5", 2), Self.cell("0.5", 3)],
      [Self.cell("45292", 1), Self.cell("0", 2), Self.cell("0", 3)],
    ])
    let read = try rows(WrittenWorkbook(data, styles: ["dd/mm/yyyy hh:mm", "h:mm AM/PM", "[h]:mm:ss"]))
    #expect(read.table.types == [.datetime, .text, .float])
    #expect(read.table.words("at") == ["2024-01-01T10:00:00Z", "2024-01-01T10:00:00Z", "2024-01-01T00:00:00Z"])
    #expect(read.table.words("time") == ["09:05:00", "12:00:00", "00:00:00"])
    #expect(read.table.words("long") == ["95400.0", "43200.0", "0.0"])
    #expect(read.notes.count == 2)
  }

  @Test func datesOfISO8601() throws {
    let data = sheet([
      ["day"], ["<c r=\"@\" t=\"d\"><v>2026-01-31</v></c>"], ["<c r=\"@\" t=\"d\"><v>2026-01-31T10:00:00</v></c>"],
    ])
    #expect(try rows(WrittenWorkbook(data)).table.words("day") == ["2026-01-31T00:00:00Z", "2026-01-31T10:00:00Z"])
  }

  @Test(arguments: [
    ("General", NumberFormat.number), ("0.00", .number), ("#,##0;[Red]-#,##0", .number), ("0.00E+00", .number),
    ("\"days\" 0", .number), ("0\\d", .number), ("yyyy-mm-dd", .date), ("[$-409]d-mmm-yy;@", .date), ("mmm", .date),
    ("m", .date), ("h:mm", .time), ("mm:ss", .time), ("h:mm AM/PM", .time), ("yyyy-mm-dd hh:mm", .moment),
    ("[h]:mm", .duration), ("[mm]:ss", .duration), ("[Blue]0", .number), ("@", .number), ("", .number),
    ("_-* #,##0.00\\ _€_-", .number), ("dd/mm/yyyy\\ hh:mm:ss", .moment), ("[>=100]0;d", .number), ("[", .number),
    ("\"", .number), ("\\", .number),
  ])
  func codesOfFormats(code: String, format: NumberFormat) { #expect(NumberFormat(code: code) == format) }

  @Test func builtInFormats() {
    #expect(NumberFormat(builtIn: 14) == .date)
    #expect(NumberFormat(builtIn: 21) == .time)
    #expect(NumberFormat(builtIn: 22) == .moment)
    #expect(NumberFormat(builtIn: 46) == .duration)
    #expect(NumberFormat(builtIn: 2) == .number)
  }

  @Test func columnsOfSeveralKindsAreTextAndTold() throws {
    let data = sheet([["k", "v", "w"], ["1", "x", "NA"], ["2", "2", "2"], ["3", "0.5", "3"]])
    let read = try rows(WrittenWorkbook(data))
    #expect(read.table.types == [.int, .text, .text])
    #expect(read.table.words("v") == ["x", "2", "0.5"])
    #expect(
      read.notes == [
        "column 'v' is text because of 'x' in B2",
        "column 'w' is text because of 'NA' in C2; `missing: [\"\", \"NA\"]` would read it as int",
      ])
    let told = try rows(WrittenWorkbook(data), ["missing": .list([.text(""), .text("NA")])])
    #expect(told.table.types == [.int, .text, .int])
    #expect(told.table["w"]?.isValid(0) == false)
  }

  @Test func typesMayBeStated() throws {
    let data = sheet([["zip", "v"], ["123", "1"], ["4567", "x"]])
    let types = RawValue.record([RawField("zip", .word("text")), RawField("v", .word("int"))])
    let error = failure(try WrittenWorkbook(data).bytes(), ["types": types])
    #expect(error?.reason == .badCell(row: 2, column: "v", text: "x", type: .int, others: 0))
    let rejecting = try rows(WrittenWorkbook(data), ["types": types, "on_conflict": .word("reject")])
    #expect(rejecting.table.words("zip") == ["123"])
    #expect(rejecting.table.types == [.text, .int])
    #expect(failure(try WrittenWorkbook(data).bytes(), ["columns": .list([.text("zop")])]) != nil)
  }

  @Test func errorsAndFormulasWithoutAValueAreMissingAndTold() throws {
    let data = sheet([
      ["k", "v", "w"], ["1", "<c r=\"@\" t=\"e\"><v>#N/A</v></c>", "<c r=\"@\"><f>A2*2</f></c>"],
      ["2", "<c r=\"@\" t=\"e\"><v>#DIV/0!</v></c>", "<c r=\"@\"><f>A3*2</f><v>0</v></c>"],
      ["3", "0.5", "<c r=\"@\"><f>A4*2</f><v>0</v></c>"],
    ])
    let read = try rows(WrittenWorkbook(data))
    #expect(read.table.types == [.int, .float, .int])
    #expect(read.table["v"]?.missingCount == 2)
    #expect(
      read.notes == [
        "column 'v': 2 error cells are missing (#DIV/0!, #N/A)",
        "1 formula has no value and is missing; open the file in a spreadsheet program and save it, so that they are computed",
        "all 2 formulas of the table give 0, as if nobody had computed them; open the file in a spreadsheet program and save it, so that they are computed",
      ])
  }

  @Test func rowsWithErrorsAreLeftOutWhereThatIsAskedFor() throws {
    let data = sheet([
      ["k", "v"], ["1", "<c r=\"@\" t=\"e\"><v>#N/A</v></c>"], ["2", "<c r=\"@\" t=\"e\"><v>#DIV/0!</v></c>"],
      ["3", "0.5"],
      ["<c r=\"@\" t=\"e\"><f>A9</f><v>#REF!</v></c>", "7"],
    ])
    let read = try rows(WrittenWorkbook(data), ["on_conflict": .word("reject")])
    #expect(read.table["k"] == .int(Cells([1, 3])))
    #expect(read.table["v"] == .float(Cells([nil, 0.5], filler: 0)))
    #expect(
      read.notes.filter { $0.contains("error cell") } == ["column 'v': 1 error cell is missing (#N/A)"]
        && read.notes.count == 2,
      "\(read.notes)")
    // Only the columns that are read are looked at.
    let kept = try rows(WrittenWorkbook(data), ["on_conflict": .word("reject"), "columns": .list([.text("k")])])
    #expect(kept.table["k"] == .int(Cells([1, 2, 3])))
  }

  @Test func anEmptyTextOfAFormulaIsMissing() throws {
    let data = sheet([["k", "v"], ["1", "<c r=\"@\" t=\"str\"><f>IF(A2,\"\")</f><v></v></c>"], ["2", "7"]])
    #expect(try rows(WrittenWorkbook(data)).table.types == [.int, .int])
  }
}
