import Plan
import Synchronization

/// How many leaves a tree may have, of which each holds a value for every class: a bound on memory, asked before a leaf is made.
final class LeafBudget: Sendable {
  /// Values of all leaves together: half a gigabyte.
  static let mostValues = 1 << 26

  private let rows: Int
  private let classes: Int
  private let most: Int
  private let spent = Atomic<Int>(0)

  init(rows: Int, classes: Int) {
    self.rows = rows
    self.classes = classes
    // Leaves of numbers are no more than rows.
    most = classes > 0 ? Self.mostValues / classes : .max
  }

  /// Throws `tooLarge` when there are as many leaves as may be.
  func spend() throws(EngineError) {
    guard spent.wrappingAdd(1, ordering: .relaxed).oldValue >= most else { return }
    // So many rows a leaf, or tests above it, that there cannot be more leaves.
    let rowsToALeaf = (rows + max(most, 1) - 1) / max(most, 1)
    let depth = max(most, 2).bitWidth - 1 - max(most, 2).leadingZeroBitCount
    throw EngineError(
      .fitting(
        .tooManyLeaves(
          most: most, classes: classes, values: Self.mostValues, learner: DecisionTree.name,
          [.set("depth", to: "\(depth)"), .set("min_samples_leaf", to: "\(rowsToALeaf)"), .fewerClasses])))
  }
}
