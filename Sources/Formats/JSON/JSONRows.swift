import Notation
import Tables

/// Writes the rows of tables as objects of JSON (RFC 8259): a key for each column, or for each place of a vector column.
enum JSONRows {
  /// Rows of a piece of text, where they have few columns.
  private static let pieceRows = 1 << 12

  /// The text of a chunk's rows, each with something before and behind it.
  static func text(_ chunk: Table, before: [UInt8], behind: [UInt8]) -> RowText {
    var members: [JSONMemberWriter] = []
    for (name, column) in zip(chunk.names, chunk.columns) {
      members += JSONMemberWriter.all(name, column, isFirst: members.isEmpty)
    }
    let (opening, closing) = (before + [UInt8(ascii: "{")], [UInt8(ascii: "}")] + behind)
    return RowText(rows: chunk.rowCount, fields: members.count, most: pieceRows) { [members] rows in
      var members = members
      var sink = ByteSink(capacity: rows.count * 16 * (members.count + 1))
      for row in rows {
        sink.append(opening)
        for place in members.indices { members[place].append(row, to: &sink) }
        sink.append(closing)
      }
      return sink.bytes
    }
  }
}

/// Writes one key of every row.
private struct JSONMemberWriter: Sendable {
  /// The name in quotes, with its colon, and the comma before it.
  private let name: [UInt8]
  private let column: Column
  /// Of a vector column.
  private let place: Int
  /// The words of a dictionary column as they are written, one after the other.
  private var words: [UInt8] = []
  private var wordEnds: [Int] = [0]
  private var floats: FloatText?

  private static let (null, yes, no) = (Array("null".utf8), Array("true".utf8), Array("false".utf8))

  static func all(_ name: String, _ column: Column, isFirst: Bool) -> [JSONMemberWriter] {
    guard case .vector(let cells) = column else { return [JSONMemberWriter(name, column, 0, isFirst: isFirst)] }
    return cells.names.enumerated().map { place, part in
      JSONMemberWriter("\(name)_\(part)", column, place, isFirst: isFirst && place == 0)
    }
  }

  private init(_ name: String, _ column: Column, _ place: Int, isFirst: Bool) {
    var bytes = isFirst ? [] : [UInt8(ascii: ",")]
    JSONText.append(name, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    self.name = bytes
    self.column = column
    self.place = place
    if case .float = column { floats = FloatText() }
    // Words that stand in many rows are escaped once.
    guard case .text(let cells) = column, case .dictionary(let codes, let all) = cells.storage, all.count <= codes.count
    else { return }
    for word in all {
      JSONText.append(word, to: &words)
      wordEnds.append(words.count)
    }
  }

  mutating func append(_ row: Int, to sink: inout ByteSink) {
    sink.append(name)
    guard column.isValid(row) else { return sink.append(Self.null) }
    switch column {
    case .bool(let cells): sink.append(cells.values[row] ? Self.yes : Self.no)
    case .int(let cells): sink.append(most: CellText.longest) { CellText.write(cells.values[row], to: $0) }
    case .float(let cells): append(cells.values[row], to: &sink)
    case .date(let cells): Self.quoted(&sink) { CellText.write(day: cells.values[row], to: $0) }
    case .datetime(let cells): Self.quoted(&sink) { CellText.write(moment: cells.values[row], to: $0) }
    case .text(let cells): append(cells, row, to: &sink)
    case .vector(let cells): append(cells[row, place], to: &sink)
    }
  }

  private mutating func append(_ value: Double, to sink: inout ByteSink) {
    guard value.isFinite else { return sink.append(Self.null) }
    sink.append(most: CellText.longest) { floats?.write(value, to: $0) ?? CellText.write(value.description, to: $0) }
  }

  private static func quoted(_ sink: inout ByteSink, _ write: (UnsafeMutablePointer<UInt8>) -> Int) {
    sink.append(most: CellText.longest + 2) { target in
      let count = write(target + 1)
      target[0] = UInt8(ascii: "\"")
      target[count + 1] = UInt8(ascii: "\"")
      return count + 2
    }
  }

  private func append(_ cells: TextCells, _ row: Int, to sink: inout ByteSink) {
    switch cells.storage {
    case .plain(let offsets, let text):
      text.withUnsafeBufferPointer { text in
        Self.append(UnsafeBufferPointer(rebasing: text[offsets[row]..<offsets[row + 1]]), to: &sink)
      }
    case .dictionary(let codes, let all):
      let code = Int(codes[row])
      guard !words.isEmpty else {
        var word = all[code]
        return word.withUTF8 { Self.append($0, to: &sink) }
      }
      words.withUnsafeBufferPointer { words in
        sink.append(UnsafeBufferPointer(rebasing: words[wordEnds[code]..<wordEnds[code + 1]]))
      }
    }
  }

  private static func append(_ text: UnsafeBufferPointer<UInt8>, to sink: inout ByteSink) {
    if JSONText.isPlain(utf8: text) {
      sink.append(UInt8(ascii: "\""))
      sink.append(text)
      sink.append(UInt8(ascii: "\""))
    } else {
      var escaped: [UInt8] = []
      JSONText.append(utf8: text, to: &escaped)
      sink.append(escaped)
    }
  }
}
