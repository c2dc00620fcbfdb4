import Formats
import Kernels
import Plan
import Tables

/// Files that keep rows which fail, written chunk by chunk: each once with all rules that it broke, or once for each rule.
struct FailingRows {
  private let path: String
  private let format: any TableWriting.Type
  private var file: TableFileWriter?

  init(_ target: ValidationFile) {
    path = target.path
    format = target.format
  }

  /// Keeps rows of a chunk with the columns given before or behind theirs.
  mutating func keep(
    _ rows: [Int], of chunk: Table, first: [(String, Column)] = [], last: [(String, Column)] = [], _ progress: Progress
  ) throws(EngineError) {
    if rows.isEmpty { return }
    var names = FreeNames(besides: chunk.names)
    let before = first.map { (names.take($0.0), $0.1) }
    let behind = last.map { (names.take($0.0), $0.1) }
    let cells = chunk.take(rows)
    let table = Table(before + zip(cells.names, cells.columns).map { ($0, $1) } + behind, rowCount: rows.count)
    do throws(SourceError) {
      if file == nil { file = try TableFileWriter(path: path, format) }
      try file?.append(table, progress)
    } catch {
      throw EngineError(error)
    }
  }

  /// Puts the file in its place, if a row was kept.
  func finish(_ progress: Progress) throws(EngineError) {
    do throws(SourceError) { _ = try file?.finish(progress) } catch { throw EngineError(error) }
  }
}

/// A file that rows are written to.
public struct ValidationFile: Sendable {
  public let path: String
  public let format: any TableWriting.Type

  public init(_ path: String, _ format: any TableWriting.Type) {
    self.path = path
    self.format = format
  }
}
