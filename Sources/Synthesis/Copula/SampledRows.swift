import Kernels
import Plan
import Tables

/// Some of many rows, drawn evenly in their order: the same rows on any number of threads.
public enum SampledRows {
  /// More rows say hardly more of distributions, and of correlations of so many columns they take too long.
  public static func most(columns: Int) -> Int {
    let columns = max(1, columns)
    return max(2000, min(50_000, 4_000_000_000 / (columns * columns)))
  }

  /// About `most` rows, all where there are no more. Throws what reading them throws.
  public static func table(_ rows: Rows, most: Int, _ progress: Progress) throws(EngineError) -> Table {
    if rows.rowCount <= most { return try rows.table(nil, progress) }
    let share = Double(most) / Double(rows.rowCount)
    let random = CounterRandom(seed: 0x7361_6D70)
    var builder = TableBuilder(expectedRows: most)
    var first = 0
    try rows.fold(nil, progress) { chunk throws(EngineError) in
      let chosen = (0..<chunk.rowCount).filter { random.uniform(at: UInt64(first + $0)) < share }
      builder.append(chunk.take(chosen))
      first += chunk.rowCount
      return true
    }
    return builder.finish(ScanReport(schema: Schema(rows.columns.map(\.field)), rowCount: builder.rowCount))
  }
}
