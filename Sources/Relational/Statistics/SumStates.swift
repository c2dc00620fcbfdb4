import Expressions
import Kernels
import Tables

/// The sum of whole numbers, exactly: fewer than 2⁶³ terms are never past 128 bits.
final class WholeSums: GroupState {
  private let sums = GroupCells<Int128>(0)
  private let place: Int

  init(_ place: Int) { self.place = place }

  var byteCount: Int { sums.byteCount }
  func grow(to groups: Int, _ progress: Progress) throws(Cancelled) { try sums.grow(to: groups, progress) }

  func add(_ columns: [Column], _ groups: [Int32], _ progress: Progress) {
    guard case .int(let cells) = columns[place] else { return }
    let sums = sums.base
    GroupLoop.each(cells, groups, progress) { group, value, isThere in
      sums[group] &+= Int128(isThere == 1 ? value : 0)
    }
  }

  /// nil where it is past an int.
  func total(_ group: Int) -> Int64? { Int64(exactly: sums[group]) }

  func mean(_ group: Int, count: Int) -> Double { Statistics.mean(ofTotal: sums[group], count: count) }
}

/// The sum of numbers with the rounding errors carried along, row by row: Neumaier's (1974), the error of each addition being found
/// without a branch (Knuth's two-sum), which gives the same bits.
final class NumberSums: GroupState, @unchecked Sendable {
  /// The sum, and what its roundings lost.
  private let sums = GroupCells<SIMD2<Double>>(.zero)
  private let place: Int
  /// The numbers of groups whose sum is no finite number.
  private(set) var gathered: GatheredGroups?

  init(_ place: Int) { self.place = place }

  var byteCount: Int { sums.byteCount + (gathered?.byteCount ?? 0) }
  func grow(to groups: Int, _ progress: Progress) throws(Cancelled) { try sums.grow(to: groups, progress) }

  func add(_ columns: [Column], _ groups: [Int32], _ progress: Progress) throws(Cancelled) {
    if let gathered { return try gathered.add(columns[place], groups, progress) }
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
    let sums = sums.base
    // Nothing is added for a missing cell: a sum that begins with zero is never minus zero.
    GroupLoop.each(cells, groups, progress) { group, value, isThere in
      sums[group] = Compensated.adding(isThere == 1 ? number(value) : 0, to: sums[group])
    }
  }

  func endPass() -> Bool {
    guard gathered == nil else { return false }
    let odd = (0..<sums.count).filter { !Compensated.total(sums[$0]).isFinite }
    if odd.isEmpty { return false }
    gathered = GatheredGroups(odd, of: sums.count)
    return true
  }

  /// nil where it is no finite number.
  func total(_ group: Int) -> Double? {
    // What a two-sum cannot add is added as everywhere else.
    if let numbers = gathered?.numbers(of: group) { return Aggregate.sum.number(of: numbers) }
    return Compensated.total(sums[group])
  }

  /// The mean of `count` numbers; nil where it is no finite number.
  func mean(_ group: Int, count: Int) -> Double? {
    if let numbers = gathered?.numbers(of: group) { return Aggregate.mean.number(of: numbers) }
    return Compensated.total(sums[group]) / Double(count)
  }

  /// The sum of a group whose numbers were not gathered; nil for the others.
  func plainTotal(_ group: Int) -> Double? {
    let total = Compensated.total(sums[group])
    return total.isFinite ? total : nil
  }
}

/// A sum beside what its roundings lost.
enum Compensated {
  @inline(__always)
  static func adding(_ value: Double, to sum: SIMD2<Double>) -> SIMD2<Double> {
    let before = sum[0]
    let next = before + value
    let taken = next - before
    let lost = (before - (next - taken)) + (value - taken)
    return SIMD2(next, sum[1] + lost)
  }

  @inline(__always)
  static func total(_ sum: SIMD2<Double>) -> Double { sum[0] + sum[1] }
}

extension Aggregate {
  /// The statistic of some numbers; nil where it has no finite value.
  func number(of numbers: [Double]) -> Double? { value([.float(Cells(numbers))], rowCount: numbers.count).number }
}
