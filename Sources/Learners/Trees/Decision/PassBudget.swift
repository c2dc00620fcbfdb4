import Plan
import Synchronization

/// How often the rows may be gone over while a tree grows: a bound on its time, asked before a node is split.
///
/// A split that parts a handful of rows from all others, as one category of very many does, leaves a node nearly as large, and a
/// chain of such nodes costs the square of the rows. A tree whose rows are behind a thousand tests on average is such a chain.
final class PassBudget: Sendable {
  /// Cells that any tree may look at: half a minute of work for the slowest columns.
  static let freeCells = 1 << 31
  /// Passes over all rows for which larger trees have time: the mean depth of a row.
  static let passes = 1024

  private let most: Int
  private let columns: Int
  private let spent = Atomic<Int>(0)

  init(rows: Int, columns: Int, freeCells: Int = PassBudget.freeCells, passes: Int = PassBudget.passes) {
    self.columns = max(columns, 1)
    most = max(freeCells, passes * rows * self.columns)
  }

  /// Counts a node of that many rows. Throws `tooLarge` once all nodes together are too many passes, on any number of threads alike.
  func spend(rows: Int) throws(EngineError) {
    let cells = rows * columns
    guard spent.wrappingAdd(cells, ordering: .relaxed).oldValue + cells > most else { return }
    throw EngineError(
      .fitting(
        .tooManyCells(
          most: most, learner: "tree",
          [.set("depth", to: "64"), .set("min_samples_leaf", to: "20"), .fewerCategories])))
  }
}
