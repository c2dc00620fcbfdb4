import Tables

/// Rows that a reading sets aside because they do not fit: counted, and kept for the file that was asked for.
public final class RefusedRows: @unchecked Sendable {
  // Of the thread that takes the rows:

  private(set) var count = 0
  private var kept = RejectedRows()

  /// Takes a row up; `line` is where it stands, `raw` how.
  func add(source: String, line: Int, column: String, reason: String, raw: [UInt8]) {
    count += 1
    kept.add(source: source, line: line, column: column, reason: reason, raw: raw)
  }

  /// Writes them to `path`, if there is one, and says so; nothing where there are none.
  func finish(_ path: String?) throws(SourceError) -> [String] { count == 0 ? [] : try kept.finish(path, count: count) }
}
