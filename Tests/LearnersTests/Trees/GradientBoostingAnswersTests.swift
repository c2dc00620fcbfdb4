import Descriptions
import Glibc
import Kernels
import Plan
import Scoring
import Testing

@testable import Learners

extension LearnerContractTests.GradientBoostingTests {
  /// What trees answer where the sums behind them are small, rounded or few.
  @Suite struct Answers {
    typealias Boosting = LearnerContractTests.GradientBoostingTests

    /// The number of rows in each leaf of a design of numbers, one-hot codes included.
    static func leafRows(_ ensemble: TreeEnsemble, _ design: DesignMatrix) -> [Int] {
      var counts = [Int](repeating: 0, count: ensemble.nodes.count)
      let columns = design.densePlaces
      for row in 0..<design.rowCount {
        for tree in ensemble.trees {
          var place = tree.root
          while ensemble.nodes[place].test != .leaf {
            let node = ensemble.nodes[place]
            let value = columns[node.feature][row]
            guard case .atMost(let threshold) = node.test else { break }
            place = (value.isNaN ? node.missingLeft : value <= threshold) ? node.left : node.right
          }
          counts[place] += 1
        }
      }
      return ensemble.nodes.indices.filter { ensemble.nodes[$0].test == .leaf }.map { counts[$0] }
    }

    static func normals(_ rows: Int, _ columns: Int, seed: UInt64) -> [[Double]] {
      var random = CounterRandom(seed: seed)
      return (0..<columns).map { _ in (0..<rows).map { _ in random.nextNormal() } }
    }

    static func area(_ scores: [Double], _ codes: [Int32]) -> Double {
      let order = scores.indices.sorted { scores[$0] < scores[$1] }
      var (below, wins, ones) = (0.0, 0.0, 0.0)
      for row in order {
        if codes[row] == 1 { (wins, ones) = (wins + below, ones + 1) } else { below += 1 }
      }
      return wins / (below * ones)
    }

    @Test(arguments: [3, 5]) func aLeafOfManyClassesIsTheNewtonStepOfTheMultinomialLoss(classes: Int) throws {
      // Two values tell class 0 from the rest; Friedman (2001): (K − 1) / K · Σ residual / Σ p (1 − p).
      let rows = 200 * classes
      let codes = (0..<rows).map { Int32($0 % classes) }
      let design = DesignMatrix(
        features: Boosting.features([.number]), columns: [codes.map { $0 == 0 ? 1 : 0 }],
        target: .classes(codes, count: classes))
      let model = try Boosting.fit(
        design, ["trees": .int(1), "learning_rate": .int(1), "l2_regularization": .int(0)])
      let chance = 1 / Double(classes)
      let factor = Double(classes - 1) / Double(classes)
      let right = factor * (1 - chance) / (chance * (1 - chance))
      let tree = model.ensemble.nodes[model.ensemble.trees[0].root]
      let leaf = model.ensemble.nodes[tree.right]
      #expect(abs(model.ensemble.leafValues[leaf.feature] - right) < 1e-3)
    }

    @Test func aRareClassAmongManyRowsIsFound() throws {
      let columns = Self.normals(60_000, 4, seed: 4)
      let signal = columns[0].indices.map { row -> Double in
        2 * columns[0][row] + columns[1][row] + 0.5 * columns[2][row]
      }
      let bound = signal.sorted()[signal.count - 40]
      let codes = signal.map { Int32($0 >= bound ? 1 : 0) }
      let design = DesignMatrix(
        features: Boosting.features([.number, .number, .number, .number]), columns: columns,
        target: .classes(codes, count: 2))
      let scorer = try ReferenceScorer(try Boosting.fit(design, [:]), features: 4)
      let scores = try scorer.score(design).map { $0[1] }
      #expect(Self.area(scores, codes) > 0.99)
    }

    @Test func manyClassesOfFewRowsAreTold() throws {
      let classes = 60
      let rows = classes * 15
      let noise = Self.normals(rows, 3, seed: 5)
      let codes = (0..<rows).map { Int32($0 % classes) }
      let columns = (0..<3).map { column in
        (0..<rows).map { row -> Double in
          let place = Int(codes[row]) * (column + 3) * 7 % 61
          return Double(place) / 3 + 0.4 * noise[column][row]
        }
      }
      let design = DesignMatrix(
        features: Boosting.features([.number, .number, .number]), columns: columns,
        target: .classes(codes, count: classes))
      let scorer = try ReferenceScorer(
        try Boosting.fit(design, ["trees": .int(30), "max_leaf_nodes": .int(8)]), features: 3)
      let answers = try scorer.score(design)
      let right = codes.indices.count { answers[$0].firstIndex(of: answers[$0].max() ?? 0) == Int(codes[$0]) }
      #expect(Double(right) > 0.9 * Double(rows))
    }

