import Descriptions
import Formats
import Kernels
import Tables
import Testing

@testable import Spreadsheets

/// Workbooks that mean harm end in an error, in bounded time and memory.
struct HostileWorkbookTests {
  private static let cells = [["id", "name", "score"], ["1", "x", "0.5"], ["2", "y", "1.5"], ["3", "z", ""]]

  @Test(arguments: [false, true])
  func cutAtEveryByte(stored: Bool) throws {
    let bytes = try WrittenWorkbook(sheet(Self.cells)).bytes(stored: stored)
    for count in 0..<bytes.count {
      guard case .badFormat = failure(Array(bytes.prefix(count)))?.reason else {
        Issue.record("cut after \(count) bytes was taken")
        return
      }
    }
  }

  @Test func anyByteMayBeAnother() throws {
    let bytes = try WrittenWorkbook(sheet(Self.cells)).bytes()
    let whole = try rows(bytes).table
    var random = CounterRandom(seed: 9)
    for _ in 0..<1500 {
      var damaged = bytes
      for _ in 0..<1 + random.next(below: 3) {
        damaged[random.next(below: bytes.count)] = UInt8(truncatingIfNeeded: random.next())
      }
      // What is taken all the same has rows, or was changed where nobody looks.
      if let table = try? rows(damaged).table { #expect(table.rowCount <= whole.rowCount) }
    }
  }

  @Test func anyByteOfASheetMayBeAnother() throws {
    let data = Array("<worksheet><sheetData>\(sheet(Self.cells))</sheetData></worksheet>".utf8)
    var random = CounterRandom(seed: 10)
    let alphabet = Array("<>/=\"' &;rcvt019AZ!?-[]\u{E9}".utf8) + [0, 0xFF]
    for _ in 0..<1500 {
      var damaged = data
      for _ in 0..<1 + random.next(below: 4) {
        damaged[random.next(below: data.count)] = alphabet[random.next(below: alphabet.count)]
      }
      var workbook = WrittenWorkbook(sheet(Self.cells))
      workbook.replace("xl/worksheets/sheet1.xml", damaged)
      _ = failure(try workbook.bytes())
    }
  }

  private func refused(_ data: String, strings: [String] = []) throws {
    guard let error = failure(try WrittenWorkbook(data, strings: strings).bytes()) else {
      Issue.record("taken: \(data.prefix(120))")
      return
    }
    switch error.reason {
    case .badFormat, .tooLarge: break
    default: Issue.record("\(error)")
    }
  }

  @Test(arguments: [
    "<row r=\"1\"><c r=\"XFE1\"><v>1</v></c></row>", "<row r=\"1\"><c r=\"ZZZZ1\"><v>1</v></c></row>",
    "<row r=\"2\"><c r=\"A2\"><v>1</v></c></row><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>",
    "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>",
    "<row r=\"1\"><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>1</v></c></row>",
    "<row r=\"1\"><c r=\"A2\"><v>1</v></c></row>",
    "<row r=\"1048577\"><c><v>1</v></c></row>", "<row r=\"99999999999999999999\"><c><v>1</v></c></row>",
    "<row r=\"-1\"/>", "<row r=\"1\"><c t=\"s\"><v>2147483648</v></c></row>",
    "<row r=\"1\"><c t=\"s\"><v>0</v></c></row>", "<row r=\"1\"><c t=\"zzz\"><v>0</v></c></row>",
    "<row r=\"1\"><c><v>abc</v></c></row>", "<row r=\"1\"><c t=\"b\"><v>7</v></c></row>",
    "<row r=\"1\"><c><v>1e999</v></c></row>",
    "<row r=\"1\" r=\"x\" s><c/></row>", "<row r=\"1\"><c s=\"x\"><v>1</v></c></row>", "<row><c></row></c>",
    "</sheetData>",
    "<row r=\"1\"><c t=\"str\"><v>&boom;</v></c></row>", "<row r=\"1\"><c t=\"str\"><v>&#0;</v></c></row>",
    "<row r=\"1\"><c t=\"str\"><v>&#xFFFFFFFF;</v></c></row>", "<row r=\"1\"><c t=\"str\"><v>&</v></c></row>", "<",
    "<row r=\"1\"/></sheetData><sheetData>",
  ])
  func sheetsThatAreNotSound(data: String) throws { try refused(data) }

  @Test func deepElementsAndLongTagsAreRefused() throws {
    try refused(String(repeating: "<a>", count: 100_000))
    try refused("<row r=\"1\"><c t=\"" + String(repeating: "x", count: 2_000_000) + "\"/></row>")
    try refused("<row r=\"1\"><c t=\"str\"><v>" + String(repeating: "x", count: 20_000_000) + "</v></c></row>")
    try refused("<row r=\"1\">" + String(repeating: "<c/>", count: 16_385) + "</row>")
  }

  @Test func documentTypesAndEntitiesAreRefused() throws {
    var workbook = WrittenWorkbook(sheet(Self.cells))
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><worksheet>&b;</worksheet>"
    workbook.replace("xl/worksheets/sheet1.xml", Array(bomb.utf8))
    guard case .badFormat(let words) = failure(try workbook.bytes())?.reason else {
      Issue.record("taken")
      return
    }
    #expect(words.contains("document type"))
  }

  @Test func commentsInstructionsAndPlainDataAreNoHarm() throws {
    let data =
      "<!-- <row> --><?x <row>?><row r=\"1\"><c t=\"str\"><v>a<![CDATA[<&]]>b<!-- c -->d</v></c></row><row r=\"2\"><c><v>1</v></c></row>"
    #expect(try rows(WrittenWorkbook(data)).table.names == ["a<&bd"])
  }

  @Test func archivesThatLieAreRefused() throws {
    let parts = WrittenWorkbook(sheet(Self.cells)).parts
    func archive(_ change: (inout TestArchive, String, [UInt8]) -> Void) -> TestArchive {
      var archive = TestArchive()
      for (name, bytes) in parts { change(&archive, name, bytes) }
      return archive
    }
    let sound = archive { $0.add($1, $2) }
    #expect(failure(sound.finish()) == nil)
    let lies = [
      archive { $0.add($1, $2, flags: 1) }.finish(), archive { $0.add($1, $2, method: 12) }.finish(),
      archive { $0.add($1, $2, expanded: 1 << 31) }.finish(),
      archive { $0.add($1, $2, expanded: $2.count - 1) }.finish(),
      archive { $0.add($1, $2, expanded: 0xFFFF_FFFF) }.finish(), archive { $0.add($1, $2, start: 0) }.finish(),
      archive { $0.add($1, $2, start: 0xFFFF_FFF0) }.finish(), archive { $0.add($1, $2, check: 5) }.finish(),
      archive {
        $0.add($1, $2)
        $0.add($1.uppercased(), $2)
      }.finish(), sound.finish(count: 60_000), sound.finish(listSize: 0x7FFF_FFFF),
      sound.finish(listStart: 0x7FFF_FFFF),
      sound.finish(listSize: 0xFFFF_FFFF), sound.finish(count: 0xFFFF),
      archive { $0.add($1, $2, isStored: true, method: 8) }.finish(),
    ]
    for (place, bytes) in lies.enumerated() { #expect(failure(bytes) != nil, "lie \(place)") }
    guard case .badFormat(let words) = failure(lies[0])?.reason else { return }
    #expect(words.contains("encrypted"))
  }

  @Test func numbersOf64BitsAreRead() throws {
    var archive = TestArchive()
    var entries: [(name: String, compressed: Int, expanded: Int, start: Int, check: Int)] = []
    for (name, bytes) in WrittenWorkbook(sheet(Self.cells)).parts {
      entries.append((name, bytes.count, bytes.count, archive.bytes.count, TestArchive.check(bytes)))
      archive.add(name, bytes, isStored: true)
    }
    let sound = archive.finish64(extra: entries)
    #expect(try rows(sound).table.rowCount == 3)
    for change: (inout (name: String, compressed: Int, expanded: Int, start: Int, check: Int)) -> Void in [
      { $0.start = .max }, { $0.compressed = .max }, { $0.compressed = -1 }, { $0.expanded = .max - 3 },
    ] {
      var lies = entries
      for place in lies.indices { change(&lies[place]) }
      #expect(failure(archive.finish64(extra: lies)) != nil)
    }
    for count in sound.count - 120..<sound.count { #expect(failure(Array(sound.prefix(count))) != nil) }
  }

  @Test func bombsAreRefused() throws {
    var archive = TestArchive()
    for (name, bytes) in WrittenWorkbook(sheet(Self.cells)).parts {
      // It says that it holds two gigabytes in a few bytes.
      archive.add(name, bytes, expanded: name.contains("sheet1") ? 0x7FFF_FFFF : nil)
    }
    guard case .tooLarge = failure(archive.finish())?.reason else {
      Issue.record("taken")
      return
    }
    // Many megabytes of blanks in little: read, and nothing of them kept.
    var workbook = WrittenWorkbook(sheet(Self.cells))
    let blanks = String(repeating: "<!-- " + String(repeating: " ", count: 1000) + " -->", count: 20_000)
    workbook.replace(
      "xl/worksheets/sheet1.xml",
      Array("<worksheet>\(blanks)<sheetData>\(sheet(Self.cells))</sheetData></worksheet>".utf8))
    #expect(try rows(workbook).table.rowCount == 3)
  }

  @Test func otherFilesAreToldApart() throws {
    func words(_ bytes: [UInt8]) -> String {
      guard case .badFormat(let words) = failure(bytes)?.reason else { return "" }
      return words
    }
    #expect(
      words([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 600)).contains("password"))
    #expect(words(Array("a,b\n1,2\n".utf8)).contains("no .xlsx file"))
    #expect(words([]).contains("empty"))
    var other = TestArchive()
    other.add("content.xml", Array("<x/>".utf8))
    #expect(words(other.finish()).contains("OpenDocument"))
    var binary = TestArchive()
    binary.add("xl/workbook.bin", [1, 2, 3])
    #expect(words(binary.finish()).contains("binary"))
    var none = TestArchive()
    none.add("x.txt", [1])
    #expect(words(none.finish()).contains("without a workbook"))
    #expect(OtherWorkbook.words(ending: "xls") != nil)
    #expect(OtherWorkbook.words(ending: "xlsx") == nil)
  }

  /// Sheets as wide as they may be, under options that make rows wait.
  @Test func wideRowsAreRead() throws {
    let names = (0..<16_384).map { "c\($0)" }
    let data = sheet([names] + (0..<3).map { row in names.map { _ in "\(row)" } })
    let table = try rows(WrittenWorkbook(data), ["footer": .int(1)]).table
    #expect(table.names == names)
    #expect(table.rowCount == 2)
  }
}
