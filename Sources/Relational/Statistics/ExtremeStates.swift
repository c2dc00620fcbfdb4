import Kernels
import Tables

/// The least or the greatest number; where a group has none, what is less or greater than all.
final class NumberExtremes: GroupState {
  let values: GroupCells<Double>
  private let place: Int
  private let isGreatest: Bool

  init(_ place: Int, isGreatest: Bool) {
    self.place = place
    self.isGreatest = isGreatest
    values = GroupCells(isGreatest ? -.infinity : .infinity)
  }

  var byteCount: Int { values.byteCount }
  func grow(to groups: Int, _ progress: Progress) throws(Cancelled) { try values.grow(to: groups, progress) }

  func add(_ columns: [Column], _ groups: [Int32], _ progress: Progress) {
    guard case .float(let cells) = columns[place] else { return }
    let values = values.base
    if isGreatest {
      GroupLoop.each(cells, groups, progress) { group, value, isThere in
        let number = isThere == 1 ? value : -.infinity
        values[group] = number > values[group] ? number : values[group]
      }
    } else {
      GroupLoop.each(cells, groups, progress) { group, value, isThere in
        let number = isThere == 1 ? value : .infinity
        values[group] = number < values[group] ? number : values[group]
      }
    }
  }
}

/// The same of whole numbers, days, moments and truths.
final class WholeExtremes: GroupState {
  let values: GroupCells<Int64>
  private let place: Int
  private let isGreatest: Bool

  init(_ place: Int, isGreatest: Bool) {
    self.place = place
    self.isGreatest = isGreatest
    values = GroupCells(isGreatest ? .min : .max)
  }

  var byteCount: Int { values.byteCount }
  func grow(to groups: Int, _ progress: Progress) throws(Cancelled) { try values.grow(to: groups, progress) }

  func add(_ columns: [Column], _ groups: [Int32], _ progress: Progress) {
    switch columns[place] {
    case .int(let cells), .datetime(let cells): add(cells, groups, progress) { $0 }
    case .date(let cells): add(cells, groups, progress) { Int64($0) }
    case .bool(let cells): add(cells, groups, progress) { $0 ? 1 : 0 }
    case .float, .text, .vector: break
    }
  }

  @inline(__always)
  private func add<Value>(
    _ cells: Cells<Value>, _ groups: [Int32], _ progress: Progress, _ number: (Value) -> Int64
  ) {
    let values = values.base
    if isGreatest {
      GroupLoop.each(cells, groups, progress) { group, value, isThere in
        values[group] = max(values[group], isThere == 1 ? number(value) : .min)
      }
    } else {
      GroupLoop.each(cells, groups, progress) { group, value, isThere in
        values[group] = min(values[group], isThere == 1 ? number(value) : .max)
      }
    }
  }
}
