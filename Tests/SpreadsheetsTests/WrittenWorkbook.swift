import Descriptions
import Formats
import Kernels
import Tables

@testable import Spreadsheets

/// A workbook put together in a test: parts as text, stored or deflated in an archive that a writer of its own makes.
struct WrittenWorkbook {
  /// Names and bytes in their order.
  var parts: [(name: String, bytes: [UInt8])] = []

  /// A workbook of sheets with these cells as XML; `styles` are codes of formats, numbered from 1.
  init(
    sheets: [(name: String, data: String)], strings: [String] = [], styles: [String] = [], isFrom1904: Bool = false,
    states: [String: String] = [:]
  ) {
    add("[Content_Types].xml", "<Types/>")
    add("_rels/.rels", Self.relations([("rId1", "officeDocument", "xl/workbook.xml")]))
    let names = sheets.enumerated().map { place, sheet in
      let state = states[sheet.name].map { " state=\"\($0)\"" } ?? ""
      return "<sheet name=\"\(sheet.name)\" sheetId=\"\(place + 1)\"\(state) r:id=\"rId\(place + 1)\"/>"
    }
    let system = isFrom1904 ? "<workbookPr date1904=\"1\"/>" : ""
    add("xl/workbook.xml", "<workbook xmlns:r=\"r\">\(system)<sheets>\(names.joined())</sheets></workbook>")
    let targets = sheets.indices.map { ("rId\($0 + 1)", "worksheet", "worksheets/sheet\($0 + 1).xml") }
    add(
      "xl/_rels/workbook.xml.rels",
      Self.relations(
        targets + [("rIdS", "sharedStrings", "sharedStrings.xml"), ("rIdF", "styles", "/xl/styles.xml")]))
    add("xl/sharedStrings.xml", "<sst>\(strings.map { "<si>\($0)</si>" }.joined())</sst>")
    let formats = styles.enumerated().map { "<numFmt numFmtId=\"\(200 + $0)\" formatCode=\"\($1)\"/>" }.joined()
    let looks = styles.indices.map { "<xf numFmtId=\"\(200 + $0)\"/>" }.joined()
    add(
      "xl/styles.xml",
      "<styleSheet><numFmts>\(formats)</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>\n"
        + "<cellXfs>\n<xf numFmtId=\"0\"/>\(looks)</cellXfs></styleSheet>")
    for (place, sheet) in sheets.enumerated() {
      add("xl/worksheets/sheet\(place + 1).xml", "<worksheet><sheetData>\(sheet.data)</sheetData></worksheet>")
    }
  }

  /// A workbook of one sheet.
  init(_ data: String, strings: [String] = [], styles: [String] = [], isFrom1904: Bool = false) {
    self.init(sheets: [("Data", data)], strings: strings, styles: styles, isFrom1904: isFrom1904)
  }

  private mutating func add(_ name: String, _ text: String) { parts.append((name, Array(text.utf8))) }

  private static func relations(_ targets: [(id: String, kind: String, target: String)]) -> String {
    "<Relationships>"
      + targets.map { "<Relationship Id=\"\($0.id)\" Type=\"http://x/\($0.kind)\" Target=\"\($0.target)\"/>" }.joined()
      + "</Relationships>"
  }

  mutating func replace(_ name: String, _ bytes: [UInt8]) {
    for place in parts.indices where parts[place].name == name { parts[place].bytes = bytes }
  }

  func bytes(stored: Bool = false) throws -> [UInt8] {
    var archive = TestArchive()
    for (name, bytes) in parts { archive.add(name, bytes, isStored: stored) }
    return archive.finish()
  }
}

/// A writer of zip archives for tests: sizes in front, every field free to be wrong.
struct TestArchive {
  var bytes: [UInt8] = []
  private var list: [UInt8] = []
  private var count = 0

  mutating func add(
    _ name: String, _ content: [UInt8], isStored: Bool = false, flags: Int = 0, method: Int? = nil,
    expanded: Int? = nil,
    start: Int? = nil, check: Int? = nil
  ) {
    let deflater = GzipWriter(isBare: true)
    let data = isStored ? content : deflater.take(content) + deflater.finish()
    let place = start ?? bytes.count
    let common =
      Self.number(flags, 2) + Self.number(method ?? (isStored ? 0 : 8), 2) + Self.number(0, 4)
      + Self.number(check ?? Self.check(content), 4) + Self.number(data.count, 4)
      + Self.number(expanded ?? content.count, 4) + Self.number(name.utf8.count, 2) + Self.number(0, 2)
    bytes += Self.number(0x0403_4B50, 4) + Self.number(20, 2) + common + Array(name.utf8) + data
    list += Self.number(0x0201_4B50, 4) + Self.number(20, 2) + Self.number(20, 2) + common
    list += Self.number(0, 10) + Self.number(place, 4) + Array(name.utf8)
    count += 1
  }

