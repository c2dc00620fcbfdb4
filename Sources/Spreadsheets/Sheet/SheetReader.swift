import Formats
import Kernels
import Notation
import Tables

/// Reads the rows of a sheet, one after the other.
final class SheetReader {
  private let reader: XMLReader
  private let stream: ZipEntryStream
  private let formats: [NumberFormat]
  private let dates: DateSerial
  private let stringCount: Int
  private var row = SheetRow()
  private var value: [UInt8] = []
  private var isInRows = false
  private var isBehindRows = false
  /// Columns that are hidden, from 0, and what was merged.
  private(set) var hiddenColumns: [ClosedRange<Int>] = []
  private(set) var merged: [(first: (column: Int, row: Int), last: (column: Int, row: Int))] = []
  private static let (mostHidden, mostMerged) = (1 << 16, 1 << 20)

  init(
    _ workbook: Workbook, _ sheet: Workbook.Sheet, formats: [NumberFormat], stringCount: Int
  ) throws(SourceError) {
    stream = try ZipEntryStream(workbook.archive, try workbook.entry(sheet))
    reader = try XMLReader(stream, part: sheet.path, source: workbook.archive.source)
    self.formats = formats
    self.stringCount = stringCount
    dates = workbook.dates
  }

  /// Bytes of the archive that were read.
  var byteCount: Int { stream.taken }
  var fraction: Double { Double(stream.taken) / Double(max(1, stream.size ?? 1)) }

  /// The next row that holds a cell with something in it; nil at the end, where what stands behind the rows was read too.
  func next() throws(SourceError) -> SheetRow? {
    while true {
      switch try reader.next() {
      case .done: return nil
      case .text: continue
      case .end: if reader.isNamed("sheetData") { (isInRows, isBehindRows) = (false, true) }
      case .start:
        if isInRows {
          guard reader.isNamed("row") else {
            try reader.skipElement()
            continue
          }
          try readRow()
          if !row.cells.isEmpty { return row }
        } else if reader.isNamed("sheetData") {
          if isBehindRows { throw reader.bad("its rows stand there twice") }
          isInRows = true
        } else if reader.isNamed("col") {
          try readColumn()
        } else if reader.isNamed("mergeCell"), merged.count < Self.mostMerged {
          try readMerged()
        }
      }
    }
  }

  private func readColumn() throws(SourceError) {
    guard isSet("hidden"), hiddenColumns.count < Self.mostHidden, let first = try number("min"),
      let last = try number("max"), first >= 1, first <= last
    else { return }
    hiddenColumns.append(first - 1...last - 1)
  }

  private func readMerged() throws(SourceError) {
    let parts = try reader.attribute("ref")?.split(separator: UInt8(ascii: ":")) ?? []
    guard let first = parts.first.flatMap({ CellReference.read($0) }),
      let last = parts.last.flatMap({ CellReference.read($0) })
    else { throw reader.bad("a merged range without a place") }
    merged.append((first, last))
  }

  private func readRow() throws(SourceError) {
    let stated = try number("r")
    let number = stated ?? row.number + 1
    guard number > row.number else { throw reader.bad("row \(number) stands behind row \(row.number)") }
    guard number <= CellReference.mostRows else { throw reader.bad("it has more than \(CellReference.mostRows) rows") }
    row.number = number
    row.isHidden = isSet("hidden")
    row.cells.removeAll(keepingCapacity: true)
    var last = -1
    let outer = reader.depth - 1
    while true {
      let token = try reader.next()
      if reader.depth == outer { return }
      if token != .start { continue }
      guard reader.isNamed("c") else {
        try reader.skipElement()
        continue
      }
      let column = try column(behind: last)
      last = column
      if let cell = try readCell(column) { row.cells.append(cell) }
    }
  }

  /// Where the cell at hand stands.
  private func column(behind last: Int) throws(SourceError) -> Int {
    guard let written = reader.word("r") else {
      guard last + 1 < CellReference.mostColumns else { throw reader.bad("row \(row.number) has too many cells") }
      return last + 1
    }
    guard let place = CellReference.read(written) else {
      throw reader.bad("'\(String(decoding: written.prefix(20), as: UTF8.self))' is no place of a cell")
    }
    guard place.row == row.number else { throw reader.bad("a cell of row \(place.row) in row \(row.number)") }
    guard place.column > last else { throw reader.bad("the cells of row \(row.number) are not in order") }
    return place.column
  }

