import CVector

/// The tests of a plan by what they compare: a byte column for at most 255 different thresholds or one-hot places.
struct QuickTreeColumns {
  /// More bytes of tables, or more columns, than this are not worth it.
  private static let mostTableBytes = 1 << 24
  private static let mostColumns = 1 << 12
  /// What a byte can tell apart beside one value more.
  private static let mostNumbers = 255

  private(set) var columns: [QuickTrees.Column] = []
  private(set) var thresholds: [Double] = []
  private(set) var tables: [UInt8] = []
  /// Of each test the column and what its byte is compared with, from 0.
  private var column: [Int]
  private var number: [Int]

  init?(_ plan: QuickTreePlan, _ ensemble: TreeEnsemble) {
    column = [Int](repeating: 0, count: plan.tests.count)
    number = column
    var groups: [QuickTreePlan.Key: [Int]] = [:]
    var order: [QuickTreePlan.Key] = []
    for (place, test) in plan.tests.enumerated() {
      if groups[test.key] == nil { order.append(test.key) }
      groups[test.key, default: []].append(place)
    }
    for key in order {
      guard add(key, groups[key] ?? [], plan, ensemble) else { return nil }
    }
  }

  /// Adds the columns of one key's tests; false where they are too large.
  private mutating func add(
    _ key: QuickTreePlan.Key, _ tests: [Int], _ plan: QuickTreePlan, _ ensemble: TreeEnsemble
  ) -> Bool {
    var values: [Double] = []
    for test in tests.sorted(by: { plan.tests[$0].value < plan.tests[$1].value }) {
      if values.last != plan.tests[test].value { values.append(plan.tests[test].value) }
      column[test] = columns.count + (values.count - 1) / Self.mostNumbers
      number[test] = (values.count - 1) % Self.mostNumbers
    }
    for start in stride(from: 0, to: values.count, by: Self.mostNumbers) {
      guard columns.count < Self.mostColumns else { return false }
      let part = values[start..<min(start + Self.mostNumbers, values.count)]
      switch key {
      case .rank(let offset, let isMissingHigh): addRanks(part, offset, isMissingHigh)
      case .equal(let run):
        guard addPlaces(part, run, plan.layout.coded[run].width) else { return false }
      case .member(let offset, let set, let isMissingRight):
        guard addSet(ensemble.sets[set], offset, isMissingRight) else { return false }
      }
    }
    return true
  }

  private mutating func addRanks(_ values: ArraySlice<Double>, _ offset: Int, _ isMissingHigh: Bool) {
    var size = 2
    while size <= values.count { size *= 2 }
    columns.append(
      .init(
        kind: .rank, place: offset, start: thresholds.count, count: size - 1,
        missing: isMissingHigh ? values.count : 0))
    thresholds += values
    thresholds += [Double](repeating: .infinity, count: size - 1 - values.count)
  }

  private mutating func addPlaces(_ places: ArraySlice<Double>, _ run: Int, _ width: Int) -> Bool {
    guard tables.count + width <= Self.mostTableBytes else { return false }
    columns.append(.init(kind: .equal, place: run, start: tables.count, count: width, missing: 0))
    var numbers = [UInt8](repeating: 0, count: width)
    for (number, place) in places.enumerated() { numbers[Int(place)] = UInt8(number + 1) }
    tables += numbers
    return true
  }

  /// A byte a category: 1 for those that are not in the set.
  private mutating func addSet(_ set: [UInt64], _ offset: Int, _ isMissingRight: Bool) -> Bool {
    guard tables.count + 64 * set.count <= Self.mostTableBytes else { return false }
    columns.append(
      .init(
        kind: .member, place: offset, start: tables.count, count: 64 * set.count, missing: isMissingRight ? 1 : 0))
    for word in set { tables += (0..<64).map { UInt8(truncatingIfNeeded: ~(word >> UInt64($0)) & 1) } }
    return true
  }

  // MARK: For blocks

  /// The entries of each byte of each tree's masks.
  func planes(_ plan: QuickTreePlan) -> (planes: [mlp_mask_plane], entries: [mlp_mask_entry]) {
    var planes: [mlp_mask_plane] = []
    var entries: [mlp_mask_entry] = []
    var next = 0
    for (place, tree) in plan.trees.enumerated() {
      let first = next
      while next < plan.tests.count, plan.tests[next].tree == place { next += 1 }
      for plane in 0..<Int(tree.planes) {
        let touching = (first..<next).filter { plan.tests[$0].clear >> UInt64(8 * plane) & 0xFF != 0 }
        var starts: [Int32] = []
        for kind in Comparison.allCases {
          starts.append(Int32(entries.count))
          entries += touching.filter { comparison($0, plan) == kind }.map { entry($0, plane, plan) }
        }
        planes.append(
          .init(start: starts[0], below_start: starts[1], equal_start: starts[2], end: Int32(entries.count)))
      }
    }
    return (planes, entries)
  }

  /// In the order in which a plane has them.
  private enum Comparison: CaseIterable { case above, below, equal }

  private func comparison(_ test: Int, _ plan: QuickTreePlan) -> Comparison {
    if columns[column[test]].kind == .equal { return .equal }
    return plan.tests[test].isLess ? .below : .above
  }

  private func entry(_ test: Int, _ plane: Int, _ plan: QuickTreePlan) -> mlp_mask_entry {
    // Of an `equal` column 0 is for no place; of the others a row is below a threshold where its rank is at most the number.
    let byte =
      switch comparison(test, plan) {
      case .above: number[test] - 128
      case .below: number[test] + 1 - 128
      case .equal: number[test] + 1
      }
    return .init(
      column: Int32(column[test] * QuickTrees.tile), test: Int8(truncatingIfNeeded: byte),
      clear: UInt8(truncatingIfNeeded: plan.tests[test].clear >> UInt64(8 * plane)))
  }

  // MARK: For one row

  /// The tests' masks column by column in the order of their numbers; of each column first those that pass above their number or at
  /// it, then those that pass below.
  func rows(_ plan: QuickTreePlan) -> QuickTreeMasks {
    var masks = QuickTreeMasks()
    var tests = [[Int]](repeating: [], count: columns.count)
    for test in plan.tests.indices { tests[column[test]].append(test) }
    for tests in tests {
      let numbers = (tests.map { number[$0] }.max() ?? 0) + 1
      let sorted = tests.sorted { (number[$0], $0) < (number[$1], $1) }
      masks.append(sorted.filter { !plan.tests[$0].isLess }.map { mask($0, plan) }, numbers: numbers)
      masks.append(sorted.filter { plan.tests[$0].isLess }.map { mask($0, plan) }, numbers: numbers)
    }
    return masks
  }

  private func mask(_ test: Int, _ plan: QuickTreePlan) -> (number: Int, keep: UInt64, tree: Int) {
    (number[test], ~plan.tests[test].clear, plan.tests[test].tree)
  }
}
