import Kernels
import Tables

/// Finds rows that are there more than once, cell for cell: when they stand in several parts or folds, a model knows their answers
/// already, and its figures flatter it.
struct RepeatedRows {
  /// How many rows repeat an earlier one; 0 where that is few, or no more than what columns of few values have by chance.
  let count: Int

  /// The share of repeated rows from which it is said.
  private static let share = 0.1

  /// `columns` are looked at at `rows`. Any number when cancelled.
  init(_ columns: [Column], rows: RowList, seed: UInt64, _ progress: Progress) {
    let found = RowHashes(columns, rows: rows, progress).repeatedCount(progress)
    let enough = Self.share * Double(rows.count)
    guard Double(found) >= enough, columns.count > 1, !progress.isCancelled else {
      count = 0
      return
    }
    // Rows of few different cells are alike by chance: so many are when each column is shuffled on its own.
    let shuffled = columns.enumerated().map { place, column in
      if progress.isCancelled { return column }
      var random = CounterRandom(seed: seed, stream: UInt64(place) &+ 0xD0B1)
      return column.take(rows).take(random.permutation(rows.count))
    }
    let chance = RowHashes(shuffled, rows: RowList(0..<rows.count), progress).repeatedCount(progress)
    count = Double(found) >= 3 * Double(chance) + enough ? found : 0
  }
}
