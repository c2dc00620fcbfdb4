/// A way to divide a leaf by the bins of one column.
struct BinSplit: Sendable {
  /// Squared gradient over hessian and penalty, summed over both sides: what is to be large.
  var worth: Double
  var column = -1
  /// The last bin that goes left; of a one-hot column the bin that goes right.
  var cut = 0
  /// Bit b is set when bin b goes left, for a column of categories.
  var set = SIMD4<UInt64>.zero
  var missingLeft = false
  /// The sum of what goes left.
  var left: Int64 = 0
}

/// What the finder has to know of a leaf.
struct LeafSums: Sendable {
  let total: Int64
  let gradient: Double
  let hessian: Double
  let rows: Int

  init(_ total: Int64, rows: Int, _ scale: GradientScale) {
    self.total = total
    self.rows = rows
    gradient = Double(scale.gradient(of: total))
    hessian = Double(scale.hessian(of: total))
  }
}

/// Finds the best split of a leaf's column from its histogram (Chen & Guestrin 2016, algorithm 3, on bins).
///
/// A side's rows are not in a histogram of classes: there they are taken to be in proportion to its hessian, and are counted before
/// a split is made. With counts of their own, from that check on, they are exact.
struct SplitFinder: Sendable {
  let scale: GradientScale
  let fewestRows: Int
  /// The l2 penalty, in the scale's steps.
  let penalty: Double
  /// The penalty of a category's sums, in the scale's steps.
  let categoryPenalty: Double

  /// Below this sum of hessians a side is too flat to be told apart.
  static let leastHessian = 1e-3
  /// Added to a category's hessian where categories are ranked, and to the penalty of a side made of them: the order follows the
  /// label, so that a side of them looks better than it is.
  private static let categoryHessian = 10.0
  /// Below these rows, and this share of a leaf's, a category is too rare to be ranked.
  private static let (fewestOfCategory, leastShareOfCategory) = (25.0, 1.0 / 16)

  init(_ scale: GradientScale, fewestRows: Int, l2: Double) {
    self.scale = scale
    self.fewestRows = fewestRows
    penalty = l2 * scale.hessian
    categoryPenalty = Self.categoryHessian * scale.hessian
  }

  /// What a leaf is worth undivided.
  func worth(_ leaf: LeafSums) -> Double { leaf.gradient * leaf.gradient / (leaf.hessian + penalty) }

  /// Looks for a split of `column` that is better than `best`, which it then becomes. `counts` has the rows of each bin, where they
  /// were counted, and `limits` what they are at most. O(bins), and O(bins log bins) for categories.
  func improve(
    _ best: inout BinSplit, _ column: Int, _ bins: FeatureBins.Shape, _ cells: UnsafePointer<Int64>,
    _ counts: UnsafePointer<Int64>?, _ leaf: LeafSums, _ scratch: SplitScratch.Memory,
    limits: UnsafePointer<Int64>? = nil
  ) {
    guard leaf.rows >= 2 * fewestRows, leaf.hessian > 0 else { return }
    let cuts = SplitCuts(self, leaf, cells, counts, scratch)
    switch bins.kind {
    case .number: improve(&best, column, numbers: bins, cuts)
    case .category: improve(&best, column, categories: bins, cuts)
    case .oneHot: improve(&best, column, oneHot: bins, limits, cuts)
    }
  }

  private func improve(_ best: inout BinSplit, _ column: Int, numbers bins: FeatureBins.Shape, _ cuts: SplitCuts) {
    let missing = cuts.cells[bins.missingBin]
    // With missing values there is one cut more: the values from the missing.
    let right = cuts.best(bins: bins.valueBins - (missing == 0 ? 1 : 0), beside: nil)
    if let right, right.worth > best.worth {
      // Where none was missing, missing follows the larger side.
      let isLarger = missing == 0 && scale.hessian(of: right.left) * 2 > scale.hessian(of: cuts.leaf.total)
      best = BinSplit(worth: right.worth, column: column, cut: right.cut, missingLeft: isLarger, left: right.left)
    }
    guard missing != 0 else { return }
    if let left = cuts.best(bins: bins.valueBins - 1, beside: bins.missingBin), left.worth > best.worth {
      best = BinSplit(worth: left.worth, column: column, cut: left.cut, missingLeft: true, left: left.left)
    }
  }

  /// Categories in the order of gradient to hessian are cut like numbers (Fisher 1958); missing is one of them. Those without a bin
  /// of their own and those too rare to be ranked go right together, be it alone.
  private func improve(_ best: inout BinSplit, _ column: Int, categories bins: FeatureBins.Shape, _ cuts: SplitCuts) {
    let ranked = rank(bins, cuts)
    // From either end and to the other, for what is not ranked is on the other side.
    for reversed in [false, true] {
      guard let found = cuts.best(order: ranked, reversed: reversed, penalty: penalty + categoryPenalty),
        found.worth > best.worth
      else { continue }
      var set = SIMD4<UInt64>.zero
      for place in 0...found.cut {
        let bin = ranked[reversed ? ranked.count - 1 - place : place]
        set[bin >> 6] |= 1 << UInt64(bin & 63)
      }
      let missingBin = bins.missingBin
      best = BinSplit(
        worth: found.worth, column: column, set: set,
        missingLeft: set[missingBin >> 6] >> UInt64(missingBin & 63) & 1 == 1, left: found.left)
    }
  }

  private func rank(_ bins: FeatureBins.Shape, _ cuts: SplitCuts) -> UnsafeBufferPointer<Int> {
    let (order, keys) = (cuts.scratch.order, cuts.scratch.keys)
    let rows = Double(cuts.leaf.rows)
    let least = min(Self.fewestOfCategory, rows * Self.leastShareOfCategory) * cuts.leaf.hessian / rows
    var count = 0
    for bin in 0...bins.missingBin where bin != bins.valueBins && cuts.cells[bin] != 0 {
      let cell = cuts.cells[bin]
      let hessian = Double(scale.hessian(of: cell))
      if hessian < least { continue }
      keys[bin] = Double(scale.gradient(of: cell)) / (hessian + categoryPenalty)
      // Few or nearly in order: by insertion.
      var place = count
      while place > 0, keys[order[place - 1]] > keys[bin] {
        order[place] = order[place - 1]
        place -= 1
      }
      order[place] = bin
      count += 1
    }
    return UnsafeBufferPointer(start: order, count: count)
  }

  private func improve(
    _ best: inout BinSplit, _ column: Int, oneHot bins: FeatureBins.Shape, _ limits: UnsafePointer<Int64>?,
    _ cuts: SplitCuts
  ) {
    guard let found = cuts.best(without: bins.valueBins, limits), found.worth > best.worth else { return }
    best = BinSplit(worth: found.worth, column: column, cut: found.cut, missingLeft: true, left: found.left)
  }
}
