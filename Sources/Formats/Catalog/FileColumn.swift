import Descriptions
import Tables

/// The column that tells which file each row comes from, where one is asked for.
struct FileColumn: Sendable {
  let name: String

  /// nil where none is asked for, or where it is none of the `columns` that are.
  init?(_ options: Options, among columns: Set<String>? = nil) {
    guard let name = options[ReadingOptions.file] else { return nil }
    self.init(name, among: columns)
  }

  init?(_ name: String?, among columns: Set<String>?) {
    guard let name, columns?.contains(name) ?? true else { return nil }
    self.name = name
  }

  /// Throws where a file has a column of that name itself.
  func check(_ names: [String], in path: String) throws(SourceError) {
    guard names.contains(name) else { return }
    throw SourceError(
      source: path, reason: .badFormat("it has a column '\(name)' already, and `file: NAME` adds one of another name"))
  }

  func added(to schema: Schema) -> Schema { Schema(schema.fields + [Field(name, .text)]) }

  /// The rows of a file, with its path beside each. O(rows).
  func added(to chunk: Table, of path: String) -> Table {
    let codes = [Int32](repeating: 0, count: chunk.rowCount)
    return chunk.with(name, .text(TextCells(.dictionary(codes: codes, words: [ShownPaths.shown(path)]))))
  }
}
