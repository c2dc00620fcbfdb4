import Glibc

/// Parts by time, oldest first; a cut falls between two times, where it comes nearest to the wanted size.
enum TimeSplit {
  static func assign(_ time: [Double], _ shares: SplitShares) -> [UInt8] {
    let blocks = blocks(time)
    let parts = cut(blocks.map(\.count), shares.all)
    var assigned = [UInt8](repeating: 0, count: time.count)
    for (block, part) in zip(blocks, parts) { for row in block { assigned[row] = UInt8(part) } }
    return assigned
  }

  /// Rows of one time together, from the oldest; rows without a time first.
  static func blocks(_ time: [Double]) -> [[Int]] {
    let keys = time.map { $0.isNaN ? -.infinity : $0 }
    var blocks: [[Int]] = []
    var last: Double?
    for row in keys.indices.sorted(by: { (keys[$0], $0) < (keys[$1], $1) }) {
      if last != keys[row] { blocks.append([]) }
      last = keys[row]
      blocks[blocks.count - 1].append(row)
    }
    return blocks
  }

  /// The part of each block: consecutive, sizes as near to the quotas as blocks allow, none with a quota empty while
  /// there are blocks enough.
  static func cut(_ sizes: [Int], _ quotas: [Double]) -> [Int] {
    let wanted = quotas.indices.filter { quotas[$0] > 0 }
    let total = Double(sizes.reduce(0, +))
    var parts = [Int](repeating: wanted.last ?? 0, count: sizes.count)
    var start = 0
    var before = 0.0
    var goal = 0.0
    for (rank, part) in wanted.enumerated().dropLast() {
      goal += quotas[part] * total
      let reserved = wanted.count - 1 - rank
      var end = start
      while end < sizes.count - reserved {
        let next = before + Double(sizes[end])
        if end > start, abs(next - goal) > abs(before - goal) + 1e-9 { break }
        before = next
        end += 1
      }
      for block in start..<end { parts[block] = part }
      start = end
    }
    return parts
  }
}
