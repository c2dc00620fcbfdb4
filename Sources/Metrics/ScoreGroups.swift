/// Rows of equal score taken together, from the highest score to the lowest: what ranking metrics walk along, so that ties
/// cannot depend on the order of rows.
struct ScoreGroups {
  private(set) var scores: [Double] = []
  private(set) var positives: [Int] = []
  private(set) var negatives: [Int] = []

  /// O(n log n). A score that is not a number stands below all others.
  init(_ values: [Double], _ isPositive: [Bool]) {
    let ranked = values.map { $0.isNaN ? -.infinity : $0 }
    for row in ranked.indices.sorted(by: { ranked[$0] > ranked[$1] }) {
      if scores.last != ranked[row] {
        scores.append(ranked[row])
        positives.append(0)
        negatives.append(0)
      }
      if isPositive[row] { positives[positives.count - 1] += 1 } else { negatives[negatives.count - 1] += 1 }
    }
  }
}
