import Descriptions
import Kernels
import Learners
import Plan
import Scoring
import Testing

/// Trees against every split there is.
@Suite struct DecisionExactnessTests {
  /// Ties, missing cells, categories known and unknown, and a one-hot column.
  static func design(_ seed: UInt64, rows: Int, classes: Int) -> DesignMatrix {
    var random = CounterRandom(seed: seed)
    func column(_ value: (inout CounterRandom) -> Double) -> [Double] { (0..<rows).map { _ in value(&random) } }
    let numbers = [
      column { $0.nextNormal() }, column { Double($0.next(below: 5)) }, column { _ in 7 },
      column { $0.next(below: 4) == 0 ? .nan : ($0.nextNormal() * 3).rounded() },
      column { $0.next(below: 2) == 0 ? -0.0 : 0 }, column { _ in .nan },
    ]
    let codes = (0..<rows).map { _ in Int32(random.next(below: 9)) - 2 }
    let places = (0..<rows).map { _ in Int32(random.next(below: 6)) - 1 }
    let signal = (0..<rows).map { row in
      numbers[0][row] + (codes[row] == 3 ? 1 : 0) + (places[row] == 2 ? 2 : 0) + (numbers[3][row].isNaN ? 1 : 0)
        + random.nextNormal()
    }
    let columns =
      [DesignColumn("one", .oneHot(count: 5), codes: places)]
      + numbers.enumerated().map { DesignColumn("x\($0)", numbers: $1) }
      + [DesignColumn("group", .category(count: 7), codes: codes)]
    let features = columns.flatMap { column in
      (0..<column.width).map { place in
        DesignFeature(name: "\(column.name)\(place)", column: column.name, kind: column.featureKind)
      }
    }
    let target: LearningTarget =
      classes == 0
      ? .numbers(signal)
      : .classes(signal.map { Int32(max(0, min(Double(classes - 1), $0.rounded(.down)))) }, count: classes)
    return DesignMatrix(features: features, columns: columns, target: target)
  }

  static func fit(_ design: DesignMatrix, _ options: [String: RawValue], _ progress: Progress = Progress()) throws
    -> TreeEnsemble
  {
    try DecisionTree(options: Options(options), seed: 0).fit(design, progress).ensemble
  }

  @Test(
    arguments: [(2, "gini"), (2, "entropy"), (4, "gini"), (4, "entropy"), (0, "squared_error")],
    1...6 as ClosedRange<UInt64>)
  func everySplitIsTheBestOfAll(of one: (classes: Int, criterion: String), seed: UInt64) throws {
    let design = Self.design(seed, rows: 60 + 10 * Int(seed), classes: one.classes)
    for (fewest, depth) in [(1, 4), (5, 3), (20, 5)] {
      let tree = try Self.fit(
        design,
        [
          "criterion": .word(one.criterion), "min_samples_leaf": .int(Int64(fewest)), "depth": .int(Int64(depth)),
        ])
      let reference = try TreeReference(design, tree, criterion: one.criterion, fewestRows: fewest)
      reference.check(depth: depth, isFirst: one.criterion == "gini")
    }
  }

  @Test func ofEquallyGoodSplitsTheFirstFeaturesLowestIsTaken() throws {
    // Both columns divide the classes alike, upwards and downwards; each has two cuts that are equally good.
    let up: [Double] = [1, 2, 3, 4, 5, 6]
    let design = DesignMatrix(
      features: (0..<2).map { DesignFeature(name: "x\($0)", column: "x\($0)", kind: .number) },
      columns: [up.map { -$0 }, up], target: .classes([0, 1, 1, 1, 1, 0], count: 2))
    for criterion in ["gini", "entropy"] {
      let root = try Self.fit(design, ["criterion": .word(criterion), "depth": .int(1)]).nodes[0]
      #expect(root.feature == 0 && root.test == .atMost(-5.5))
    }
  }

  /// Large enough that the top of the tree is grown column by column and the rest subtree by subtree.
  @Test(arguments: [2, 5, 0])
  func anyNumberOfThreadsGrowsTheSameTree(classes: Int) throws {
    let design = Self.design(3, rows: 30_000, classes: classes)
    let trees = try [1, 2, 3, 5].map { threads in
      Threads.set(threads)
      defer { Threads.set(2) }
      return try Self.fit(design, [:])
    }
    #expect(trees[0].nodes.count > 1000)
    #expect(trees.allSatisfy { $0 == trees[0] })
  }
}

extension DesignColumn {
  var featureKind: DesignFeature.Kind {
    if case .category(let count) = kind { .category(count: count) } else { .number }
  }
}
