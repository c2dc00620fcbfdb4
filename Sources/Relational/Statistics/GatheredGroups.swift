import Kernels
import Tables

/// The numbers of some few groups in the order of their rows, for statistics that one pass of plain numbers is not enough for.
final class GatheredGroups: @unchecked Sendable {
  /// The place of each group's numbers, -1 for the groups that are not gathered.
  private var places: [Int32]
  private var all: [[Double]]
  private var held = 0

  /// Of those groups among so many.
  init(_ groups: [Int], of count: Int) {
    places = [Int32](repeating: -1, count: count)
    for (place, group) in groups.enumerated() { places[group] = Int32(truncatingIfNeeded: place) }
    all = groups.map { _ in [] }
  }

  var byteCount: Int { places.count * 4 + held * 8 }

  func add(_ column: Column, _ groups: [Int32], _ progress: Progress) throws(Cancelled) {
    // At most all of the chunk's rows are of such a group.
    try progress.require(groups.count * 16)
    switch column {
    case .float(let cells): add(cells, groups, progress) { $0 }
    case .int(let cells): add(cells, groups, progress) { Double($0) }
    case .bool(let cells): add(cells, groups, progress) { $0 ? 1 : 0 }
    case .text, .date, .datetime, .vector: break
    }
  }

  private func add<Value>(
    _ cells: Cells<Value>, _ groups: [Int32], _ progress: Progress, _ number: (Value) -> Double
  ) {
    GroupLoop.each(cells, groups, progress) { group, value, isThere in
      guard isThere == 1, places[group] >= 0 else { return }
      all[Int(places[group])].append(number(value))
      held += 1
    }
  }

  /// nil for a group that is not gathered.
  func numbers(of group: Int) -> [Double]? { places[group] >= 0 ? all[Int(places[group])] : nil }
}
