import Tables

/// Writes tables as ARFF that `ARFFFormat` reads back as the same cells.
enum ARFFWriter {
  /// Rows of a piece of text.
  private static let pieceRows = 1 << 12

  static func header(_ table: Table) -> [UInt8] {
    var bytes = Array("@relation table\n\n".utf8)
    for field in Field.all(table) {
      bytes.append(contentsOf: "@attribute ".utf8)
      append(name: field.name, to: &bytes)
      bytes.append(contentsOf: " \(field.type)\n".utf8)
    }
    bytes.append(contentsOf: "\n@data\n".utf8)
    return bytes
  }

  static func rows(_ chunk: Table) -> RowText {
    let fields = Field.all(chunk)
    return RowText(rows: chunk.rowCount, fields: fields.count, most: pieceRows) { rows in
      var bytes: [UInt8] = []
      for row in rows {
        for (place, field) in fields.enumerated() {
          if place > 0 { bytes.append(UInt8(ascii: ",")) }
          field.append(row, to: &bytes)
        }
        bytes.append(0x0A)
      }
      return bytes
    }
  }

  /// A column, or a place of a vector.
  private struct Field: Sendable {
    let name: String
    private let column: Column
    private let place: Int?

    static func all(_ table: Table) -> [Field] {
      zip(table.names, table.columns).flatMap { name, column -> [Field] in
        guard case .vector(let cells) = column else { return [Field(name: name, column: column, place: nil)] }
        return cells.names.enumerated().map { Field(name: "\(name)_\($1)", column: column, place: $0) }
      }
    }

    /// As the header declares it.
    var type: String {
      switch column.type {
      case .bool: "{false,true}"
      case .int: "integer"
      case .float, .vector: "real"
      case .date: "date \"yyyy-MM-dd\""
      case .text, .datetime: "string"
      }
    }

    func append(_ row: Int, to bytes: inout [UInt8]) {
      if let place, case .vector(let cells) = column { return append(cells[row, place], to: &bytes) }
      switch column[row] {
      case .missing, .vector: bytes.append(UInt8(ascii: "?"))
      case .float(let value): append(value, to: &bytes)
      case .text(let text): ARFFWriter.append(text: text, to: &bytes)
      case .date, .datetime: ARFFWriter.append(text: column[row].description, to: &bytes)
      case .bool, .int: bytes.append(contentsOf: column[row].description.utf8)
      }
    }

    private func append(_ value: Double, to bytes: inout [UInt8]) {
      bytes.append(contentsOf: (value.isFinite ? "\(value)" : "?").utf8)
    }
  }

  /// A name, in quotes where it must be: scipy takes those of a name of one letter for a part of it.
  private static func append(name: String, to bytes: inout [UInt8]) {
    let isPlain =
      !name.isEmpty && name.utf8.allSatisfy { ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == UInt8(ascii: "_") }
    if isPlain { bytes.append(contentsOf: name.utf8) } else { append(text: name, to: &bytes) }
  }

  /// A text in quotes.
  private static func append(text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "'"))
    for byte in text.utf8 {
      switch byte {
      case 0x0A: bytes.append(contentsOf: "\\n".utf8)
      case 0x0D: bytes.append(contentsOf: "\\r".utf8)
      case 0x09: bytes.append(contentsOf: "\\t".utf8)
      case UInt8(ascii: "'"), UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "%"):
        bytes.append(contentsOf: [UInt8(ascii: "\\"), byte])
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "'"))
  }
}
