import Explanation
import Glibc
import Kernels
import Learners
import Metrics
import Plan
import Scoring
import Tables
import Testing
import Training

/// What is read of a model is what it answers by.
@Suite(.serialized) struct ReadableModelTests {
  /// Numbers, a text and a gap; the label is decided by `a` and `kind`.
  static func split(_ rows: Int, number: Bool = false) throws -> Split {
    var random = CounterRandom(seed: 5, stream: 1)
    let a = (0..<rows).map { _ in random.nextUniform() * 40 }
    let b = (0..<rows).map { $0 % 9 == 0 ? nil : random.nextUniform() }
    let kind = (0..<rows).map { _ in ["x", "y", "z"][random.next(below: 3)] }
    let values = (0..<rows).map { a[$0] + (kind[$0] == "y" ? 30 : 0) }
    let labels: Column =
      number ? .float(Cells(values)) : .text(TextCells(values.map { $0 > 35 ? "yes" : "no" }))
    let raw = Table([
      ("a", .float(Cells(a))), ("b", .float(Cells(b, filler: 0))), ("kind", .text(TextCells(kind))), ("label", labels),
    ])
    let label = LabelSpec(name: "label", positive: nil, origins: ["label"])
    var schema = RelationSchema(name: "drawn", raw: raw.schema)
    schema.label = label
    return Split(
      name: "drawn", raw: raw, encoding: try LabelEncoding(labels, label),
      recipe: Recipe(steps: [.label(label)]).splitting(), schema: schema, train: RowList(0..<rows),
      valid: RowList(0..<0), sealed: SealedRows(RowList(0..<0), mark: 1), seed: 1)
  }

  static func model(_ learner: any Estimator.Type, rows: Int = 600, number: Bool = false) throws -> Model {
    try Training([Candidate(learner)], seed: 1).train(try split(rows, number: number), Progress()).model
  }

  /// The sum that the coefficients of a one-score model come to in a row without gaps.
  static func sum(_ coefficients: Coefficients, _ raw: Table, _ row: Int) -> Double {
    coefficients.terms.reduce(coefficients.intercepts[0]) { sum, term in
      switch term.feature.meaning {
      case .number: sum + term.weights[0] * (raw[term.feature.column]?[row].number ?? 0)
      case .indicator(let value):
        sum + (raw[term.feature.column]?[row] == value.map(Cell.text) ? term.weights[0] : 0)
      case .category, .part: sum
      }
    }
  }

  @Test func coefficientsInTheUnitsOfTheInputsAddUpToTheLogOdds() throws {
    let model = try Self.model(LogisticRegression.self)
    let coefficients = try #require(Coefficients(model.graph))
    #expect(coefficients.areLogOdds && coefficients.classes == [.text("yes")])
    #expect(Set(coefficients.terms.map(\.feature.name)) == ["a", "b", "kind=x", "kind=y", "kind=z"])
    let raw = try #require(model.split).raw
    let scored = try model.scorer.score(raw, Progress())
    let probabilities = try #require(scored.probabilities)
    for row in 0..<100 where raw["b"]?[row] != .missing {
      let chance = 1 / (1 + exp(-Self.sum(coefficients, raw, row)))
      #expect(abs(chance - probabilities[row, 1]) < 1e-9)
    }
  }

  @Test(arguments: [0, 1]) func coefficientsOfNumbersAddUpToTheAnswer(place: Int) throws {
    let learner: any Estimator.Type = place == 0 ? LinearRegression.self : RidgeRegression.self
    let model = try Self.model(learner, number: true)
    let coefficients = try #require(Coefficients(model.graph))
    #expect(coefficients.terms.allSatisfy { $0.standardised == nil } && coefficients.classes == [nil])
    let raw = try #require(model.split).raw
    let scored = try model.scorer.score(raw, Progress())
    for row in 0..<100 where raw["b"]?[row] != .missing {
      #expect(abs(Self.sum(coefficients, raw, row) - (scored.prediction[row].number ?? .nan)) < 1e-6)
    }
  }

  @Test func termsStandByTheirSizeOnACommonScale() throws {
    let coefficients = try #require(Coefficients(try Self.model(LogisticRegression.self).graph))
    let sizes = coefficients.terms.map(\.size)
    #expect(zip(sizes, sizes.dropFirst()).allSatisfy { $0 >= $1 })
    let a = try #require(coefficients.terms.first { $0.feature.name == "a" })
    // A standard deviation of `a` is about 11.5.
    #expect(abs((a.standardised?[0] ?? 0) / a.weights[0] - 11.5) < 1)
  }

  @Test func aTreeCountsTheRowsThatComeToEachNode() throws {
    let model = try Self.model(DecisionTree.self)
    let tree = try #require(FittedTree(model.graph))
    let counts = try #require(try tree.rowCounts(model, Progress()))
    #expect(counts[tree.root] == 600 && Coefficients(model.graph) == nil)
    // A leaf of a tree that was grown to its end is of one class, and of as many rows as its path lets through.
    for (place, node) in tree.ensemble.nodes.enumerated() where node.test != .leaf {
      #expect(counts[place] == counts[node.left] + counts[node.right] && counts[node.left] > 0)
    }
    let leaves = tree.ensemble.nodes.indices.filter { tree.ensemble.nodes[$0].test == .leaf }
    #expect(leaves.count > 1 && leaves.reduce(0) { $0 + counts[$1] } == 600)
  }

  @Test func ensemblesAndConstantsAreNotRead() throws {
    for learner in [GradientBoosting.self, DummyLearner.self] as [any Estimator.Type] {
      let graph = try Self.model(learner).graph
      #expect(Coefficients(graph) == nil && FittedTree(graph) == nil)
    }
  }

  @Test func learnersSayWhatOfThemCanBeRead() throws {
    for learner in LearnerCatalog.all {
      let model = try Self.model(learner, number: !learner.tasks.contains(.binary))
      #expect((Coefficients(model.graph) != nil) == (learner.readable == .coefficients), "\(learner)")
      #expect((FittedTree(model.graph) != nil) == (learner.readable == .tree), "\(learner)")
    }
  }
}
