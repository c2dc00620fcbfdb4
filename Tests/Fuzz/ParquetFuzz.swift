import Formats
import Kernels
import Parquet
import Tables

/// Whatever the bytes, a file ends in an error or in a table that is written and read again as the same cells, and columns read alone are
/// those that are read together.
///
/// Input that has not the marks of the format is given them, its last two bytes being the length of the footer: else little would come
/// past them.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzParquet(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  let mark = Array("PAR1".utf8)
  guard input.count >= 12, input.suffix(4) != mark[...] else {
    check(input)
    return 0
  }
  let footer = Int(input[input.count - 2]) << 8 | Int(input[input.count - 1])
  let length = min(footer, input.count - 6)
  let size = (0..<4).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }
  check(mark + input[4..<input.count - 2] + size + mark)
  return 0
}

private func table(_ bytes: [UInt8], columns: Set<String>?) throws(SourceError) -> Table {
  // More rows than there are bytes are nothing new.
  try ParquetFormat.source(bytes, types: [:]).read(ScanRequest(columns: columns, limit: 5000), Progress()).table
}

/// Passes over all that it is asked of.
private final class NoRows: RowScreen {
  func passesOver(_ rows: RowsOutline) -> Bool {
    precondition(rows.bounds.values.allSatisfy { $0.missing >= 0 && $0.missing <= rows.rowCount }, "more is missing")
    return true
  }
}

private func check(_ bytes: [UInt8]) {
  _ = try? ParquetFormat.source(bytes, types: [:]).extent(ScanRequest(screen: NoRows()))
  guard let whole = try? table(bytes, columns: nil) else { return }
  precondition(whole.columns.allSatisfy { $0.count == whole.rowCount }, "columns differ in length")
  for (name, column) in zip(whole.names, whole.columns) {
    precondition((try? table(bytes, columns: [name]))?[name] == column, "a column is another when it is read alone")
  }
  var encoder = ParquetFormat.encoder(whole)
  guard let first = try? encoder.append(whole, Progress()), let rest = try? encoder.finish(Progress()) else {
    preconditionFailure("it is not written")
  }
  if whole.names.isEmpty { return }
  guard let again = try? table(first + rest, columns: nil) else { preconditionFailure("it does not read back") }
  precondition(again.names == whole.names && again.columns == whole.columns, "it reads back as another table")
}
