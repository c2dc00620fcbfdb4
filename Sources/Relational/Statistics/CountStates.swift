import Kernels
import Tables

/// How many rows each group has.
final class RowCounts: GroupState {
  let counts = GroupCells<Int>(0)

  var byteCount: Int { counts.byteCount }
  func grow(to groups: Int, _ progress: Progress) throws(Cancelled) { try counts.grow(to: groups, progress) }

  func add(_ columns: [Column], _ groups: [Int32], _ progress: Progress) {
    let counts = counts.base
    GroupLoop.each(validity: nil, groups, progress) { group, _ in counts[group] &+= 1 }
  }
}

/// How many cells of a column hold a value: what is missing is seldom much, and is taken off the rows.
final class ValidCounts: GroupState {
  private let rows: RowCounts
  private let missing = GroupCells<Int>(0)
  private let place: Int

  init(_ place: Int, of rows: RowCounts) {
    self.place = place
    self.rows = rows
  }

  var byteCount: Int { missing.byteCount }
  func grow(to groups: Int, _ progress: Progress) throws(Cancelled) { try missing.grow(to: groups, progress) }

  func add(_ columns: [Column], _ groups: [Int32], _ progress: Progress) {
    guard let validity = columns[place].validity else { return }
    let missing = missing.base
    groups.withUnsafeBufferPointer { groups in
      validity.eachClear(RowList(0..<groups.count), 0..<groups.count) { missing[Int(groups[$0])] &+= 1 }
    }
  }

  subscript(_ group: Int) -> Int { rows.counts[group] &- missing[group] }

  func missingCount(_ group: Int) -> Int { missing[group] }
}

/// How many cells of a column of truths are true.
final class TrueCounts: GroupState {
  let counts = GroupCells<Int>(0)
  private let place: Int

  init(_ place: Int) { self.place = place }

  var byteCount: Int { counts.byteCount }
  func grow(to groups: Int, _ progress: Progress) throws(Cancelled) { try counts.grow(to: groups, progress) }

  func add(_ columns: [Column], _ groups: [Int32], _ progress: Progress) {
    guard case .bool(let cells) = columns[place] else { return }
    let counts = counts.base
    GroupLoop.each(cells, groups, progress) { group, isTrue, isThere in
      counts[group] &+= Int(truncatingIfNeeded: isThere) & (isTrue ? 1 : 0)
    }
  }
}
