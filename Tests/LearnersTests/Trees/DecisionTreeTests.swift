import Descriptions
import Kernels
import Learners
import Plan
import Scoring
import Testing

@Suite struct DecisionTreeTests {
  static func fit(
    _ columns: [[Double]], _ target: LearningTarget, _ options: [String: RawValue] = [:], categories: Int? = nil
  ) throws -> FittedDecisionTree {
    let features = columns.indices.map {
      DesignFeature(
        name: "x\($0)", column: "x\($0)", kind: $0 == 0 ? categories.map { .category(count: $0) } ?? .number : .number)
    }
    return try DecisionTree(options: Options(options), seed: 0).fit(
      DesignMatrix(features: features, columns: columns, target: target), Progress())
  }

  @Test func aSmallTreeIsTheOneFoundByHand() throws {
    // 1 2 3 | 10 11 12 divides the classes at 6.5; the second column says nothing.
    let tree = try Self.fit([[1, 2, 3, 10, 11, 12], [0, 1, 0, 1, 0, 1]], .classes([0, 0, 0, 1, 1, 1], count: 2))
    #expect(tree.ensemble.nodes.count == 3)
    #expect(tree.ensemble.nodes[0].test == .atMost(6.5) && tree.ensemble.nodes[0].feature == 0)
    #expect(tree.ensemble.leafValues == [1, 0, 0, 1])
  }

  @Test func numbersAreDividedWhereTheSquaredErrorFallsMost() throws {
    let tree = try Self.fit([[1, 2, 3, 4]], .numbers([10, 11, 30, 31]), ["depth": .int(1)])
    #expect(tree.ensemble.nodes[0].test == .atMost(2.5))
    #expect(tree.ensemble.leafValues == [10.5, 30.5])
  }

  @Test func exclusiveOrIsLearnedThoughNoFirstSplitHelps() throws {
    let tree = try Self.fit([[0, 0, 1, 1], [0, 1, 0, 1]], .classes([0, 1, 1, 0], count: 2))
    let scorer = try ReferenceScorer(tree, features: 2)
    #expect(try scorer.score([0, 1]) == [0, 1] && scorer.score([1, 1]) == [1, 0])
  }

  @Test func missingValuesGoWhereTheyBelong() throws {
    let values: [Double] = [1, 2, 3, 4, .nan, .nan]
    let high = try Self.fit([values], .classes([0, 0, 1, 1, 0, 0], count: 2), ["depth": .int(1)])
    #expect(high.ensemble.nodes[0].missingLeft && high.ensemble.nodes[0].test == .atMost(2.5))
    let alone = try Self.fit([values], .classes([0, 0, 0, 0, 1, 1], count: 2))
    let scorer = try ReferenceScorer(alone, features: 1)
    #expect(try scorer.score([.nan]) == [0, 1] && scorer.score([9]) == [1, 0])
  }

  @Test func categoriesAreDividedAsASet() throws {
    let codes: [Double] = [0, 1, 2, 3, 0, 1, 2, 3]
    let tree = try Self.fit([codes], .numbers([5, 1, 5, 1, 5, 1, 5, 1]), categories: 4)
    #expect(tree.ensemble.nodes[0].test == .member(set: 0) && tree.ensemble.sets == [[0b1010]])
    let scorer = try ReferenceScorer(tree, features: 1)
    #expect(try scorer.score([3]) == [1] && scorer.score([2]) == [5] && scorer.score([-1]) == [5])
  }

  @Test(arguments: [
    ("min_samples_leaf", RawValue.int(3)), ("min_samples_split", .int(7)), ("min_impurity_decrease", .float(0.6)),
  ])
  func limitsKeepALeafWhole(name: String, value: RawValue) throws {
    let tree = try Self.fit([[1, 2, 3, 4, 5, 6]], .classes([0, 1, 1, 1, 1, 1], count: 2), [name: value])
    let leaves = tree.ensemble.nodes.count { $0.test == .leaf }
    #expect(leaves == (name == "min_samples_leaf" ? 2 : 1))
  }

  @Test func entropyEqualsGiniOnAPureSplitAndDeepTreesRememberEveryRow() throws {
    var random = CounterRandom(seed: 8)
    let columns = (0..<3).map { _ in (0..<200).map { _ in random.nextNormal() } }
    let codes = (0..<200).map { _ in Int32(random.next(below: 3)) }
    for criterion in ["gini", "entropy"] {
      let tree = try Self.fit(columns, .classes(codes, count: 3), ["criterion": .word(criterion)])
      let scorer = try ReferenceScorer(tree, features: 3)
      for row in 0..<200 {
        let answer = try scorer.score(columns.map { $0[row] })
        #expect(answer[Int(codes[row])] == 1)
      }
    }
  }
}
