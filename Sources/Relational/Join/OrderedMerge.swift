import Engine
import Kernels
import Plan
import Tables

/// Runs of rows that are each in the order of a number, read as one in that order. A number is in one run alone.
struct OrderedMerge {
  private var inlets: [Inlet]
  private let column: String

  /// `column` has the numbers; the rows come without it.
  init(_ files: [TemporaryChunks], by column: String) throws(EngineError) {
    try self.init(files.map { Run(file: $0, chunks: 0..<$0.count) }, by: column)
  }

  init(_ runs: [Run], by column: String) throws(EngineError) {
    self.column = column
    inlets = []
    for run in runs where !run.chunks.isEmpty { inlets.append(try Inlet(run, column)) }
  }

  /// Chunks of a file that follow each other.
  struct Run {
    let file: TemporaryChunks
    let chunks: Range<Int>
  }

  /// A run as far as it has been read.
  private struct Inlet {
    private let run: Run
    private let column: String
    private var place: Int
    private(set) var table: Table
    private var numbers: [Int64]
    private var next = 0

    init(_ run: Run, _ column: String) throws(EngineError) {
      self.run = run
      self.column = column
      place = run.chunks.lowerBound
      table = try run.file.chunk(place)
      numbers = Self.numbers(table, column)
    }

    private static func numbers(_ table: Table, _ column: String) -> [Int64] {
      if case .int(let cells)? = table[column] { cells.values } else { [] }
    }

    /// The last number of the chunk at hand; nil at the end.
    var last: Int64? { numbers.last }

    /// The rows up to a number, and their numbers; then the next chunk is read where that was all.
    mutating func take(to most: Int64) throws(EngineError) -> (rows: Table, numbers: ArraySlice<Int64>)? {
      var end = next
      while end < numbers.count, numbers[end] <= most { end += 1 }
      guard end > next else { return nil }
      let taken = (table.take(RowList(next..<end)), numbers[next..<end])
      next = end
      if next == numbers.count { try read() }
      return taken
    }

    private mutating func read() throws(EngineError) {
      (place, next) = (place + 1, 0)
      table = place < run.chunks.upperBound ? try run.file.chunk(place) : table.head(0)
      numbers = Self.numbers(table, column)
    }
  }

  /// Gives the rows in order. Throws what reading them throws.
  consuming func each(
    _ progress: Progress, _ take: (Table) throws(EngineError) -> Void
  ) throws(EngineError) {
    while let most = inlets.compactMap(\.last).min() {
      try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
      var rows = TableBuilder()
      var numbers: [Int64] = []
      var schema = Schema([])
      for place in inlets.indices {
        guard let part = try inlets[place].take(to: most) else { continue }
        rows.append(part.rows)
        numbers += part.numbers
        schema = part.rows.schema
      }
      let table = rows.finish(ScanReport(schema: schema, rowCount: numbers.count))
      let order = numbers.indices.sorted { numbers[$0] == numbers[$1] ? $0 < $1 : numbers[$0] < numbers[$1] }
      try take(table.select(table.names.filter { $0 != column }).take(order))
    }
  }
}
