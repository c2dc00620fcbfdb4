import Descriptions
import Kernels
import Notation
import Tables

/// JSON Lines: one object a line.
public enum JSONLinesFormat: TableReading, TextTableWriting {
  public static let description = Description(
    name: "jsonl", summary: "JSON Lines, one object a line, also in .gz", group: "Formats",
    details: [
      """
      A key is a column; one that a line has not, and `null`, is a missing cell. A key inside an object is a column with a \
      point, as in `address.city`; a list is kept as text, as it is written. Blank lines are passed over. A key that \
      stands twice in an object is an error.
      """,
      """
      Columns and their types are found from the first 64 KiB: booleans, whole numbers, numbers, else text. A text stays a \
      text, be it `"12"` or `"2026-01-31"`, unless `types: {joined: date}` says otherwise. A column that holds several \
      kinds is text, and so are whole numbers beyond 64 bits; a note tells of each. What the sample settles holds: a \
      value further down that does not fit is an error that names its line, but the first fraction makes whole numbers \
      float, unless whole numbers that a float does not hold would lose digits by that: they are text where the sample \
      shows both, else an error. A key that first comes later is passed over with a note, unless `types` names it.
      """,
      """
      The files of a glob are read as one table: their first 64 KiB decide together about columns and types, and a key that a \
      file has not is missing there.
      """,
      """
      `export` writes every column in every line, with `null` for missing cells and for what JSON cannot write (not a \
      number, infinite), dates as ISO 8601 texts, and a vector as one key a place.
      """,
    ],
    examples: [
      Example(
        "write a table and read it again",
        "mlp 1\nload penguins\nexport \"penguins_copy.jsonl\"\nload \"penguins_copy.jsonl\"\nschema")
    ],
    otherNames: ["ndjson", "json", "jsonlines"], references: ["JSON Lines (jsonlines.org)", "RFC 8259 (JSON)"])
  public static let endings = ["jsonl", "ndjson"]
  public static let isCompressible = true

  public static func source(_ path: String, _ request: ReadingRequest) -> any TableSource {
    source(path, bytes: nil, request)
  }

  /// The same over text that is already in memory; `path` is what messages call it.
  package static func source(_ path: String, bytes: [UInt8]?, _ request: ReadingRequest) -> any TableSource {
    RecordSource(path: path, bytes: bytes, request, complaint: complaint, parse: JSONLine.read)
  }

  private static func complaint(_ sample: [UInt8]) -> String? {
    let first = sample.first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
    return first == UInt8(ascii: "[") ? "it begins with a list, and this format has one object a line" : nil
  }

  public static func source(_ text: [UInt8], types: [String: ColumnType]) -> any TableSource {
    source("what was written", bytes: text, ReadingRequest(expected: types))
  }

  public static func header(_ table: Table) -> [UInt8] { [] }

  public static func rows(_ chunk: Table) -> RowText {
    let members = zip(chunk.names, chunk.columns).flatMap { JSONLineMember.all($0, $1) }
    return RowText(rows: chunk.rowCount, fields: members.count, most: 1 << 12) { rows in
      var bytes: [UInt8] = []
      for row in rows {
        bytes.append(UInt8(ascii: "{"))
        for (place, member) in members.enumerated() {
          if place > 0 { bytes.append(UInt8(ascii: ",")) }
          member.append(row, to: &bytes)
        }
        bytes.append(contentsOf: "}\n".utf8)
      }
      return bytes
    }
  }
}

/// Reads a line.
private enum JSONLine {
  static let depthLimit = 64

  static let read: RecordParser = { line, records in
    var parser = JSONParser(bytes: withoutMark(line), depthLimit: depthLimit)
    parser.skipSpace()
    guard parser.byte == UInt8(ascii: "{") else { return "is not a JSON object" }
    do throws(JSONError) {
      try object(&parser, &records, at: 0)
      try parser.end()
      return nil
    } catch {
      return "is not one JSON object: \(error.words)"
    }
  }

  /// A byte order mark is no part of the text.
  private static func withoutMark(_ line: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    line.starts(with: [0xEF, 0xBB, 0xBF]) ? UnsafeBufferPointer(rebasing: line[3...]) : line
  }

  private static func object(_ parser: inout JSONParser, _ records: inout RecordBlock, at node: Int) throws(JSONError) {
    var guess = 0
    try parser.members { (parser, name) throws(JSONError) in
      guard let child = records.key(name, below: node, &guess) else {
        throw JSONError(.duplicateName(name), offset: parser.place)
      }
      parser.skipSpace()
      let start = parser.place
      if parser.byte == UInt8(ascii: "{") { return try object(&parser, &records, at: child) }
      let cell = try cell(&parser)
      let written = parser.bytes[start..<parser.place]
      guard records.take(cell, at: child, written: String(decoding: written, as: UTF8.self)) else {
        throw JSONError(.duplicateName(name), offset: start)
      }
    }
  }

  private static func cell(_ parser: inout JSONParser) throws(JSONError) -> RecordCell {
    let start = parser.place
    switch try parser.value() {
    case .null: return .missing
    case .bool(let value): return .bool(value)
    case .int(let value): return .int(value)
    case .string(let value): return .text(value)
    case .array, .object: return .list
    case .double(let value):
      let isWhole = parser.bytes[start..<parser.place].allSatisfy { $0 == UInt8(ascii: "-") || $0 &- 0x30 < 10 }
      guard isWhole, let base = parser.bytes.baseAddress else { return .float(value) }
      let number = WrittenNumber(.big, value.bitPattern)
      return .big(value, losesDigits: WholeNumber.losesDigits(number, base, start, parser.place))
    }
  }
}

/// Writes one key of every line: a column, or a place of a vector column.
private struct JSONLineMember: Sendable {
  private let name: [UInt8]
  private let column: Column
  private let place: Int

  static func all(_ name: String, _ column: Column) -> [JSONLineMember] {
    guard case .vector(let cells) = column else { return [JSONLineMember(name, column, 0)] }
    return cells.names.enumerated().map { JSONLineMember("\(name)_\($1)", column, $0) }
  }

  private init(_ name: String, _ column: Column, _ place: Int) {
    var bytes: [UInt8] = []
    JSONText.append(name, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    self.name = bytes
    self.column = column
    self.place = place
  }

  func append(_ row: Int, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: name)
    if case .vector(let cells) = column { return JSONText.append(cells[row, place], to: &bytes) }
    switch column[row] {
    case .missing, .vector: bytes.append(contentsOf: "null".utf8)
    case .bool(let value): JSONText.append(value, to: &bytes)
    case .int(let value): JSONText.append(value, to: &bytes)
    case .float(let value): JSONText.append(value, to: &bytes)
    case .text(let value): JSONText.append(value, to: &bytes)
    case .date, .datetime: JSONText.append(column[row].description, to: &bytes)
    }
  }
}
