import Descriptions
import Formats
import Kernels
import Spreadsheets
import Tables

/// Feeds bytes to the reader of workbooks: as a whole file where they begin as an archive, else as the cells of a sheet in a sound one,
/// since a changed archive hardly ever has the right checksums.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzXlsx(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  let isArchive = input.starts(with: [0x50, 0x4B])
  let source = XLSXFormat.source(isArchive ? input : archive(sheet: input), types: [:])
  do throws(SourceError) {
    let declared = try source.declaredSchema()
    let table = try source.read(columns: nil, Progress()).table
    precondition(table.columns.allSatisfy { $0.count == table.rowCount }, "columns differ in length")
    for field in declared?.schema.fields ?? [] {
      precondition(table[field.name]?.type == field.type, "a settled type changed")
    }
    checkRoundTrip(table)
  } catch {
    // What is no workbook is an error.
  }
  return 0
}

/// What was read, written reads back as the same cells.
private func checkRoundTrip(_ table: Table) {
  // A sheet has no room for what is longer than it takes.
  guard !table.columns.isEmpty, table.rowCount > 0, var encoder = try? XLSXFormat.encoder(table),
    let body = try? encoder.append(table, Progress()), let end = try? encoder.finish(Progress())
  else { return }
  let types = Dictionary(zip(table.names, table.columns.map(\.type)), uniquingKeysWith: { first, _ in first })
  guard let again = try? XLSXFormat.source(body + end, types: types).read(columns: nil, Progress()).table else {
    preconditionFailure("it does not read back")
  }
  precondition(again == table, "it reads back as another table")
}

/// A workbook of stored parts around the bytes of a sheet.
private func archive(sheet: [UInt8]) -> [UInt8] {
  let relation = { (id: String, kind: String, target: String) in
    "<Relationship Id=\"\(id)\" Type=\"x/\(kind)\" Target=\"\(target)\"/>"
  }
  let parts: [(String, [UInt8])] = [
    ("_rels/.rels", Array("<R>\(relation("a", "officeDocument", "w.xml"))</R>".utf8)),
    ("w.xml", Array("<w xmlns:r=\"r\"><sheet name=\"S\" r:id=\"a\"/></w>".utf8)),
    (
      "_rels/w.xml.rels",
      Array(
        "<R>\(relation("a", "worksheet", "s.xml"))\(relation("b", "sharedStrings", "t.xml"))\(relation("c", "styles", "f.xml"))</R>"
          .utf8)
    ), ("t.xml", Array("<sst><si><t>a</t></si><si><t>b</t></si></sst>".utf8)),
    ("f.xml", Array("<s><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"46\"/></cellXfs></s>".utf8)),
    ("s.xml", sheet),
  ]
  var (bytes, list) = ([UInt8](), [UInt8]())
  for (name, content) in parts {
    let common =
      number(0, 8) + number(check(content), 4) + number(content.count, 4) + number(content.count, 4)
      + number(name.utf8.count, 2) + number(0, 2)
    list +=
      number(0x0201_4B50, 4) + number(0x14_0014, 4) + common + number(0, 10) + number(bytes.count, 4) + Array(name.utf8)
    bytes += number(0x0403_4B50, 4) + number(20, 2) + common + Array(name.utf8) + content
  }
  let counts = number(parts.count, 2) + number(parts.count, 2)
  return bytes + list + number(0x0605_4B50, 4) + number(0, 4) + counts + number(list.count, 4) + number(bytes.count, 4)
    + number(0, 2)
}

private func number(_ value: Int, _ count: Int) -> [UInt8] {
  (0..<count).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * $0)) : 0 }
}

/// CRC-32 (ISO 3309).
private func check(_ bytes: [UInt8]) -> Int {
  var crc: UInt32 = 0xFFFF_FFFF
  for byte in bytes {
    crc ^= UInt32(byte)
    for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
  }
  return Int(~crc)
}
