/// The rows of a table that have the same key, group by group, each in their order.
struct RowGroups: Sendable {
  /// Group `g` is `rows[starts[g]..<starts[g + 1]]`.
  let starts: Room<Int32>
  let rows: Room<Int32>

  var count: Int { starts.count - 1 }

  @inline(__always)
  func size(of group: Int) -> Int { Int(starts.base[group &+ 1] &- starts.base[group]) }

  @inline(__always)
  func rows(of group: Int) -> UnsafeBufferPointer<Int32> {
    UnsafeBufferPointer(start: rows.base + Int(starts.base[group]), count: size(of: group))
  }

  /// Of rows that have each a group, or -1; a counting sort.
  init(_ groupOf: UnsafePointer<Int32>, rowCount: Int, groupCount: Int) {
    starts = Room(groupCount + 1, repeating: 0)
    var used = 0
    for row in 0..<rowCount where groupOf[row] >= 0 {
      starts.base[Int(groupOf[row]) &+ 1] &+= 1
      used &+= 1
    }
    for group in 0..<groupCount { starts.base[group &+ 1] &+= starts.base[group] }
    rows = Room(used)
    let next = Room<Int32>(groupCount)
    next.base.update(from: starts.base, count: groupCount)
    for row in 0..<rowCount where groupOf[row] >= 0 {
      let group = Int(groupOf[row])
      rows.base[Int(next.base[group])] = Int32(truncatingIfNeeded: row)
      next.base[group] &+= 1
    }
  }

  init(starts: Room<Int32>, rows: Room<Int32>) {
    self.starts = starts
    self.rows = rows
  }
}
