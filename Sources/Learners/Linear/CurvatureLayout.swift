/// Of which weights the curvature of the log loss is formed, which are eliminated, and which stand by their diagonal alone.
///
/// The categories of one column exclude each other, so the curvature among their weights is diagonal: the widest one-hot column is
/// eliminated block by block at a cost that grows with its count, not with its cube. Numbers and narrow one-hot columns are dense.
struct CurvatureLayout: Sendable {
  /// Dense over the weights of all scores at once, instead of score by score.
  let isWhole: Bool
  /// Whether solving with the curvature gives Newton's direction; if not, it preconditions conjugate gradients.
  let isExact: Bool
  /// The first of a chunk's columns that is dense: 0, or that of ones.
  let firstColumn: Int
  /// Places among a score's weights of what is dense.
  let dense: [Int]
  /// One-hot columns that are dense, with their first row of the panel.
  let denseBlocks: [(index: Int, row: Int)]
  /// The one-hot column that is eliminated.
  let eliminated: Int?

  /// Forming and factoring the curvature of more weights than this costs more than products with it.
  private static let mostDense = 400
  /// Most numbers in the coupling of dense and eliminated weights, of all scores.
  private static let mostCoupled = 1 << 24
  private static let mostWork = 4e8

  init(_ objective: LogisticObjective) {
    let design = objective.design
    let order = design.oneHots.indices.sorted { design.oneHots[$0].count > design.oneHots[$1].count }
    isWhole = objective.scores > 1 && objective.size <= Self.mostDense
    firstColumn = design.numbers < Self.mostDense / (isWhole ? objective.scores : 1) ? 0 : design.numbers
    var dense = Array(firstColumn...design.numbers)
    let widest = isWhole ? nil : order.first.map { design.oneHots[$0].count }
    func fits(_ size: Int) -> Bool {
      let coupled = (widest ?? 0) + size
      return size <= Self.mostDense && coupled * size * objective.scores <= Self.mostCoupled
        && Double(coupled) * Double(size) * Double(size) <= Self.mostWork
    }
    eliminated = isWhole || !fits(dense.count) ? nil : order.first
    var blocks: [(index: Int, row: Int)] = []
    for index in order.reversed() where index != eliminated {
      let block = design.oneHots[index]
      guard isWhole || fits(dense.count + block.count) else { break }
      blocks.append((index, dense.count))
      dense += block.start..<block.start + block.count
    }
    self.dense = dense
    denseBlocks = blocks
    let covered = dense.count + (eliminated.map { design.oneHots[$0].count } ?? 0)
    isExact = covered == design.width && (objective.scores == 1 || isWhole)
  }

  /// Rows of the panel of a score (or of all): the dense places, then those of the eliminated column.
  func panelRows(_ design: LinearDesign) -> Int {
    dense.count + (eliminated.map { design.oneHots[$0].count } ?? 0)
  }
}
