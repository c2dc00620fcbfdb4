import Kernels
import Scoring

/// A way to divide the rows of a node.
struct DecisionSplit: Sendable {
  enum Test: Sendable {
    case atMost(Double)
    /// The category codes that go left.
    case categories([Int])
  }
  let feature: Int
  let test: Test
  let missingLeft: Bool
  /// The worth of both sides.
  let worth: Double

  func goesLeft(_ value: Double) -> Bool {
    if value.isNaN { return missingLeft }
    switch test {
    case .atMost(let threshold): return value <= threshold
    case .categories(let codes): return Int(exactly: value).map(codes.contains) ?? false
    }
  }
}

/// Finds the best split of a node by one feature, exactly.
struct DecisionSplitFinder: Sendable {
  let labels: [Double]
  let empty: Purity
  let fewestRows: Double

  /// By the rows of the node in the order of their values, missing last. nil when no split leaves enough rows on both sides.
  func threshold(_ feature: Int, _ values: [Double], _ rows: ArraySlice<Int32>, _ whole: Purity, _ progress: Progress)
    -> DecisionSplit?
  {
    let known = rows.prefix { !values[Int($0)].isNaN }
    let missing = gather(rows.suffix(from: known.endIndex))
    var best: DecisionSplit?
    // Missing to the right also tries all values to the left; without missing rows there is one way only.
    for missingLeft in missing.rows > 0 ? [false, true] : [false] {
      var (left, right) = (empty, whole)
      if missingLeft { Self.move(missing, &left, &right) }
      for place in known.indices {
        if place & 0x3FFF == 0, progress.isCancelled { return nil }
        let row = Int(known[place])
        left.add(labels[row])
        right.add(labels[row], -1)
        let isLast = place == known.endIndex - 1
        let next = isLast ? Double.greatestFiniteMagnitude : values[Int(known[place + 1])]
        if isLast ? (missingLeft || missing.rows == 0) : next == values[row] { continue }
        guard let worth = worth(left, right), worth > best?.worth ?? -.infinity else { continue }
        best = DecisionSplit(
          feature: feature, test: .atMost(isLast ? next : FeatureBins.middle(values[row], next)),
          missingLeft: missing.rows > 0 ? missingLeft : left.rows > right.rows, worth: worth)
      }
    }
    return best
  }

  /// By categories, in the order of their mean label or of their share of the node's most frequent class: for numbers and for two
  /// classes the best division is among those cuts (Breiman et al. 1984, 4.2).
  func categories(_ feature: Int, _ count: Int, _ values: [Double], _ rows: ArraySlice<Int32>, _ whole: Purity)
    -> DecisionSplit?
  {
    var sums: [Int: Purity] = [:]
    var missing = empty
    for row in rows {
      let value = values[Int(row)]
      if value.isNaN {
        missing.add(labels[Int(row)])
      } else if let code = Int(exactly: value), (0..<count).contains(code) {
        sums[code, default: empty].add(labels[Int(row)])
      }
    }
    let place = whole.totals.indices.max { whole.totals[$0] < whole.totals[$1] } ?? 0
    let ranked = sums.map { (code: $0.key, sum: $0.value, key: $0.value.answer[place]) }
      .sorted { ($0.key, $0.code) < ($1.key, $1.code) }
    var best: DecisionSplit?
    for missingLeft in missing.rows > 0 ? [false, true] : [false] {
      var (left, right) = (empty, whole)
      if missingLeft { Self.move(missing, &left, &right) }
      for (taken, category) in ranked.enumerated() {
        Self.move(category.sum, &left, &right)
        guard let worth = worth(left, right), worth > best?.worth ?? -.infinity else { continue }
        best = DecisionSplit(
          feature: feature, test: .categories(ranked[...taken].map(\.code).sorted()),
          missingLeft: missing.rows > 0 ? missingLeft : left.rows > right.rows, worth: worth)
      }
    }
    return best
  }

  private static func move(_ sum: Purity, _ left: inout Purity, _ right: inout Purity) {
    left.add(sum)
    right.add(sum, -1)
  }

  private func gather(_ rows: ArraySlice<Int32>) -> Purity {
    var sum = empty
    for row in rows { sum.add(labels[Int(row)]) }
    return sum
  }

  private func worth(_ left: Purity, _ right: Purity) -> Double? {
    left.rows >= fewestRows && right.rows >= fewestRows ? left.worth + right.worth : nil
  }
}
