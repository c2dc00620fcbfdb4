import Descriptions
import Kernels
import Learners
import Metrics
import Plan
import Tables
import Testing

@testable import Training

/// Serial, because the number of threads belongs to the process.
@Suite(.serialized) struct RoundsTests {
  /// A random walk by day, with what it was the day before.
  static let walk: Table = {
    var random = CounterRandom(seed: 9)
    var values = [0.0]
    for _ in 1..<400 { values.append(values[values.count - 1] + random.nextNormal()) }
    let before = [0.0] + values.dropLast()
    return Table([
      ("day", .date(Cells((0..<400).map { Int32($0) }))), ("before", .float(Cells(before))),
      ("y", .float(Cells(values))),
    ])
  }()

  static func split(_ request: SplitRequest, _ table: Table = walk) throws -> Split {
    let source = MemorySource(name: "rows", table: table)
    let relation = try Relation(source: source, declared: source.declaredSchema())
      .appending(.label(LabelSpec(name: "y", positive: nil, origins: ["y"])))
    return try request.draw(relation, raw: table, seed: 1, Progress()).split
  }

  @Test func foldsGoForwardInTimeWhereTheSplitDid() throws {
    let shares = try SplitShares(train: 0.8, valid: 0, test: 0.2)
    let split = try Self.split(SplitRequest(time: "day", shares: shares))
    let rounds = try TrainingRounds(split, folds: 5)
    #expect(rounds.areOrdered && rounds.count == 4)
    for round in 0..<rounds.count {
      let learned = try rounds.data(round, Progress()).fitted.places
      let last = try #require(learned.max())
      let first = try #require(rounds.judged(round).min())
      #expect(last < first)
    }
  }

  @Test func foldsKeepGroupsWhole() throws {
    let table = Self.walk.with("g", .int(Cells((0..<400).map { Int64($0 / 10) })))
    let shares = try SplitShares(train: 0.8, valid: 0, test: 0.2)
    let rounds = try TrainingRounds(Self.split(SplitRequest(group: "g", shares: shares), table), folds: 4)
    for round in 0..<rounds.count {
      let learned = Set(try rounds.data(round, Progress()).fitted.places.map { $0 / 10 })
      #expect(learned.isDisjoint(with: rounds.judged(round).map { $0 / 10 }))
    }
  }

  @Test func whatIsHeldOutDoesNotReachAFoldsModel() throws {
    let shares = try SplitShares(train: 1, valid: 0, test: 0)
    let split = try Self.split(SplitRequest(folds: 4, shares: shares))
    let held = try TrainingRounds(split, folds: 4).judged(2)
    var changed = (0..<400).map { Self.walk["before"]?[$0].number ?? 0 }
    for row in held { changed[row] = 1e6 }
    let other = try Self.split(
      SplitRequest(folds: 4, shares: shares), Self.walk.with("before", .float(Cells(changed))))
    for learner in ["linear", "tree", "boost"] {
      let graphs = try [split, other].map { split in
        let candidate = Candidate(try #require(LearnerCatalog.named(learner)))
        let data = try TrainingRounds(split, folds: 4).data(2, Progress())
        return try Pipeline(candidate, label: try #require(split.encoding).label, seed: 1).fit(data, Progress()).graph
      }
      #expect(graphs[0] == graphs[1])
    }
  }

  @Test func threadsDoNotShowInABoard() throws {
    let table = Self.walk.with("y", .bool(Cells((0..<400).map { ($0 * 7919) % 3 == 0 })))
    let split = try Self.split(SplitRequest(shares: SplitShares(train: 0.8, valid: 0, test: 0.2)), table)
    let candidates = ["dummy", "logistic", "tree", "boost"].compactMap {
      LearnerCatalog.named($0).map { Candidate($0) }
    }
    defer { Threads.set(2) }
    let boards = try [1, 2, 3].map { threads in
      Threads.set(threads)
      let model = try Training(candidates, folds: 3, seed: 1).train(split, Progress()).model
      let scored = try #require(model.trainer).outOfFold(split, Progress())
      return (model.board, model.graph, scored.prediction)
    }
    #expect(boards.allSatisfy { $0.0 == boards[0].0 && $0.1 == boards[0].1 && $0.2 == boards[0].2 })
  }

  @Test func aBoardSaysWhichRowsItIsOfAndMoreThanItIsRankedBy() throws {
    let table = Self.walk.with("y", .bool(Cells((0..<400).map { ($0 * 7919) % 3 == 0 })))
    let folded = try Self.split(SplitRequest(shares: SplitShares(train: 0.8, valid: 0, test: 0.2)), table)
    let parted = try Self.split(SplitRequest(shares: SplitShares(train: 0.5, valid: 0.3, test: 0.2)), table)
    let candidates = [Candidate(DummyLearner.self), Candidate(DecisionTree.self)]
    for (split, folds, rows) in [(folded, 4, folded.train.count), (parted, nil, parted.valid.count)] {
      let model = try Training(candidates, metric: Accuracy.self, folds: 4, seed: 1).train(split, Progress()).model
      let figures = try #require(model.boardFigures)
      #expect(figures.folds == folds && figures.rows == rows)
      #expect(figures.metrics == ["log_loss", "auc", "f1"])
      #expect(figures.values.count == model.board.count && figures.values.allSatisfy { $0.count == 3 })
    }
  }

  @Test func whatTheSearchScoredIsWhatEvalWouldScore() throws {
    let table = Self.walk.with("y", .bool(Cells((0..<400).map { ($0 * 7919) % 3 == 0 })))
    let split = try Self.split(SplitRequest(shares: SplitShares(train: 0.8, valid: 0, test: 0.2)), table)
    let tree = Candidate(DecisionTree.self, Options(["depth": .int(3)]))
    let model = try Training([tree, Candidate(DummyLearner.self)], folds: 4, seed: 1).train(split, Progress()).model
    let best = model.algorithm == "tree" ? tree : Candidate(DummyLearner.self)
    let alone = OutOfFoldTrainer(Pipeline(best, label: model.label, seed: 1), folds: 4, scored: nil)
    let kept = try #require(model.trainer).outOfFold(split, Progress())
    let fresh = try alone.outOfFold(split, Progress())
    #expect(kept.rows == fresh.rows && kept.prediction == fresh.prediction && kept.folds == fresh.folds)
  }

  @Test func aFeatureThatIsTheLabelIsSuspiciousEvenInFewRows() throws {
    for count in [30, 400, 60_000] {
      var random = CounterRandom(seed: 2)
      let truth = (0..<count).map { $0 % 2 == 0 }
      let table = Table([
        ("leak", .float(Cells(truth.map { $0 ? 5 : 1 }))),
        ("noise", .float(Cells(truth.map { _ in random.nextNormal() }))),
        ("y", .bool(Cells(truth))),
      ])
      let split = try Self.split(SplitRequest(shares: SplitShares(train: 0.9, valid: 0, test: 0.1)), table)
      let outcome = try Training([Candidate(DummyLearner.self)], seed: 1).train(split, Progress())
      #expect(outcome.suspicions == [SuspiciousFeatures.Finding(column: "leak", share: 1)])
    }
  }
}
