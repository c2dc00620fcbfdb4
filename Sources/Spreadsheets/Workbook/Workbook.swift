import Formats
import Notation
import Tables

/// A workbook of Office Open XML (ECMA-376): its sheets and what their cells refer to.
struct Workbook {
  struct Sheet {
    let name: String
    let isVisible: Bool
    let path: String
  }

  private static let mostSheets = 10_000

  let archive: ZipArchive
  let sheets: [Sheet]
  let dates: DateSerial
  private let relations: Relations

  /// Throws `badFormat` for an archive that is none.
  init(_ bytes: any PositionedBytes, source: String) throws(SourceError) {
    archive = try ZipArchive(bytes, source: source)
    let path = try Relations(of: "", archive).first("officeDocument") ?? "xl/workbook.xml"
    guard let entry = archive[path], !path.hasSuffix(".bin") else { throw OtherWorkbook.refusal(archive) }
    relations = try Relations(of: path, archive)
    let reader = try XMLReader(try ZipEntryStream(archive, entry), part: path, source: source)
    var (found, isFrom1904) = ([Sheet](), false)
    while true {
      let token = try reader.next()
      if token == .done { break }
      guard token == .start else { continue }
      if reader.isNamed("workbookPr") {
        let written = try reader.string("date1904")
        isFrom1904 = written == "1" || written == "true"
      } else if reader.isNamed("sheet"), found.count < Self.mostSheets, let sheet = try Self.sheet(reader, relations) {
        found.append(sheet)
      }
    }
    sheets = found
    dates = DateSerial(isFrom1904: isFrom1904)
  }

  /// The sheet that the tag at hand names; nil for one of another kind, such as a chart.
  private static func sheet(_ reader: XMLReader, _ relations: Relations) throws(SourceError) -> Sheet? {
    guard let name = try reader.string("name"), let id = try reader.string("id"), let target = relations[id],
      target.kind == "worksheet"
    else { return nil }
    return Sheet(name: name, isVisible: try (reader.string("state") ?? "visible") == "visible", path: target.path)
  }

  /// The sheet that was asked for, else the first that is not hidden, and what is to be said of the others.
  func sheet(_ choice: SheetChoice?) throws(SourceError) -> (sheet: Sheet, note: String?) {
    let list = NameList.of(sheets.map { "'\($0.name)'" })
    switch choice {
    case .name(let name):
      guard let sheet = sheets.first(where: { $0.name == name }) else {
        let near = didYouMean(name, among: sheets.map(\.name)).map { " (did you mean '\($0)'?)" } ?? ""
        throw bad("it has no sheet '\(name)'\(near); sheets: \(list)")
      }
      return (sheet, nil)
    case .number(let number):
      guard sheets.indices.contains(number - 1) else { throw bad("it has no sheet \(number); sheets: \(list)") }
      return (sheets[number - 1], nil)
    case nil: break
    }
    guard let sheet = sheets.first(where: \.isVisible) ?? sheets.first else { throw bad("it has no sheet with cells") }
    let others = sheets.filter { $0.path != sheet.path || $0.name != sheet.name }
    guard let other = others.first else { return (sheet, nil) }
    let names = NameList.of(others.map { "'\($0.name)'" + ($0.isVisible ? "" : " (hidden)") }, most: 6)
    let option = ScriptText.code("sheet: \(quoted(other.name))")
    return (
      sheet,
      "sheet '\(sheet.name)' is read; there \(others.count == 1 ? "is" : "are") also \(names): \(option) reads another"
    )
  }

  private func quoted(_ text: String) -> String {
    "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
  }

  /// The archive's entry of a sheet.
  func entry(_ sheet: Sheet) throws(SourceError) -> ZipEntry {
    guard let entry = archive[sheet.path] else { throw bad("the cells of sheet '\(sheet.name)' are not there") }
    return entry
  }

  /// The texts that cells share.
  func sharedStrings() throws(SourceError) -> SharedStrings {
    guard let path = relations.first("sharedStrings"), let entry = archive[path] else { return SharedStrings() }
    return try SharedStrings(try ZipEntryStream(archive, entry), part: path, source: archive.source)
  }

  /// What the styles of cells make of numbers.
  func formats() throws(SourceError) -> [NumberFormat] {
    guard let path = relations.first("styles"), let entry = archive[path] else { return [] }
    return try CellFormats.read(try ZipEntryStream(archive, entry), part: path, source: archive.source)
  }

  private func bad(_ words: String) -> SourceError { SourceError(source: archive.source, reason: .badFormat(words)) }
}
