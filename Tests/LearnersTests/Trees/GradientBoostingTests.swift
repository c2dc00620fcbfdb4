import Descriptions
import Dispatch
import Glibc
import Kernels
import Learners
import Plan
import Scoring
import Testing

extension LearnerContractTests {
  /// Serial with the contract, because the number of threads belongs to the process.
  @Suite struct GradientBoostingTests {
    static func features(_ kinds: [DesignFeature.Kind]) -> [DesignFeature] {
      kinds.enumerated().map { DesignFeature(name: "x\($0)", column: "x\($0)", kind: $1) }
    }

    static func fit(_ design: DesignMatrix, _ options: [String: RawValue]) throws -> FittedGradientBoosting {
      try GradientBoosting(options: Options(options), seed: 1).fit(design, Progress())
    }

    @Test func threadsDoNotShowWhereRowsAreManyEnoughToShare() throws {
      // More rows than packed gradients start at, and leaves large enough to be divided by several threads.
      var random = CounterRandom(seed: 2)
      let columns = (0..<3).map { _ in (0..<140_000).map { _ in random.nextNormal() } }
      let codes = (0..<140_000).map { Int32(columns[0][$0] * columns[1][$0] + random.nextNormal() > 0 ? 1 : 0) }
      let design = DesignMatrix(
        features: Self.features([.number, .number, .number]), columns: columns, target: .classes(codes, count: 2))
      defer { Threads.set(2) }
      let models = try [1, 2, 5].map { threads in
        Threads.set(threads)
        return try Self.fit(design, ["trees": .int(3)]).ensemble
      }
      #expect(models[0] == models[1] && models[0] == models[2] && models[0].trees.count == 3)
      #expect(models[0].nodes.count == 3 * 61)
    }

    /// Few rows of many columns are shared column by column; many rows row by row, and then records have several groups.
    @Test(arguments: [(rows: 400, columns: 500), (rows: 30_000, columns: 70)])
    func threadsDoNotShowWhereColumnsAreMany(rows: Int, columns: Int) throws {
      var random = CounterRandom(seed: 3)
      let values = (0..<columns).map { _ in (0..<rows).map { _ in random.nextNormal() } }
      let codes = (0..<rows).map { row -> Int32 in values[0][row] + values[1][row] * values[2][row] > 0 ? 1 : 0 }
      let design = DesignMatrix(
        features: Self.features([DesignFeature.Kind](repeating: .number, count: columns)), columns: values,
        target: .classes(codes, count: 2))
      defer { Threads.set(2) }
      let models = try [1, 2, 3, 5].map { threads in
        Threads.set(threads)
        return try Self.fit(design, ["trees": .int(3)]).ensemble
      }
      #expect(models.allSatisfy { $0 == models[0] } && models[0].nodes.count > 3 * 10)
    }

    @Test func cancellingWhileBinsAreFoundEndsTheWork() throws {
      var random = CounterRandom(seed: 12)
      let values = (0..<400_000).map { _ in random.nextNormal() }
      let design = DesignMatrix(
        features: Self.features([DesignFeature.Kind](repeating: .number, count: 400)),
        columns: [[Double]](repeating: values, count: 400), target: .numbers(values))
      let progress = Progress()
      // With one thread the queue has another for the clock.
      Threads.set(1)
      defer { Threads.set(2) }
      DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(100)) { progress.cancel() }
      let clock = ContinuousClock()
      let start = clock.now
      let error = #expect(throws: EngineError.self) {
        try GradientBoosting(options: Options([:]), seed: 1).fit(design, progress)
      }
      // The whole fit takes a minute; how soon it ends is the benchmark's to say.
      #expect(error == .cancelled && clock.now - start < .seconds(10))
    }

    @Test func aSingleSplitIsTheNewtonStepOfEachSide() throws {
      let design = DesignMatrix(
        features: Self.features([.number]), columns: [[1, 2, 3, 4]], target: .numbers([0, 0, 10, 10]))
      let model = try Self.fit(
        design,
        [
          "trees": .int(1), "min_samples_leaf": .int(1), "max_leaf_nodes": .int(2), "learning_rate": .float(0.5),
          "l2_regularization": .int(0),
        ])
      #expect(model.ensemble.base == [5] && model.ensemble.nodes[0].test == .atMost(2.5))
      #expect(zip(model.ensemble.leafValues, [-2.5, 2.5]).allSatisfy { abs($0 - $1) < 1e-8 })
    }

    @Test func depthLeavesAndRowsAreKeptTo() throws {
      let design = HostileDesign.manyRows.design(.regression, missing: false)
      let model = try Self.fit(
        design, ["trees": .int(1), "depth": .int(2), "min_samples_leaf": .int(200), "max_leaf_nodes": .int(31)])
      #expect(model.ensemble.nodes.count <= 7)
      let stump = try Self.fit(design, ["trees": .int(5), "max_leaf_nodes": .int(2)])
      #expect(stump.ensemble.nodes.count == 15)
    }

    @Test func categoriesAreDividedAsASetAndMissingIsOneOfThem() throws {
      let codes = (0..<400).map { $0 % 5 == 4 ? Double.nan : Double($0 % 5) }
      let numbers = (0..<400).map { [1.0, 9, 1, 9, 9][$0 % 5] }
      let design = DesignMatrix(
        features: Self.features([.category(count: 4)]), columns: [codes], target: .numbers(numbers))
      let model = try Self.fit(
        design,
        [
          "trees": .int(1), "learning_rate": .int(1), "max_leaf_nodes": .int(2), "l2_regularization": .int(0),
        ])
      let scorer = try ReferenceScorer(model, features: 1)
      for (value, expected) in [(0.0, 1.0), (1, 9), (2, 1), (3, 9), (.nan, 9)] {
        #expect(try abs(scorer.score([value])[0] - expected) < 1e-6)
      }
    }

    @Test func missingValuesAreToldFromAllOthers() throws {
      let values = (0..<200).map { $0 % 4 == 0 ? Double.nan : Double($0) }
      let codes = (0..<200).map { Int32($0 % 4 == 0 ? 1 : 0) }
      let design = DesignMatrix(
        features: Self.features([.number]), columns: [values], target: .classes(codes, count: 2))
      let scorer = try ReferenceScorer(try Self.fit(design, [:]), features: 1)
      #expect(try scorer.score([.nan])[1] > 0.99 && scorer.score([1e9])[1] < 0.01)
    }

    @Test func cancellingWhileTreesGrowEndsTheWork() throws {
      let design = HostileDesign.manyRows.design(.multiclass, missing: false)
      let progress = Progress()
      DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(200)) { progress.cancel() }
      let error = #expect(throws: EngineError.self) {
        try GradientBoosting(options: Options(["trees": .int(100_000)]), seed: 1).fit(design, progress)
      }
      #expect(error == .cancelled)
    }
  }
}
