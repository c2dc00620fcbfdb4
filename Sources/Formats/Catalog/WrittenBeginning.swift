import Kernels
import Tables

/// The first rows that were written to a file, with their text: read back they have to be the same cells.
struct WrittenBeginning {
  /// Rows that are compared.
  static let most = 256
  /// What is larger is not read back: it would take longer than to write it.
  private static let (mostFields, mostBytes) = (1 << 12, 1 << 24)

  private let rows: Table
  private let text: [UInt8]

  /// `text` is a header and the rows of a piece, of which the first are `rows`; nil where they are not to be told apart by names, as a
  /// file has none for a column, or two of one name. Blanks around a name are no part of it in some formats.
  init?(_ rows: Table, _ text: [UInt8]) {
    let fields = Self.fields(rows)
    guard rows.rowCount > 0, !fields.isEmpty, fields.count <= Self.mostFields, text.count <= Self.mostBytes,
      Set(fields.map { Self.bare($0.name) }).count == fields.count,
      !fields.contains(where: { Self.bare($0.name).isEmpty })
    else { return nil }
    self.rows = rows
    self.text = text
  }

  /// What is not read back as it was, in words; nil where all is.
  func difference(_ format: any TableWriting.Type) -> String? {
    let fields = Self.fields(rows)
    let types = Dictionary(fields.map { ($0.name, $0.type) }, uniquingKeysWith: { first, _ in first })
    let read: Table
    do throws(SourceError) {
      read = try format.source(text, types: types).read(ScanRequest(limit: rows.rowCount), Progress()).table
    } catch {
      return "it cannot be read"
    }
    guard read.names.map(Self.bare) == fields.map({ Self.bare($0.name) }) else {
      return "its columns are \(read.names.joined(separator: ", "))"
    }
    guard read.rowCount == rows.rowCount else { return "it has \(read.rowCount) rows and not \(rows.rowCount)" }
    for (place, field) in fields.enumerated() {
      for row in 0..<rows.rowCount where !Self.isSame(read.columns[place][row], field.cell(row)) {
        return "'\(field.name)' in row \(row + 1) is '\(read.columns[place][row])' and not '\(field.cell(row))'"
      }
    }
    return nil
  }

  /// A name without the blanks around it.
  static func bare(_ name: String) -> String {
    let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
    let start = name.utf8.drop(while: isBlank)
    guard let last = start.lastIndex(where: { !isBlank($0) }) else { return "" }
    return String(start[...last]) ?? name
  }

  private struct WrittenField {
    let name: String
    let type: ColumnType
    let cell: (Int) -> Cell
  }

  /// The columns as a file has them: of a vector one for each place.
  private static func fields(_ table: Table) -> [WrittenField] {
    zip(table.names, table.columns).flatMap { name, column -> [WrittenField] in
      guard case .vector(let cells) = column else {
        return [WrittenField(name: name, type: column.type) { column[$0] }]
      }
      return cells.names.prefix(mostFields + 1).enumerated().map { place, part in
        WrittenField(name: "\(name)_\(part)", type: .float) { .float(cells[$0, place]) }
      }
    }
  }

  /// Numbers that are infinite or none are missing to a reader.
  private static func isSame(_ read: Cell, _ written: Cell) -> Bool {
    if case .float(let value) = written, !value.isFinite { return read == .missing }
    return read == written
  }
}
