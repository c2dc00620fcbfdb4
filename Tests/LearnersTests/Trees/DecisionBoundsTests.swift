import Descriptions
import Foundation
import Kernels
import Plan
import Scoring
import Synchronization
import Testing

@testable import Learners

/// Trees of very many categories, classes and rows, and what they refuse.
@Suite struct DecisionBoundsTests {
  static func error(
    _ design: DesignMatrix, _ options: [String: RawValue], _ progress: Kernels.Progress = Kernels.Progress()
  )
    -> EngineError?
  {
    do {
      _ = try DecisionExactnessTests.fit(design, options, progress)
      return nil
    } catch { return error as? EngineError }
  }

  /// As zeros and ones such a column would be of 12 GB.
  @Test(arguments: [true, false])
  func aColumnOfThirtyThousandCategoriesStaysCodes(isOneHot: Bool) throws {
    let (rows, count) = (50_000, 30_000)
    let codes = (0..<rows).map { Int32($0 % 3 == 0 ? 12_345 : $0 % count) }
    let column = DesignColumn("g", isOneHot ? .oneHot(count: count) : .category(count: count), codes: codes)
    let features = (0..<column.width).map { DesignFeature(name: "g\($0)", column: "g", kind: column.featureKind) }
    let target = LearningTarget.numbers(codes.map { $0 == 12_345 ? 5 : $0 == 7 ? 4 : 1 })
    let tree = try DecisionExactnessTests.fit(
      DesignMatrix(features: features, columns: [column], target: target), ["depth": .int(2)])
    #expect(tree.features == column.width && tree.nodes.count { $0.test == .leaf } == 3)
    #expect(Set(tree.leafValues.map { ($0 * 1e9).rounded() / 1e9 }) == [1, 4, 5])
    if isOneHot {
      #expect(tree.nodes[0].test == .atMost(0.5) && tree.nodes[0].feature == 12_345)
      #expect(tree.nodes[1].test == .atMost(0.5) && tree.nodes[1].feature == 7)
    }
  }

  /// A leaf holds a value for each class; 30,000 classes leave room for two thousand leaves.
  @Test func leavesWithMoreValuesThanMayBeAreRefused() throws {
    let (rows, count) = (6000, 30_000)
    let design = DesignMatrix(
      features: [DesignFeature(name: "x", column: "x", kind: .number)],
      columns: [(0..<rows).map(Double.init)],
      target: .classes((0..<rows).map { Int32(($0 * 7919) % count) }, count: count))
    let error = Self.error(design, [:])
    guard error?.code == .tooLarge, case .fitting(.tooManyLeaves(_, _, _, _, let advice))? = error?.problem else {
      Issue.record("not too many leaves: \(String(describing: error))")
      return
    }
    #expect(advice == [.set("depth", to: "11"), .set("min_samples_leaf", to: "3"), .fewerClasses])
    let tree = try DecisionExactnessTests.fit(design, ["depth": .int(3)])
    // Of rows that all differ one is as good to part as another.
    #expect(tree.leafValues.count == 4 * count)
    for case .set(let option, let text) in advice {
      let value = try #require(Int64(text))
      #expect(Self.error(design, [option: .int(value)]) == nil)
    }
  }

  /// Each split parts two rows from all others, so that nodes together hold the square of the rows.
  @Test func growthThatGoesOverTheRowsTooOftenIsRefused() throws {
    let (rows, count) = (128, 64)
    let codes = (0..<rows).map { Int32($0 % count) }
    let values = codes.map { Double(sign: .plus, exponent: Int($0), significand: 1) }
    let design = DesignMatrix(
      features: (0..<count).map { DesignFeature(name: "g\($0)", column: "g", kind: .number) },
      columns: [DesignColumn("g", .oneHot(count: count), codes: codes)], target: .numbers(values))
    func leaves(_ passes: PassBudget) throws(EngineError) -> Int {
      let progress = Kernels.Progress()
      let orders = try ColumnOrders(design, RecordLayout(rows: rows, classes: 0), classes: [], progress)
      let limits = GrowthLimits(depth: nil, fewestToSplit: 2, fewestRows: 1, leastDecrease: 0)
      let grower = DecisionGrower<SquaredError>(design, orders, .numbers(values), limits, progress, passes: passes)
      let grown = try grower.grow()
      return grown.top.leaves + grown.below.reduce(0) { $0 + $1.leaves }
    }
    // The mean row is behind half of 64 splits.
    #expect(try leaves(PassBudget(rows: rows, columns: 1)) == count)
    #expect(try leaves(PassBudget(rows: rows, columns: 1, freeCells: 0, passes: 33)) == count)
    for free in [0, 1000] {
      let error = #expect(throws: EngineError.self) {
        try leaves(PassBudget(rows: rows, columns: 1, freeCells: free, passes: 32))
      }
      guard case .fitting(.tooManyCells(_, "tree", let advice))? = error?.problem else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(error?.code == .tooLarge && advice.first == .set("depth", to: "64"))
    }
  }

  @Test func aCriterionOfAnotherTaskIsRefused() throws {
    let features = [DesignFeature(name: "x", column: "x", kind: .number)]
    let numbers = DesignMatrix(features: features, columns: [[1, 2, 3]], target: .numbers([1, 2, 4]))
    let classes = DesignMatrix(features: features, columns: [[1, 2, 3]], target: .classes([0, 1, 1], count: 2))
    for criterion in ["gini", "entropy"] {
      let error = Self.error(numbers, ["criterion": .word(criterion)])
      #expect(
        error?.problem
          == .option(
            .wrongLabelKind("criterion", value: criterion, suits: .classes, instead: ["squared_error"])))
      #expect(Self.error(classes, ["criterion": .word(criterion)]) == nil)
    }
    let error = Self.error(classes, ["criterion": .word("squared_error")])
    #expect(
      error?.problem
        == .option(
          .wrongLabelKind("criterion", value: "squared_error", suits: .numbers, instead: ["gini", "entropy"])))
    #expect(Self.error(numbers, ["criterion": .word("squared_error")]) == nil)
    #expect(DecisionTree.criterion.fallbackRaw == nil)
  }

  /// Cancelled while columns are sorted, while the top is grown, and while subtrees are: sooner where the tree was there before.
  @Test(arguments: [1, 20, 60, 150])
  func cancelledGrowthEndsSoon(milliseconds: Int) throws {
    let design = DecisionExactnessTests.design(1, rows: 150_000, classes: 2)
    var delay = Double(milliseconds) / 1000
    while true {
      let progress = Kernels.Progress()
      let cancelled = Mutex<ContinuousClock.Instant?>(nil)
      // From a thread of its own: the tests that run beside this one may hold all others.
      let thread = Thread { [delay] in
        Thread.sleep(forTimeInterval: delay)
        cancelled.withLock { $0 = ContinuousClock.now }
        progress.cancel()
      }
      thread.start()
      let error = Self.error(design, [:], progress)
      let end = ContinuousClock.now
      guard error != nil else {
        delay /= 2
        continue
      }
      #expect(error == .cancelled)
      let start = try #require(cancelled.withLock { $0 })
      #expect(end < start + .seconds(1))
      return
    }
  }
}
