import Kernels
import Tables

/// The first or the last cell of each group that holds a value.
final class EndCells: GroupState, @unchecked Sendable {
  private let place: Int
  private let isLast: Bool
  /// Where a group's cell is among those that are kept, -1 where there is none; within a chunk −2 less its row there.
  private let places = GroupCells<Int>(-1)
  private var kept = ColumnBuilder()
  private var keptCount = 0
  private var type: ColumnType?

  init(_ place: Int, isLast: Bool) {
    self.place = place
    self.isLast = isLast
  }

  var byteCount: Int { places.byteCount + keptCount * 24 }
  func grow(to groups: Int, _ progress: Progress) throws(Cancelled) { try places.grow(to: groups, progress) }

  func add(_ columns: [Column], _ groups: [Int32], _ progress: Progress) {
    let column = columns[place]
    type = column.type
    let places = places.base
    var touched: [Int32] = []
    var row = -1
    GroupLoop.each(validity: column.validity, groups, progress) { group, isThere in
      row &+= 1
      guard isThere == 1, isLast || places[group] == -1 else { return }
      if places[group] >= -1 { touched.append(Int32(truncatingIfNeeded: group)) }
      places[group] = -2 &- row
    }
    keep(touched.map { Int32(truncatingIfNeeded: -2 - places[Int($0)]) }, of: column)
    for (place, group) in touched.enumerated() { places[Int(group)] = keptCount + place }
    keptCount += touched.count
    if keptCount > 2 * self.places.count + 1024 { compact() }
  }

  private func keep(_ rows: [Int32], of column: Column) { kept.append(column.take(RowList(ids: rows))) }

  /// Forgets the cells that later ones have replaced.
  private func compact() {
    guard let all = kept.finish() else { return }
    let groups = (0..<places.count).filter { places[$0] >= 0 }
    kept = ColumnBuilder()
    keep(groups.map { Int32(truncatingIfNeeded: places[$0]) }, of: all)
    for (place, group) in groups.enumerated() { places.base[group] = place }
    keptCount = groups.count
  }

  /// A cell for each group.
  func column() -> Column {
    compact()
    guard let all = kept.finish() else { return .missing(type ?? .float, count: places.count) }
    kept = ColumnBuilder()
    kept.append(all)
    return all.spread((0..<places.count).map { Int32(truncatingIfNeeded: places[$0]) })
  }
}
