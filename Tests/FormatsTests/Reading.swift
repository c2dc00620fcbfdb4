import Kernels
import Tables

@testable import Formats

/// Reads text that stands in a test.
func rows(_ text: String, _ change: (inout DelimitedOptions) -> Void = { _ in }) throws(SourceError) -> SourceRows {
  try rows(Array(text.utf8), change)
}

func rows(_ bytes: [UInt8], _ change: (inout DelimitedOptions) -> Void = { _ in }) throws(SourceError) -> SourceRows {
  var options = DelimitedOptions()
  change(&options)
  return try DelimitedSource(bytes: bytes, name: "t.csv", options: options).read(columns: nil, Progress())
}

func table(_ text: String, _ change: (inout DelimitedOptions) -> Void = { _ in }) throws(SourceError) -> Table {
  try rows(text, change).table
}

/// The error that reading gives; nil when it gives none.
func failure(_ bytes: [UInt8], _ change: (inout DelimitedOptions) -> Void = { _ in }) -> SourceError? {
  do throws(SourceError) {
    _ = try rows(bytes, change)
    return nil
  } catch { return error }
}

func failure(_ text: String, _ change: (inout DelimitedOptions) -> Void = { _ in }) -> SourceError? {
  failure(Array(text.utf8), change)
}

extension Table {
  /// The cells of a column as they would be written.
  func words(_ name: String) -> [String] { (0..<rowCount).map { self[name]?[$0].description ?? "no column" } }

  var types: [ColumnType] { columns.map(\.type) }
}

extension DelimitedWriter {
  /// A table as a whole text.
  static func bytes(_ table: Table, delimiter: UInt8 = 0x2C) -> [UInt8] {
    header(table, delimiter) + rows(table, delimiter).bytes
  }
}

extension RowText {
  var bytes: [UInt8] { (0..<count).flatMap(piece) }
}

extension TextTableWriting {
  /// A table as a whole text.
  static func bytes(_ table: Table) -> [UInt8] {
    header(table) + rows(table).bytes.dropFirst(separator.count) + footer
  }
}

extension TableWriting {
  /// A table as the file at `path`; the number of its bytes.
  @discardableResult
  static func write(_ table: Table, to path: String) throws(SourceError) -> Int {
    let file = try TableFileWriter(path: path, self)
    try file.append(table, Progress())
    return try file.finish(Progress())
  }
}

extension GzipWriter {
  /// Bytes as one gzip member.
  static func compress(_ bytes: [UInt8]) -> [UInt8] {
    let writer = GzipWriter()
    return writer.take(bytes) + writer.finish()
  }
}
