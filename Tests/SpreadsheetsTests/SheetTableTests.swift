import Descriptions
import Formats
import Kernels
import Tables
import Testing

@testable import Spreadsheets

/// Where in a sheet the table stands, and which sheet it is.
struct SheetTableTests {
  private static let plain = [["id", "score"], ["1", "0.5"], ["2", "1.5"]]

  @Test func theFirstSheetThatIsNotHiddenIsRead() throws {
    let workbook = WrittenWorkbook(
      sheets: [("Old", sheet([["a"], ["1"]])), ("Data", sheet(Self.plain)), ("Info", sheet([["b"], ["2"]]))],
      states: ["Old": "hidden"])
    let read = try rows(workbook)
    #expect(read.table.names == ["id", "score"])
    #expect(
      read.notes == [
        "sheet 'Data' is read; there are also 'Old' (hidden), 'Info': `sheet: \"Old\"` reads another"
      ])
    #expect(try rows(workbook, ["sheet": .text("Info")]).table.names == ["b"])
    #expect(try rows(workbook, ["sheet": .int(1)]).table.names == ["a"])
    #expect(try rows(workbook, ["sheet": .int(3)]).notes.isEmpty)
    for wrong in [RawValue.text("info"), .int(4)] {
      guard case .badFormat(let words) = failure(try workbook.bytes(), ["sheet": wrong])?.reason else {
        Issue.record("taken")
        continue
      }
      #expect(words.contains("sheets: 'Old', 'Data', 'Info'"))
    }
  }

  @Test(arguments: [
    ([["Report"], [], ["id", "score"], ["1", "0.5"], ["2", "1.5"]], 2),
    ([["Report", "2026"], ["", "", "made"], ["id", "score", "note"], ["1", "0.5", ""], ["2", "1.5", "x"]], 2),
    ([["", "", "Report"], ["", "id", "score"], ["", "1", "0.5"], ["", "2", "1.5"]], 1),
  ])
  func titlesAreFound(cells: [[String]], above: Int) throws {
    let read = try rows(WrittenWorkbook(sheet(cells)))
    #expect(read.table.names.starts(with: ["id", "score"]))
    #expect(read.table.words("id") == ["1", "2"])
    #expect(read.notes.count == 1 && read.notes[0].contains("`skip: \(above)`"))
    let told = try rows(WrittenWorkbook(sheet(cells)), ["skip": .int(Int64(above))])
    #expect(told.table == read.table)
    #expect(told.notes.isEmpty)
  }

  @Test func whatIsNotCertainIsTold() throws {
    let read = try rows(WrittenWorkbook(sheet([["Report"], ["name", "city", "land"], ["x", "y", "z"]])))
    #expect(read.table.names == ["Report", "column_2", "column_3"])
    #expect(read.notes.first == "row 1 names 1 of 3 columns; `skip: 1` begins with row 2")
  }

  @Test func theHeaderIsFoundAsInOtherTexts() throws {
    let headless = try rows(WrittenWorkbook(sheet([["1", "x"], ["2", "y"]])))
    #expect(headless.table.names == ["column_1", "column_2"])
    #expect(headless.notes == ["the first row reads as data, so there is no header; `header: true` makes it one"])
    let data = WrittenWorkbook(sheet([["1", "x"], ["2", "y"]]))
    #expect(try rows(data, ["header": .bool(true)]).table.names == ["1", "x"])
    #expect(try rows(WrittenWorkbook(sheet([["a", "b"], ["c", "d"]])), ["header": .bool(false)]).table.rowCount == 2)
    let named = try rows(WrittenWorkbook(sheet([["x", "", "x"], ["1", "2", "3"]])))
    #expect(named.table.names == ["x", "column_2", "x_2"])
    #expect(named.notes.count == 2)
  }

  @Test func blankRowsAndColumnsArePassedOver() throws {
    let cells = [["", "a", "", "b"], [], ["", "1", "", "x"], [], [], ["", "2", "", "y"]]
    let table = try rows(WrittenWorkbook(sheet(cells))).table
    #expect(table.names == ["a", "b"])
    #expect(table.words("a") == ["1", "2"])
  }

  @Test func unitsAndTotals() throws {
    let cells = [["name", "length"], ["", "cm"], ["x", "1.5"], ["y", "2.5"], ["Total:", "4"]]
    let read = try rows(WrittenWorkbook(sheet(cells)), ["units": .bool(true)])
    #expect(read.table.types == [.text, .float])
    #expect(read.notes == ["units: length in cm", "the last row begins as a total; `footer: 1` leaves it out"])
    let told = try rows(WrittenWorkbook(sheet(cells)), ["units": .bool(true), "footer": .int(1)])
    #expect(told.table.words("name") == ["x", "y"])
    #expect(try rows(WrittenWorkbook(sheet(cells)), ["footer": .int(9)]).table.rowCount == 0)
    #expect(failure(try WrittenWorkbook(sheet([["1"], ["2"]])).bytes(), ["units": .bool(true)]) == nil)
  }

  @Test func mergedAndHiddenCellsAreRead() throws {
    var workbook = WrittenWorkbook(sheet(Self.plain))
    let data = sheet(Self.plain).replacing("<row r=\"2\">", with: "<row r=\"2\" hidden=\"1\">")
    workbook.replace(
      "xl/worksheets/sheet1.xml",
      Array(
        """
        <worksheet><cols><col min="2" max="2" hidden="1"/><col min="9" max="9" hidden="true"/></cols>
        <sheetData>\(data)</sheetData><mergeCells count="2"><mergeCell ref="A2:A3"/><mergeCell ref="A9:B9"/></mergeCells>
        </worksheet>
        """.utf8))
    let read = try rows(workbook)
    #expect(read.table.words("id") == ["1", "2"])
    #expect(
      read.notes == [
        "1 merged range has a value in the first cell alone; the others are missing",
        "1 hidden row and 1 hidden column are read as well",
      ])
  }

  @Test func rowsAndCellsNeedNoPlaces() throws {
    let data =
      "<row><c t=\"str\"><v>a</v></c><c t=\"str\"><v>b</v></c></row><row><c/><c><v>2</v></c></row><row><c><v>3</v></c></row>"
    let table = try rows(WrittenWorkbook(data)).table
    #expect(table.words("a") == ["", "3"])
    #expect(table.words("b") == ["2", ""])
  }

  @Test func prefixesOfNamesAreNoPartOfThem() throws {
    var workbook = WrittenWorkbook(sheet(Self.plain))
    let data =
      "<x:worksheet xmlns:x='m'><x:sheetData><x:row r='1'><x:c r='A1' t='str'><x:v>a</x:v></x:c></x:row>"
      + "<x:row r='2'><x:c r='A2'><x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    workbook.replace("xl/worksheets/sheet1.xml", Array(data.utf8))
    #expect(try rows(workbook).table.words("a") == ["5"])
  }

  @Test func partsInUTF16AreRead() throws {
    var workbook = WrittenWorkbook(sheet([["ø"], ["1"]]))
    let name = "xl/worksheets/sheet1.xml"
    let text = String(decoding: try #require(workbook.parts.first { $0.name == name }?.bytes), as: UTF8.self)
    for isBigEndian in [false, true] {
      let units = ("\u{FEFF}<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + text).utf16
      workbook.replace(
        name,
        units.flatMap { isBigEndian ? [UInt8($0 >> 8), UInt8($0 & 0xFF)] : [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
      #expect(try rows(workbook).table.names == ["ø"])
    }
    workbook.replace(name, Array("<?xml version='1.0' encoding='ISO-8859-1'?><worksheet/>".utf8))
    #expect(failure(try workbook.bytes()) != nil)
  }

  @Test func rowsColumnsAndChunksAreThoseAskedFor() throws {
    let cells = [["k", "v", "w"]] + (0..<40_000).map { ["\($0)", "x\($0 % 7)", $0 % 3 == 0 ? "" : "\($0).5"] }
    let bytes = try WrittenWorkbook(sheet(cells)).bytes()
    let request = ReadingRequest()
    let source = TypedSource(XLSXFile(path: "t.xlsx", bytes: bytes, SheetOptions(request)), request)
    let whole = try source.read(columns: nil, Progress()).table
    #expect(whole.rowCount == 40_000)
    #expect(whole["w"]?.missingCount == 13_334)
    let pruned = try source.read(columns: ["w"], Progress()).table
    #expect(pruned.names == ["w"])
    #expect(pruned["w"] == whole["w"])
    #expect(try source.read(ScanRequest(limit: 20_000), Progress()).table == whole.head(20_000))
    #expect(try source.expectedRows(ScanRequest()) == 40_000)
    #expect(try source.declaredSchema()?.schema == whole.schema)
    let progress = Progress()
    progress.cancel()
    #expect(throws: SourceError(source: "t.xlsx", reason: .cancelled)) { try source.read(columns: nil, progress) }
  }

  @Test func storedEntriesAreReadAsDeflatedOnes() throws {
    let workbook = WrittenWorkbook(sheet(Self.plain))
    #expect(try rows(try workbook.bytes(stored: true)).table == rows(workbook).table)
  }
}
