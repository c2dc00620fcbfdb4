import Glibc
import Kernels

/// Parts in which every stratum has its share, by largest remainders. What one stratum's rounding owes a part is carried to the
/// next, so that many small strata still fill every part.
enum StratifiedSplit {
  static func assign(_ strata: [Int32], _ shares: SplitShares, seed: UInt64) -> [UInt8] {
    var assigned = [UInt8](repeating: 0, count: strata.count)
    var carried = [0.0, 0.0, 0.0]
    var totals = [0, 0, 0]
    let members = RowGroups(strata).members
    for (place, rows) in members.enumerated() where rows.count > 1 || members.count == 1 {
      let counts = counts(rows.count, shares.all, &carried)
      var random = CounterRandom(seed: seed, stream: UInt64(place))
      let order = random.permutation(rows.count)
      for (rank, index) in order.enumerated() {
        assigned[rows[index]] = rank < counts[0] ? 0 : rank < counts[0] + counts[1] ? 1 : 2
      }
      for part in 0..<3 { totals[part] += counts[part] }
    }
    fill(&assigned, members, shares.all, &totals, seed)
    return assigned
  }

  /// Rows of one stratum for each part: whole shares, then the rest to the greatest remainders, and at least one to train on.
  private static func counts(_ size: Int, _ shares: [Double], _ carried: inout [Double]) -> [Int] {
    let exact = shares.map { $0 * Double(size) }
    // A hair above, so that 0.7 × 10 is 7 and not 6.999….
    var counts = exact.map { Int(($0 + 1e-9).rounded(.down)) }
    var owed = (0..<3).map { exact[$0] - Double(counts[$0]) + carried[$0] }
    for _ in 0..<max(0, size - counts.reduce(0, +)) {
      let part = (0..<3).filter { shares[$0] > 0 }.max { owed[$0] < owed[$1] - 1e-12 } ?? 0
      counts[part] += 1
      owed[part] -= 1
    }
    if counts[0] == 0, let largest = (1..<3).max(by: { counts[$0] < counts[$1] }), counts[largest] > 0 {
      counts[largest] -= 1
      counts[0] += 1
      owed[largest] += 1
      owed[0] -= 1
    }
    carried = owed
    return counts
  }

  /// Gives a part that has a share but no row one from the largest part, out of its largest stratum.
  private static func fill(
    _ assigned: inout [UInt8], _ members: [[Int]], _ shares: [Double], _ totals: inout [Int], _ seed: UInt64
  ) {
    totals[0] = assigned.count - totals[1] - totals[2]
    for part in 0..<3 where shares[part] > 0 && totals[part] == 0 {
      guard let largest = (0..<3).max(by: { totals[$0] < totals[$1] }), totals[largest] > 1 else { return }
      let candidates = members.map { rows in rows.filter { assigned[$0] == UInt8(largest) } }
      guard let rows = candidates.max(by: { $0.count < $1.count }), !rows.isEmpty else { return }
      var random = CounterRandom(seed: seed, stream: UInt64.max - UInt64(part))
      assigned[rows[random.next(below: rows.count)]] = UInt8(part)
      totals[largest] -= 1
      totals[part] += 1
    }
  }
}
