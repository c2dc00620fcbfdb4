import Tables

/// Writes rows of a sheet.
struct SheetRowWriter {
  /// Characters, as UTF-16 counts them, that a cell holds.
  private static let longest = 32_767

  private let letters: [[UInt8]]

  init(_ columns: [Column]) {
    let places = columns.reduce(0) { if case .vector(let cells) = $1 { $0 + cells.width } else { $0 + 1 } }
    letters = (0..<max(1, min(places, CellReference.mostColumns))).map { Array(CellReference.letters($0).utf8) }
  }

  /// The row that names the columns.
  func header(_ names: [String]) throws(SourceError) -> [UInt8] {
    var line = Line(letters, row: 1)
    for name in names { try line.text(Array(name.utf8)) }
    return line.finish(keepsEmpty: true)
  }

  /// Some rows of a chunk, the first of which is row `first` of the sheet.
  func text(_ columns: [Column], _ rows: Range<Int>, first: Int) throws(SourceError) -> [UInt8] {
    var result: [UInt8] = []
    for row in rows {
      var line = Line(letters, row: first + row - rows.lowerBound)
      for column in columns { try line.cell(column, row) }
      result += line.finish(keepsEmpty: false)
    }
    return result
  }

  /// A row as it is written.
  private struct Line {
    private let letters: [[UInt8]]
    private let number: [UInt8]
    private var bytes: [UInt8] = []
    private var column = 0
    private var isEmpty = true

    init(_ letters: [[UInt8]], row: Int) {
      self.letters = letters
      number = Array("\(row)".utf8)
      put("<row r=\"")
      bytes += number
      put("\">")
    }

    private mutating func put(_ text: StaticString) {
      bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func cell(_ column: Column, _ row: Int) throws(SourceError) {
      if case .vector(let cells) = column {
        for place in 0..<cells.width { float(cells[row, place]) }
        return
      }
      guard column.isValid(row) else {
        self.column += 1
        return
      }
      switch column {
      case .bool(let cells): put(cells.values[row] ? "1" : "0", kind: " t=\"b\"")
      case .int(let cells): try int(cells.values[row])
      case .float(let cells): float(cells.values[row])
      case .date(let cells):
        let days = cells.values[row]
        if let serial = DateSerial.serial(days) { put("\(serial)", kind: " s=\"1\"") } else { try text(column, row) }
      case .datetime(let cells):
        let moment = cells.values[row]
        guard let serial = DateSerial.serial(microseconds: moment) else { return try text(column, row) }
        put("\(serial)", kind: moment % 1_000_000 == 0 ? " s=\"2\"" : " s=\"3\"")
      case .text(let cells): try text(Array((cells[row] ?? "").utf8))
      case .vector: break
      }
    }

    /// A number that a double holds; others lose digits in every spreadsheet program.
    private mutating func int(_ value: Int64) throws(SourceError) {
      if value.magnitude <= 1 << 53 { put("\(value)", kind: "") } else { try text(Array("\(value)".utf8)) }
    }

    private mutating func float(_ value: Double) {
      if value.isFinite { put("\(value)", kind: "") } else { column += 1 }
    }

    private mutating func text(_ column: Column, _ row: Int) throws(SourceError) {
      try text(Array(column[row].description.utf8))
    }

    mutating func text(_ text: [UInt8]) throws(SourceError) {
      if text.count > longest, String(decoding: text, as: UTF8.self).utf16.count > longest {
        throw XLSXEncoder.tooLarge(
          "a text of more than \(longest) characters in \(CellReference.letters(column))\(String(decoding: number, as: UTF8.self))"
        )
      }
      begin(" t=\"inlineStr\"")
      put("<is><t xml:space=\"preserve\">")
      XMLText.append(EscapedText.encoded(text), to: &bytes)
      put("</t></is></c>")
    }

    private mutating func put(_ value: String, kind: StaticString) {
      begin(kind)
      put("<v>")
      bytes.append(contentsOf: value.utf8)
      put("</v></c>")
    }

    private mutating func begin(_ kind: StaticString) {
      put("<c r=\"")
      bytes += letters[column]
      bytes += number
      put("\"")
      put(kind)
      put(">")
      column += 1
      isEmpty = false
    }

    /// A row of nothing is none to readers, unless an error stands in it.
    mutating func finish(keepsEmpty: Bool) -> [UInt8] {
      if isEmpty, !keepsEmpty {
        column = 0
        put("#N/A", kind: " t=\"e\"")
      }
      put("</row>")
      return bytes
    }
  }
}
