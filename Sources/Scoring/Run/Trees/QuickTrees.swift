import CVector

/// Trees of at most 64 leaves as bit masks: instead of walking from node to node, every node whose test sends a row right clears
/// the leaves on its left, and the first leaf that is left is the row's.
///
/// C. Lucchese et al., "QuickScorer" (SIGIR 2015), for one row: per feature the nodes in the order of their thresholds, of which
/// a row meets a prefix. T. Ye et al., "RapidScorer" (KDD 2018), for blocks: a byte of the masks of sixteen rows at a time. Values
/// become ranks among the thresholds first, so that a test compares bytes. Leaves are added in the order of the trees, as every
/// other way of scoring does.
final class QuickTrees: Sendable {
  /// A byte for each row that a group of nodes tests.
  struct Column: Sendable {
    enum Kind: Sendable {
      /// How many of the thresholds are below a dense value; they are one less than a power of two, padded by infinities.
      case rank
      /// The number that the table gives a code of a one-hot run; 0 where no node tests it.
      case equal
      /// 1 where a dense category goes right: by the table, or because it is past its end.
      case member
    }

    let kind: Kind
    /// The double of a row, or the one-hot run.
    let place: Int
    /// Where the thresholds or the table begin, and how many they are.
    let start: Int
    let count: Int
    /// The byte of a missing value.
    let missing: Int
  }

  struct Tree: Sendable {
    let firstPlane: Int32
    let planes: Int32
    /// Place of the first leaf among the leaves.
    let firstLeaf: Int32
    let output: Int32
  }

  /// Rows for which the bytes of all columns are made at a time.
  static let tile = 128
  static let group = 64

  let columns: [Column]
  let thresholds: [Double]
  let tables: [UInt8]
  let trees: [Tree]
  let planes: [mlp_mask_plane]
  let entries: [mlp_mask_entry]
  /// A leaf's value; with a vector in each leaf the place of its first value in `leafValues`.
  let leaves: [Double]
  let leafValues: [Double]
  let hasVectorLeaves: Bool
  let outputs: Int
  let base: [Double]
  let masks: QuickTreeMasks

  /// Nil for trees that are too large for masks, or whose tests would take too much memory.
  init?(_ branches: TreeBranches) {
    let ensemble = branches.ensemble
    guard let plan = QuickTreePlan(branches), let tests = QuickTreeColumns(plan, ensemble) else { return nil }
    columns = tests.columns
    thresholds = tests.thresholds
    tables = tests.tables
    trees = plan.trees
    let packed = tests.planes(plan)
    planes = packed.planes
    entries = packed.entries
    masks = tests.rows(plan)
    leafValues = ensemble.leafValues
    hasVectorLeaves = ensemble.trees.contains { $0.output == nil }
    let isVector = hasVectorLeaves
    leaves = plan.leaves.map { isVector ? Double($0) : ensemble.leafValues[$0] }
    outputs = ensemble.outputs
    base = ensemble.base
  }
}

/// The masks of all nodes for one row, in runs of one column and one direction, each sorted by the number its nodes compare with.
struct QuickTreeMasks: Sendable {
  /// Of each run where its places in `starts` begin: a column has two, for nodes that pass above their number, or at it, and for those
  /// that pass at most at it.
  private(set) var runs: [Int32] = []
  /// Of each number of a run its first mask, and at last the run's end.
  private(set) var starts: [Int32] = []
  private(set) var keep: [UInt64] = []
  private(set) var tree: [Int32] = []

  /// `masks` in the order of their numbers, which are below `numbers`.
  mutating func append(_ masks: [(number: Int, keep: UInt64, tree: Int)], numbers: Int) {
    runs.append(Int32(starts.count))
    var next = 0
    for number in 0...numbers {
      starts.append(Int32(keep.count))
      while next < masks.count, masks[next].number == number {
        keep.append(masks[next].keep)
        tree.append(Int32(masks[next].tree))
        next += 1
      }
    }
  }
}
