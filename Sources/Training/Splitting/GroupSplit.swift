import Kernels

/// Parts that keep groups whole: groups from the largest to the smallest, each to the part that lacks most of the group's
/// strata (greedy, as scikit-learn's StratifiedGroupKFold is).
enum GroupSplit {
  /// The part, 0 ..< quotas.count, of each row. `quotas` add up to 1; a part with quota 0 gets nothing.
  static func assign(_ groups: [Int32], _ strata: [Int32]?, quotas: [Double], seed: UInt64) -> [UInt8] {
    let members = RowGroups(groups).members
    let layout = StrataLayout(strata, rowCount: groups.count)
    var random = CounterRandom(seed: seed, stream: 0)
    // Chance decides among groups of one size only.
    let order = random.permutation(members.count).sorted { members[$0].count > members[$1].count }
    var lacking = quotas.map { quota in layout.totals.map { quota * Double($0) } }
    var part = [Int](repeating: 0, count: members.count)
    for group in order {
      let counts = layout.counts(members[group])
      let best = quotas.indices.filter { quotas[$0] > 0 }.max { need(lacking[$0]) < need(lacking[$1]) } ?? 0
      part[group] = best
      for (stratum, count) in counts { lacking[best][stratum] -= Double(count) }

      func need(_ open: [Double]) -> Double {
        counts.reduce(0) { $0 + Double($1.count) * open[$1.stratum] / Double(max(1, layout.totals[$1.stratum])) }
      }
    }
    fill(&part, members, quotas)
    var assigned = [UInt8](repeating: 0, count: groups.count)
    for (group, rows) in members.enumerated() { for row in rows { assigned[row] = UInt8(part[group]) } }
    return assigned
  }

  /// Gives an empty part the smallest group of the part with the most groups.
  private static func fill(_ part: inout [Int], _ members: [[Int]], _ quotas: [Double]) {
    for empty in quotas.indices where quotas[empty] > 0 && !part.contains(empty) {
      let counts = quotas.indices.map { candidate in part.count { $0 == candidate } }
      guard let donor = counts.indices.max(by: { counts[$0] < counts[$1] }), counts[donor] > 1 else { return }
      let smallest = members.indices.filter { part[$0] == donor }.min { members[$0].count < members[$1].count }
      if let smallest { part[smallest] = empty }
    }
  }
}

/// The strata of rows as places, and their sizes.
private struct StrataLayout {
  private let place: [Int]
  let totals: [Int]

  init(_ strata: [Int32]?, rowCount: Int) {
    let members = strata.map { RowGroups($0).members } ?? [Array(0..<rowCount)]
    var place = [Int](repeating: 0, count: rowCount)
    for (stratum, rows) in members.enumerated() { for row in rows { place[row] = stratum } }
    self.place = place
    totals = members.map(\.count)
  }

  /// How many of the rows are in each stratum that they touch.
  func counts(_ rows: [Int]) -> [(stratum: Int, count: Int)] {
    var counts: [Int: Int] = [:]
    for row in rows { counts[place[row], default: 0] += 1 }
    return counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
