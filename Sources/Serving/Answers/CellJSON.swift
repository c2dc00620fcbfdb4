import Display
import Notation
import Tables

/// Writes cells as JSON: dates as ISO text, missing as null.
enum CellJSON {
  static func append(_ cell: Cell, to bytes: inout [UInt8]) {
    switch cell {
    case .missing: bytes.append(contentsOf: "null".utf8)
    case .bool(let value): JSONText.append(value, to: &bytes)
    case .int(let value): JSONText.append(value, to: &bytes)
    case .float(let value): JSONText.append(value, to: &bytes)
    case .text(let value): JSONText.append(value, to: &bytes)
    case .date, .datetime: JSONText.append(cell.description, to: &bytes)
    case .vector(let values): append(values, to: &bytes)
    }
  }

  static func append(_ values: [Double], to bytes: inout [UInt8]) {
    appendList(values, to: &bytes) { JSONText.append($0, to: &$1) }
  }

  static func append(_ texts: [String], to bytes: inout [UInt8]) {
    appendList(texts, to: &bytes) { JSONText.append($0, to: &$1) }
  }

  static func appendList<Element>(
    _ elements: [Element], to bytes: inout [UInt8], _ append: (Element, inout [UInt8]) -> Void
  ) {
    bytes.append(UInt8(ascii: "["))
    for (place, element) in elements.enumerated() {
      if place > 0 { bytes.append(UInt8(ascii: ",")) }
      append(element, &bytes)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  /// The rows as a list of objects, as `POST /v1/predict` would take them.
  static func rows(_ rows: [[Cell]], _ fields: [Field]) -> [UInt8] {
    var bytes: [UInt8] = []
    appendList(rows, to: &bytes) { row, bytes in
      bytes.append(UInt8(ascii: "{"))
      for (place, (field, cell)) in zip(fields, row).enumerated() {
        if place > 0 { bytes.append(UInt8(ascii: ",")) }
        JSONText.append(field.name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        append(cell, to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
    return bytes
  }
}
