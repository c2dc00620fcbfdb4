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
  /// Complexity: O(cells); each column at work takes at most about 50 MB beside the table.
  public init(
    of table: Table, top: Int = 10, depth: ProfileDepth = .brief, _ progress: Progress = Progress()
  ) throws(Cancelled) {
    rowCount = table.rowCount
    let parts = KeyScratch.during {
      parallelMap(table.names.count) { place -> ColumnProfile? in
        let name = table.names[place]
        // try? is safe: a cancelled column ends the profile at the checkpoint below.
        return try? table.statistics(of: name)?.profile(depth, progress).named(name, top: top)
      }
    }
    try progress.checkpoint(1, "profiling")
    columns = parts.compactMap { $0 }
  }

  private init(rowCount: Int, columns: [ColumnProfile]) {
    self.rowCount = rowCount
    self.columns = columns
  }

  /// A profile made by folding over a table's chunks in their order, of which one at a time is at hand. The figures do not depend on
  /// where the chunks begin. Quartiles and histogram of a column with more than `ValueCounts.limit` different numbers in no order are
  /// of a sample unless its chunks are given once more.
  public struct Builder: Sendable {
    private let names: [String]
    private let top: Int
    private var summaries: [ColumnSummary]
    private var searches: [QuartileSearch?]
    private var rowCount = 0

    /// - Parameter top: how many of the most frequent values each column keeps, at most `ValueCounts.mostTop`.
    public init(_ schema: Schema, top: Int = 10, depth: ProfileDepth = .brief) {
      self.init(schema, top: top, limit: ValueCounts.limit, depth: depth)
    }

    init(_ schema: Schema, top: Int, limit: Int, depth: ProfileDepth = .brief) {
      names = schema.fields.map(\.name)
      self.top = top
      summaries = schema.fields.map { ColumnSummary($0.type, firstRow: 0, limit: limit, depth: depth) }
      searches = names.map { _ in nil }
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

    /// Ends the first look at the rows; the columns of which `takeAgain` is to be given all chunks.
    public mutating func wantedAgain() -> Set<String> {
      searches = summaries.indices.map { summaries[$0].search() }
      return Set(zip(names, searches).compactMap { $1 == nil ? nil : $0 })
    }

    /// Looks at rows once more; of the chunk's columns those that `wantedAgain` names. O(cells).
    public mutating func takeAgain(_ chunk: Table, _ progress: Progress = Progress()) throws(Cancelled) {
      let names = names
      searches.withUnsafeMutableBufferPointer { searches in
        nonisolated(unsafe) let searches = searches
        parallelFor(names.count) { place in
          // try? is safe: being cancelled is told by the checkpoint below.
          if let column = chunk[names[place]] { try? searches[place]?.add(column, progress) }
        }
      }
      try progress.checkpoint()
    }

    /// The profile of all rows taken.
    public func finish() -> TableProfile {
      let (summaries, searches, names, top) = (summaries, searches, names, top)
      return TableProfile(
        rowCount: rowCount,
        columns: parallelMap(names.count) { summaries[$0].profile(names[$0], top: top, searches[$0]) })
    }
  }
}
