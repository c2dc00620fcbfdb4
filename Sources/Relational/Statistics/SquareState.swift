import Expressions
import Kernels
import Tables

/// The sum of squared distances from the mean, in a second pass over the rows.
final class SquareSums: GroupState, @unchecked Sendable {
  private enum Phase {
    /// The means come of the first pass, and whether numbers differ.
    case waiting
    case adding
    /// Groups of which the squares are past the range of numbers.
    case gathering(GatheredGroups)
  }

  private let place: Int
  private let sums: NumberSums
  private let counts: ValidCounts
  /// While waiting the first number, and from then on what distances are from: of numbers that are all equal exactly that one, which the
  /// share of a rounded sum need not be.
  private let means = GroupCells<Double>(.nan)
  private let squares = GroupCells<SIMD2<Double>>(.zero)
  /// Whether numbers differ.
  private let spreads = GroupCells<Bool>(false)
  private var phase = Phase.waiting

  init(_ place: Int, _ sums: NumberSums, _ counts: ValidCounts) {
    self.place = place
    self.sums = sums
    self.counts = counts
  }

  var byteCount: Int {
    let gathered = if case .gathering(let groups) = phase { groups.byteCount } else { 0 }
    return means.byteCount + squares.byteCount + spreads.byteCount + gathered
  }

  func grow(to groups: Int, _ progress: Progress) throws(Cancelled) {
    try means.grow(to: groups, progress)
    try squares.grow(to: groups, progress)
    try spreads.grow(to: groups, progress)
  }

  func add(_ columns: [Column], _ groups: [Int32], _ progress: Progress) throws(Cancelled) {
    switch phase {
    case .gathering(let gathered): return try gathered.add(columns[place], groups, progress)
    case .waiting, .adding: break
    }
    switch columns[place] {
    case .float(let cells): add(cells, groups, progress) { $0 }
    case .int(let cells): add(cells, groups, progress) { Double($0) }
    case .bool(let cells): add(cells, groups, progress) { $0 ? 1 : 0 }
    case .text, .date, .datetime, .vector: break
    }
  }

  @inline(__always)
  private func add<Value>(
    _ cells: Cells<Value>, _ groups: [Int32], _ progress: Progress, _ number: (Value) -> Double
  ) {
    if case .waiting = phase {
      compare(cells, groups, progress, number)
    } else {
      square(cells, groups, progress, number)
    }
  }

  @inline(__always)
  private func compare<Value>(
    _ cells: Cells<Value>, _ groups: [Int32], _ progress: Progress, _ number: (Value) -> Double
  ) {
    let (firsts, spreads) = (means.base, spreads.base)
    GroupLoop.each(cells, groups, progress) { group, value, isThere in
      let value = isThere == 1 ? number(value) : firsts[group]
      let first = firsts[group].isNaN ? value : firsts[group]
      firsts[group] = first
      spreads[group] = spreads[group] || value < first || value > first
    }
  }

  @inline(__always)
  private func square<Value>(
    _ cells: Cells<Value>, _ groups: [Int32], _ progress: Progress, _ number: (Value) -> Double
  ) {
    let (means, squares) = (means.base, squares.base)
    GroupLoop.each(cells, groups, progress) { group, value, isThere in
      let distance = isThere == 1 ? number(value) - means[group] : 0
      squares[group] = Compensated.adding(distance * distance, to: squares[group])
    }
  }

  func endPass() -> Bool {
    switch phase {
    case .waiting:
      for group in 0..<means.count where spreads[group] {
        // A group without a plain sum is gathered, whatever stands here.
        means.base[group] = (sums.plainTotal(group) ?? 0) / Double(counts[group])
      }
      phase = .adding
      return true
    case .adding:
      let odd = (0..<means.count).filter { counts[$0] > 1 && isOdd($0) }
      if odd.isEmpty { return false }
      phase = .gathering(GatheredGroups(odd, of: means.count))
      return true
    case .gathering: return false
    }
  }

  private func isOdd(_ group: Int) -> Bool {
    sums.plainTotal(group) == nil || !variance(group).isNormal && spreads[group]
  }

  private func variance(_ group: Int) -> Double {
    Compensated.total(squares[group]) / Double(counts[group] - 1)
  }

  /// The sample variance, or its root, of a group of two numbers at least; nil where it is no finite number.
  func statistic(_ aggregate: Aggregate, _ group: Int) -> Double? {
    if case .gathering(let gathered) = phase, let numbers = gathered.numbers(of: group) {
      return aggregate.number(of: numbers)
    }
    return aggregate == .sd ? variance(group).squareRoot() : variance(group)
  }
}
