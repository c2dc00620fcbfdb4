import Glibc
import Kernels

/// Parts in which every stratum has its share, by largest remainders. What one stratum's rounding owes a part is carried to the
/// next, so that many small strata still fill every part.
enum StratifiedSplit {
  /// The part, 0 ..< 3, of each row. `strata` has codes from 0 on; nil is a single stratum.
  static func assign(rowCount: Int, _ strata: [Int32]?, _ shares: SplitShares, seed: UInt64) -> [UInt8] {
    var assigned = [UInt8](repeating: 0, count: rowCount)
    let sizes = StratumSizes(rowCount: rowCount, strata).counts
    var carried = [0.0, 0.0, 0.0]
    let isAlone = sizes.count { $0 > 0 } == 1
    let counts = sizes.map { size in
      size > 1 || isAlone ? Self.counts(size, shares.all, &carried) : [size, 0, 0]
    }
    var drawing = QuotaDrawing(counts, seed: seed)
    for row in 0..<rowCount { assigned[row] = UInt8(drawing.draw(strata.map { Int($0[row]) } ?? 0, row)) }
    fill(&assigned, strata, shares.all, seed)
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
  private static func fill(_ assigned: inout [UInt8], _ strata: [Int32]?, _ shares: [Double], _ seed: UInt64) {
    for part in 0..<3 where shares[part] > 0 && !assigned.contains(UInt8(part)) {
      let totals = (0..<3).map { part in assigned.count { $0 == UInt8(part) } }
      guard let largest = (0..<3).max(by: { totals[$0] < totals[$1] }), totals[largest] > 1 else { return }
      let rows = assigned.indices.filter { assigned[$0] == UInt8(largest) }
      let sizes = StratumSizes(rowCount: rows.count, strata.map { strata in rows.map { strata[$0] } }).counts
      guard let stratum = sizes.indices.max(by: { sizes[$0] < sizes[$1] }) else { return }
      let candidates = strata.map { strata in rows.filter { Int(strata[$0]) == stratum } } ?? rows
      var random = CounterRandom(seed: seed, stream: UInt64.max - UInt64(part))
      assigned[candidates[random.next(below: candidates.count)]] = UInt8(part)
    }
  }
}
