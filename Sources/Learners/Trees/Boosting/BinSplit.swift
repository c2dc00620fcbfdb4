/// A way to divide a leaf by the bins of one feature.
struct BinSplit: Sendable {
  /// How much it lowers the loss, in the scale's units.
  let gain: Double
  let feature: Int
  /// Bit b of the four words is set when bin b goes left, the missing bin included.
  let leftBins: SIMD4<UInt64>
  let missingLeft: Bool
  /// The sums of what goes left; the number of rows may be an estimate.
  let left: BinSum
  /// For numbers the last value bin that goes left.
  let lastLeft: Int

  func goesLeft(_ bin: Int) -> Bool { leftBins[bin >> 6] >> UInt64(bin & 63) & 1 == 1 }
}

/// Finds the best split of a leaf's feature from its histogram (Chen & Guestrin 2016, algorithm 3, on bins).
struct SplitFinder: Sendable {
  let scale: GradientScale
  let fewestRows: Int64
  /// The l2 penalty, in the scale's units.
  let penalty: Double
  /// Below this sum of hessians a side is too flat to be told apart, in the scale's units.
  let leastHessian: Double

  init(_ scale: GradientScale, fewestRows: Int, l2: Double) {
    self.scale = scale
    self.fewestRows = Int64(fewestRows)
    penalty = l2 * scale.hessian
    leastHessian = max(1e-3 * scale.hessian, 1)
  }

  /// nil when no split lowers the loss and leaves enough rows on both sides. O(bins).
  func best(_ feature: Int, _ bins: FeatureBins, _ cells: UnsafePointer<Int64>, _ leaf: BinSum) -> BinSplit? {
    guard leaf.count >= 2 * fewestRows, leaf.hessian > 0 else { return nil }
    let rate = Double(leaf.count) / Double(leaf.hessian)
    let missing = scale.read(cells + bins.missingBin * scale.words, rowsPerHessian: rate)
    return bins.isCategory
      ? bestCategories(feature, bins, cells, leaf, rate) : bestThreshold(feature, bins, cells, leaf, rate, missing)
  }

  /// The rows of a sum: exact, or estimated from its hessian when cells have no room for them.
  @inline(__always)
  private func rows(_ sum: BinSum, _ rate: Double) -> Int64 {
    scale.isPacked ? Int64(Double(sum.hessian) * rate + 0.5) : sum.count
  }

  /// The gain over not splitting, before the leaf's own share is taken off; −1 when a side is too small.
  @inline(__always)
  private func worth(_ left: BinSum, _ leaf: BinSum, _ rate: Double) -> Double {
    let leftRows = rows(left, rate)
    guard leftRows >= fewestRows, leaf.count &- leftRows >= fewestRows else { return -1 }
    let leftHessian = Double(left.hessian)
    let rightHessian = Double(leaf.hessian &- left.hessian)
    guard leftHessian >= leastHessian, rightHessian >= leastHessian else { return -1 }
    let leftGradient = Double(left.gradient)
    let rightGradient = Double(leaf.gradient &- left.gradient)
    let (below, above) = (leftHessian + penalty, rightHessian + penalty)
    return (leftGradient * leftGradient * above + rightGradient * rightGradient * below) / (below * above)
  }

  private func share(_ leaf: BinSum) -> Double {
    Double(leaf.gradient) * Double(leaf.gradient) / (Double(leaf.hessian) + penalty)
  }

  private func bestThreshold(
    _ feature: Int, _ bins: FeatureBins, _ cells: UnsafePointer<Int64>, _ leaf: BinSum, _ rate: Double,
    _ missing: BinSum
  ) -> BinSplit? {
    let hasMissing = missing.hessian > 0
    // With missing values there is one cut more: the values from the missing.
    let cuts = bins.valueBins - (hasMissing ? 0 : 1)
    var (most, place, withMissing, found) = (share(leaf), -1, false, BinSum())
    var left = BinSum()
    for bin in 0..<max(cuts, 0) {
      let cell = scale.read(cells + bin &* scale.words, rowsPerHessian: rate)
      left = left + cell
      if cell.hessian == 0 { continue }
      let worthRight = worth(left, leaf, rate)
      if worthRight > most { (most, place, withMissing, found) = (worthRight, bin, false, left) }
      if hasMissing, bin < bins.valueBins - 1 {
        let worthLeft = worth(left + missing, leaf, rate)
        if worthLeft > most { (most, place, withMissing, found) = (worthLeft, bin, true, left + missing) }
      }
    }
    guard place >= 0, isGain(most, leaf) else { return nil }
    // Where none was missing, missing follows the larger side.
    let missingLeft = hasMissing ? withMissing : rows(found, rate) * 2 > leaf.count
    var mask = Self.upTo(place)
    if missingLeft { mask[bins.missingBin >> 6] |= 1 << UInt64(bins.missingBin & 63) }
    return BinSplit(
      gain: most - share(leaf), feature: feature, leftBins: mask, missingLeft: missingLeft, left: found, lastLeft: place
    )
  }

  /// Whether the gain is above the rounding of its two terms.
  private func isGain(_ worth: Double, _ leaf: BinSum) -> Bool { worth - share(leaf) > 1e-12 * worth }

  private static func upTo(_ bin: Int) -> SIMD4<UInt64> {
    var mask = SIMD4<UInt64>.zero
    for bit in 0...bin { mask[bit >> 6] |= 1 << UInt64(bit & 63) }
    return mask
  }

  /// Categories in the order of gradient to hessian are cut like numbers (Fisher 1958); missing is one of them. Those with few rows
  /// say too little to be ordered, and go right.
  private func bestCategories(
    _ feature: Int, _ bins: FeatureBins, _ cells: UnsafePointer<Int64>, _ leaf: BinSum, _ rate: Double
  ) -> BinSplit? {
    let smoothing = Self.fewestForCategory / max(rate, .leastNormalMagnitude)
    var ranked: [(bin: Int, sum: BinSum, key: Double)] = []
    for bin in 0..<bins.binCount where bin != bins.valueBins {
      let sum = scale.read(cells + bin * scale.words, rowsPerHessian: rate)
      guard Double(rows(sum, rate)) >= min(Self.fewestForCategory, Double(fewestRows)), sum.hessian > 0 else {
        continue
      }
      ranked.append((bin, sum, Double(sum.gradient) / (Double(sum.hessian) + smoothing)))
    }
    ranked.sort { ($0.key, $0.bin) < ($1.key, $1.bin) }
    var (most, found, size, fromEnd) = (share(leaf), BinSum(), 0, false)
    for reversed in [false, true] {
      var left = BinSum()
      // Beyond the middle the other direction sees the same division.
      for taken in 1..<max(1, ranked.count / 2 + 2) where taken <= ranked.count {
        left = left + ranked[reversed ? ranked.count - taken : taken - 1].sum
        let worth = worth(left, leaf, rate)
        if worth > most { (most, found, size, fromEnd) = (worth, left, taken, reversed) }
      }
    }
    guard size > 0, isGain(most, leaf) else { return nil }
    var mask = SIMD4<UInt64>.zero
    for (bin, _, _) in fromEnd ? ranked.suffix(size) : ranked.prefix(size) { mask[bin >> 6] |= 1 << UInt64(bin & 63) }
    let missingBin = bins.missingBin
    let missingLeft = mask[missingBin >> 6] >> UInt64(missingBin & 63) & 1 == 1
    return BinSplit(
      gain: most - share(leaf), feature: feature, leftBins: mask, missingLeft: missingLeft, left: found, lastLeft: -1)
  }

  private static let fewestForCategory = 10.0
}