  /// The whole archive; other numbers may be claimed.
  func finish(count claimed: Int? = nil, listSize: Int? = nil, listStart: Int? = nil) -> [UInt8] {
    let entries = Self.number(claimed ?? count, 2)
    return bytes + list + Self.number(0x0605_4B50, 4) + Self.number(0, 4) + entries + entries
      + Self.number(listSize ?? list.count, 4) + Self.number(listStart ?? bytes.count, 4) + Self.number(0, 2)
  }

  /// The whole archive with its numbers in 64 bits behind a list whose entries say that they are there.
  func finish64(extra: [(name: String, compressed: Int, expanded: Int, start: Int, check: Int)]) -> [UInt8] {
    let wide = Self.number(0xFFFF_FFFF, 4)
    let list = extra.flatMap { entry -> [UInt8] in
      let more =
        Self.number(7, 2) + Self.number(2, 2) + Self.number(0, 2) + Self.number(1, 2) + Self.number(24, 2)
        + Self.number(entry.expanded, 8) + Self.number(entry.compressed, 8) + Self.number(entry.start, 8)
      return Self.number(0x0201_4B50, 4) + Self.number(45, 2) + Self.number(45, 2) + Self.number(0, 2)
        + Self.number(0, 2) + Self.number(0, 4) + Self.number(entry.check, 4) + wide + wide
        + Self.number(entry.name.utf8.count, 2) + Self.number(more.count, 2) + Self.number(0, 10) + wide
        + Array(entry.name.utf8) + more
    }
    let end = bytes.count + list.count
    let record =
      Self.number(0x0606_4B50, 4) + Self.number(44, 8) + Self.number(45, 2) + Self.number(45, 2) + Self.number(0, 8)
      + Self.number(extra.count, 8) + Self.number(extra.count, 8) + Self.number(list.count, 8)
      + Self.number(bytes.count, 8)
    let locator = Self.number(0x0706_4B50, 4) + Self.number(0, 4) + Self.number(end, 8) + Self.number(1, 4)
    let last =
      Self.number(0x0605_4B50, 4) + Self.number(0, 4) + Self.number(0xFFFF, 2) + Self.number(0xFFFF, 2) + wide + wide
      + Self.number(0, 2)
    return bytes + list + record + locator + last
  }

  static func number(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * $0)) : 0 }
  }

  /// CRC-32 (ISO 3309), bit by bit.
  static func check(_ bytes: [UInt8]) -> Int {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return Int(~crc)
  }
}

/// Reads a workbook that stands in a test.
func rows(_ bytes: [UInt8], _ options: [String: RawValue] = [:]) throws(SourceError) -> SourceRows {
  let request = ReadingRequest(Options(options))
  let file = XLSXFile(path: "t.xlsx", bytes: bytes, SheetOptions(request))
  return try TypedSource(file, request).read(columns: nil, Progress())
}

func rows(_ workbook: WrittenWorkbook, _ options: [String: RawValue] = [:]) throws -> SourceRows {
  try rows(try workbook.bytes(), options)
}

/// The error that reading gives; nil when it gives none.
func failure(_ bytes: [UInt8], _ options: [String: RawValue] = [:]) -> SourceError? {
  do throws(SourceError) {
    _ = try rows(bytes, options)
    return nil
  } catch { return error }
}

/// Rows of cells as XML, text standing in the cells.
func sheet(_ rows: [[String]]) -> String {
  rows.enumerated().map { place, cells in
    "<row r=\"\(place + 1)\">"
      + cells.enumerated().map { column, cell in
        let reference = CellReference.letters(column) + "\(place + 1)"
        if cell.isEmpty { return "" }
        if Double(cell) != nil { return "<c r=\"\(reference)\"><v>\(cell)</v></c>" }
        if cell.hasPrefix("<") { return cell.replacing("@", with: reference) }
        return "<c r=\"\(reference)\" t=\"inlineStr\"><is><t>\(cell)</t></is></c>"
      }.joined() + "</row>"
  }.joined()
}

extension Table {
  func words(_ name: String) -> [String] { (0..<rowCount).map { self[name]?[$0].description ?? "no column" } }
  var types: [ColumnType] { columns.map(\.type) }
}
