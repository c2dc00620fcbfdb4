import Kernels

/// Where rows are put away between runs. A second engine has its own form of file.
public protocol RowsFile: Sendable {
  /// Writes rows to a file beside `path` that then takes its place. Throws `cannotWrite`, or what reading the rows throws.
  func write(_ rows: Rows, to path: String, label: String, _ progress: Progress) throws(EngineError)
  /// The rows that were written with that label: in memory, or under a bound of memory where they stand. All of them are read once and
  /// found in order. Throws `notFound`, or `badFormat` for bytes that are not those that were written.
  func read(_ path: String, label: String, _ progress: Progress) throws(EngineError) -> Rows
}
