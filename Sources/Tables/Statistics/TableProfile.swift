import Kernels

/// Figures for every column of a table. The same on any number of threads.
public struct TableProfile: Sendable, Hashable {
  public let rowCount: Int
  public let columns: [ColumnProfile]

  public subscript(_ name: String) -> ColumnProfile? { columns.first { $0.name == name } }

  /// - Parameter top: how many of the most frequent values each column keeps, at most `ValueCounts.mostTop`.
  ///
  /// The figures are kept with the columns, so that asking again costs nothing.
  ///
  /// Complexity: O(cells); each column at work takes eight bytes a row beside the table, and at most about 40 MB for
  /// counting its values.
  public init(of table: Table, top: Int = 10, _ progress: Progress = Progress()) throws(Cancelled) {
    rowCount = table.rowCount
    let parts = parallelMap(table.names.count) { place -> ColumnProfile? in
      let name = table.names[place]
      // try? is safe: a cancelled column ends the profile at the checkpoint below.
      return try? table.statistics(of: name)?.profile(progress).named(name, top: top)
    }
    try progress.checkpoint(1, "profiling")
    columns = parts.compactMap { $0 }
  }

  private init(rowCount: Int, columns: [ColumnProfile]) {
    self.rowCount = rowCount
    self.columns = columns
  }

  /// A profile made by folding over a table's chunks in their order, of which one at a time is at hand. The figures do not depend on
  /// where the chunks begin; of a column with more than `ValueCounts.limit` different numbers in no order, quartiles and histogram
  /// are of a sample.
  public struct Builder: Sendable {
    private let names: [String]
    private let top: Int
    private var summaries: [ColumnSummary]
    private var rowCount = 0

    /// - Parameter top: how many of the most frequent values each column keeps, at most `ValueCounts.mostTop`.
    public init(_ schema: Schema, top: Int = 10) { self.init(schema, top: top, limit: ValueCounts.limit) }

    init(_ schema: Schema, top: Int, limit: Int) {
      names = schema.fields.map(\.name)
      self.top = top
      summaries = schema.fields.map { ColumnSummary($0.type, firstRow: 0, samples: true, limit: limit) }
    }

    /// Adds the rows that come next, columns in parallel; the chunk must have the schema's columns. O(cells).
    public mutating func take(_ chunk: Table, _ progress: Progress = Progress()) throws(Cancelled) {
      precondition(chunk.columns.count == summaries.count, "a chunk has the columns of the schema")
      summaries.withUnsafeMutableBufferPointer { summaries in
        nonisolated(unsafe) let summaries = summaries
        parallelFor(chunk.columns.count) { place in
          // try? is safe: being cancelled is told by the checkpoint below.
          try? summaries[place].append(chunk.columns[place], progress)
        }
      }
      try progress.checkpoint()
      rowCount += chunk.rowCount
    }

    /// The profile of all rows taken.
    public func finish() -> TableProfile {
      let (summaries, names, top) = (summaries, names, top)
      return TableProfile(
        rowCount: rowCount, columns: parallelMap(names.count) { summaries[$0].profile(names[$0], top: top) })
    }
  }
}
