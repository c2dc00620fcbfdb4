import Kernels
import Learners
import Tables
import Testing

@testable import Training

@Suite struct ClassScatterTests {
  /// A number a row that tells the class of all rows but a share of them, or says nothing of it where `noise` is 1.
  static func number(_ code: Int32, _ noise: Double, _ random: inout CounterRandom) -> Double {
    random.nextUniform() < noise ? random.nextNormal() : Double(code) * 3 + random.nextNormal() / 100
  }

  static func shapes(_ numbers: [Double], _ random: inout CounterRandom) -> [[Double]] {
    [
      numbers, numbers.map { ($0 * 8).rounded() / 8 }, numbers.map { $0 < 0 ? -0.0 : $0 < 1 ? 0.0 : $0 },
      numbers.map { _ in random.nextUniform() < 0.3 ? .nan : random.nextNormal() },
      numbers.map { $0 * .leastNonzeroMagnitude * 1e3 }, numbers.map { $0 * 1e307 },
      numbers.map { abs($0) < 0.5 ? .nan : $0 }, numbers.sorted(),
    ]
  }

  /// What it rules out, the count of all rows by groups would have found to be below the threshold too.
  @Test(arguments: 0..<60)
  func whatItRulesOutIsNotSuspicious(seed: Int) throws {
    var random = CounterRandom(seed: UInt64(seed))
    let (rows, classes) = (1000 + random.next(below: 3000), 2 + random.next(below: 4))
    let rare = random.nextUniform()
    let codes = (0..<rows).map { _ in
      random.nextUniform() < rare * 0.9 ? 0 : Int32(truncatingIfNeeded: random.next(below: classes))
    }
    let threshold = SuspiciousFeatures.threshold
    guard let scatter = ClassScatter(codes, classes: classes, groups: FeatureGroups.most(rows), threshold: threshold)
    else { return }
    for noise in [0, 0.01, 0.02, 0.03, 0.05, 0.1, 0.3, 1] {
      let numbers = codes.map { Self.number($0, noise, &random) }
      for numbers in Self.shapes(numbers, &random) {
        let column = DesignColumn("x", numbers: numbers)
        guard scatter.rulesOut(column), let groups = FeatureGroups(column) else { continue }
        #expect(SuspiciousFeatures.Label.purity(groups, codes, classes) == nil)
      }
    }
  }

  @Test func itRulesOutANumberThatSaysNothingByAFewRows() throws {
    var random = CounterRandom(seed: 1)
    let codes = (0..<1600).map { _ in Int32(truncatingIfNeeded: random.next(below: 2)) }
    let scatter = try #require(
      ClassScatter(codes, classes: 2, groups: FeatureGroups.most(1600), threshold: SuspiciousFeatures.threshold))
    #expect(scatter.rowCount < 300)
    for _ in 0..<50 {
      let numbers = codes.map { Self.number($0, 1, &random) }
      #expect(scatter.rulesOut(DesignColumn("x", numbers: numbers)))
      #expect(!scatter.rulesOut(DesignColumn("x", numbers: codes.map { Self.number($0, 0.01, &random) })))
    }
  }

  @Test func classesThatAreAllButOneHaveNone() {
    let codes = (0..<1600).map { Int32($0 % 100 == 0 ? 1 : 0) }
    #expect(ClassScatter(codes, classes: 2, groups: 32, threshold: SuspiciousFeatures.threshold) == nil)
  }
}