    @Test(arguments: [30_000, 140_000]) func leavesHaveTheRowsThatWereAskedFor(rows: Int) throws {
      // Few ones among many: a few rows near the bound have most of a leaf's hessian.
      let columns = Self.normals(rows, 3, seed: 6)
      var random = CounterRandom(seed: 7)
      let codes = columns[0].indices.map { row -> Int32 in
        let signal = columns[0][row] + 0.5 * columns[1][row] + 0.3 * random.nextNormal()
        return signal > 2.6 ? 1 : 0
      }
      let design = DesignMatrix(
        features: Boosting.features([.number, .number, .number]), columns: columns,
        target: .classes(codes, count: 2))
      let model = try Boosting.fit(design, ["trees": .int(20), "l2_regularization": .int(0)])
      let counts = Self.leafRows(model.ensemble, design)
      #expect(counts.count > 20 * 10 && counts.min() ?? 0 >= 20)
    }

    @Test func rareCategoriesMakeASideAlone() throws {
      // Forty categories of ten rows have the label that five of four hundred have not.
      let rows = 2400
      let codes = (0..<rows).map { row -> Double in Double(row < 2000 ? row % 5 : 5 + row % 40) }
      let numbers = (0..<rows).map { row -> Double in row < 2000 ? 0 : 10 }
      let design = DesignMatrix(
        features: Boosting.features([.category(count: 45)]), columns: [codes], target: .numbers(numbers))
      let model = try Boosting.fit(
        design, ["trees": .int(1), "learning_rate": .int(1), "max_leaf_nodes": .int(2), "l2_regularization": .int(0)])
      let scorer = try ReferenceScorer(model, features: 1)
      for (code, expected) in [(0.0, 0.0), (4, 0), (5, 10), (44, 10)] {
        #expect(try abs(scorer.score([code])[0] - expected) < 1e-6)
      }
    }

    @Test func fewRowsConstantsAndMissingColumnsAreFine() throws {
      let columns = [
        (0..<30).map(Double.init), [Double](repeating: 3, count: 30), [Double](repeating: .nan, count: 30),
      ]
      let design = DesignMatrix(
        features: Boosting.features([.number, .number, .number]), columns: columns,
        target: .classes((0..<30).map { row -> Int32 in row < 15 ? 0 : 1 }, count: 2))
      let model = try Boosting.fit(design, ["min_samples_leaf": .int(5)])
      #expect(model.ensemble.nodes.allSatisfy { $0.test == .leaf || $0.feature == 0 })
      let scorer = try ReferenceScorer(model, features: 3)
      #expect(try scorer.score([2, 3, .nan])[1] < 0.1 && scorer.score([28, 3, .nan])[1] > 0.9)
    }

    @Test func oneHotCodesAreDividedAsTheirPlacesWouldBe() throws {
      let rows = 3000
      let kinds = 700
      var random = CounterRandom(seed: 8)
      let codes = (0..<rows).map { _ -> Int32 in
        Int32(random.next(below: 3) == 0 ? 650 : random.next(below: kinds))
      }
      let other = (0..<rows).map { _ in random.nextNormal() }
      let numbers = codes.indices.map { row -> Double in codes[row] == 650 ? other[row] + 5 : other[row] }
      let design = DesignMatrix(
        features: (0...kinds).map { place -> DesignFeature in
          DesignFeature(name: "x\(place)", column: place < kinds ? "g" : "x", kind: .number)
        },
        columns: [DesignColumn("g", .oneHot(count: kinds), codes: codes), DesignColumn("x", numbers: other)],
        target: .numbers(numbers))
      let options: [String: RawValue] = ["trees": .int(3), "max_leaf_nodes": .int(8)]
      let dense = DesignMatrix(features: design.features, columns: design.densePlaces, target: design.target)
      let (model, peer) = (try Boosting.fit(design, options).ensemble, try Boosting.fit(dense, options).ensemble)
      #expect(model.nodes[0].feature == 650 && model.nodes[0].test == .atMost(0.5))
      #expect(model.leafValues == peer.leafValues)
      #expect(model.nodes.map(\.feature) == peer.nodes.map(\.feature))
    }

    @Test func binsAreSharedByFitsOnOneDesignAndKeptApartByTheirNumber() throws {
      let columns = Self.normals(2000, 2, seed: 9)
      let design = DesignMatrix(
        features: Boosting.features([.number, .number]), columns: columns,
        target: .numbers(columns[0].indices.map { columns[0][$0] * columns[1][$0] }))
      let first = try Boosting.fit(design, ["max_bins": .int(16)]).ensemble
      let fine = try Boosting.fit(design, [:]).ensemble
      #expect(try Boosting.fit(design, ["max_bins": .int(16)]).ensemble == first && fine != first)
      let fresh = DesignMatrix(features: design.features, columns: columns, target: design.target)
      #expect(try Boosting.fit(fresh, [:]).ensemble == fine)
    }
  }
}