  /// The cell at hand; nil where it holds nothing.
  private func readCell(_ column: Int) throws(SourceError) -> SheetCell? {
    guard let kind = reader.word("t").map(ValueKind.init) ?? .number else {
      throw reader.bad("a cell of no known kind")
    }
    let style = try number("s") ?? 0
    value.removeAll(keepingCapacity: true)
    var (isFormula, hasValue, isValue) = (false, false, false)
    var inline: [UInt8]?
    let outer = reader.depth - 1
    while reader.depth > outer {
      switch try reader.next() {
      case .start:
        if reader.isNamed("v") {
          (isValue, hasValue) = (true, true)
        } else if reader.isNamed("is") {
          inline = try RichText.read(reader)
        } else {
          isFormula = isFormula || reader.isNamed("f")
          try reader.skipElement()
        }
      case .end: isValue = false
      case .text: if isValue { value.append(contentsOf: reader.text) }
      case .done: throw reader.bad("it ends early")
      }
      if value.count > XMLReader.mostText { throw reader.bad("a cell of more than \(XMLReader.mostText) bytes") }
    }
    if let inline { return SheetCell(column: column, value: .text(inline), isFormula: isFormula) }
    if value.isEmpty {
      // A formula that gives an empty text shows nothing, as `=IF(A1 > 0, A1, "")` does.
      let isComputed = hasValue && kind == .text
      return isFormula && !isComputed ? SheetCell(column: column, value: nil, isFormula: true) : nil
    }
    guard let value = converted(kind, style) else {
      let place = "\(CellReference.letters(column))\(row.number)"
      throw reader.bad("'\(String(decoding: value.prefix(40), as: UTF8.self))' in \(place) is no value of its cell")
    }
    return SheetCell(column: column, value: value, isFormula: isFormula)
  }

  /// What the text of a value says; nil where it is no value of its kind.
  private func converted(_ kind: ValueKind, _ style: Int) -> SheetValue? {
    switch kind {
    case .number: return numberValue(style)
    case .shared: return whole(value[...]).flatMap { $0 < stringCount ? .shared($0) : nil }
    case .text: return .text(EscapedText.decoded(value))
    case .bool:
      if value.elementsEqual("1".utf8) || value.elementsEqual("true".utf8) { return .bool(true) }
      return value.elementsEqual("0".utf8) || value.elementsEqual("false".utf8) ? .bool(false) : nil
    case .error: return .error(String(decoding: value.prefix(40), as: UTF8.self))
    case .date: return dateValue()
    }
  }

  private func numberValue(_ style: Int) -> SheetValue? {
    // The reader may look a byte past the end.
    value.append(0)
    let number = value.withUnsafeBufferPointer { buffer -> WrittenNumber? in
      guard let base = buffer.baseAddress else { return nil }
      var (start, end) = (0, buffer.count - 1)
      while start < end, XMLText.isBlank(base[start]) { start += 1 }
      while start < end, XMLText.isBlank(base[end - 1]) { end -= 1 }
      return NumberReader.shared.read(base, start, end, lenient: true)
    }
    value.removeLast()
    guard let number, number.kind != .none, number.kind != .infinite else { return nil }
    let format = formats.indices.contains(style) ? formats[style] : .number
    switch format {
    case .number: return number.kind == .int ? .int(Int64(bitPattern: number.bits)) : .float(number.double)
    case .duration: return .duration(DateSerial.seconds(number.double))
    case .time where (0..<1).contains(number.double): return .time(DateSerial.time(number.double))
    case .date, .time, .moment:
      let digits = value.count { (0x30...0x39).contains($0) }
      guard let moment = dates.moment(number.double, isShort: digits <= 15) else { return .noDay }
      if format == .date, moment.microseconds == 0 { return .date(moment.days) }
      return .datetime(Int64(moment.days) * 86_400_000_000 + moment.microseconds)
    }
  }

  /// A date of ISO 8601.
  private func dateValue() -> SheetValue? {
    let text = value + [0]
    return text.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return nil }
      if let days = DateText.days(base, 0, buffer.count - 1) { return .date(days) }
      return DateText.microseconds(base, 0, buffer.count - 1).map { .datetime($0) } ?? .text(value)
    }
  }

  private func number(_ name: StaticString) throws(SourceError) -> Int? {
    guard let written = reader.word(name) else { return nil }
    guard let number = whole(written) else {
      throw reader.bad("'\(String(decoding: written.prefix(20), as: UTF8.self))' is no number of '\(name)'")
    }
    return number
  }

  /// A number of at most nine digits.
  private func whole(_ text: ArraySlice<UInt8>) -> Int? {
    guard (1...9).contains(text.count) else { return nil }
    var number = 0
    for byte in text {
      guard byte &- 0x30 <= 9 else { return nil }
      number = number * 10 + Int(byte &- 0x30)
    }
    return number
  }

  private func isSet(_ name: StaticString) -> Bool {
    guard let written = reader.word(name) else { return false }
    return written.elementsEqual("1".utf8) || written.elementsEqual("true".utf8)
  }
}

/// What the text of a cell's value is: ECMA-376 part 1, 18.18.11.
private enum ValueKind {
  case number, shared, text, bool, error, date

  init?(_ word: ArraySlice<UInt8>) {
    switch String(decoding: word, as: UTF8.self) {
    case "n": self = .number
    case "s": self = .shared
    case "str", "inlineStr": self = .text
    case "b": self = .bool
    case "e": self = .error
    case "d": self = .date
    default: return nil
    }
  }
}
