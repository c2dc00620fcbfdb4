import Glibc
import Kernels
import Tables
import Testing

@testable import Synthesis

@Suite struct DistributionTests {
  private static let rows = 20_000

  private static func numbers(_ distribution: Distribution) -> [Double] {
    let column = distribution.column(0..<rows, CounterRandom(seed: 8))
    return (0..<rows).compactMap(column.number)
  }

  @Test(arguments: [
    (Distribution.normal(mean: 40, sd: 12), 40, 144), (.uniform(low: -1, high: 3), 1, 16 / 12.0),
    (.integers(low: 1, high: 6), 3.5, 35 / 12.0), (.exponential(mean: 4), 4, 16), (.poisson(mean: 3), 3, 3),
    (.poisson(mean: 250), 250, 250), (.lognormal(mean: 0, sd: 0.5), 1.1331, 0.36470),
    (.dates(from: 0, to: 9), 4.5, 99 / 12.0),
  ]) func meanAndVarianceAreThoseOfTheDistribution(_ distribution: Distribution, _ mean: Double, _ variance: Double) {
    let numbers = Self.numbers(distribution)
    let found = numbers.reduce(0, +) / Double(numbers.count)
    let spread = numbers.reduce(0) { $0 + ($1 - found) * ($1 - found) } / Double(numbers.count - 1)
    #expect(abs(found - mean) < 5 * (variance / Double(numbers.count)).squareRoot())
    #expect(abs(spread / variance - 1) < 0.08)
  }

  /// Chi-square over the counts of a Poisson distribution, on both sides of the change of method.
  @Test(arguments: [0.7, 9.5, 10.5, 60]) func countsAreThoseOfPoisson(_ mean: Double) {
    let numbers = Self.numbers(.poisson(mean: mean))
    var (chance, square, cells) = (Double(), 0.0, 0)
    var logChance = -mean
    for k in 0..<200 {
      if k > 0 { logChance += log(mean) - log(Double(k)) }
      chance = exp(logChance)
      let expected = chance * Double(numbers.count)
      guard expected > 10 else { continue }
      let observed = Double(numbers.count { $0 == Double(k) })
      square += (observed - expected) * (observed - expected) / expected
      cells += 1
    }
    #expect(square < Double(cells) + 4 * (2 * Double(cells)).squareRoot(), "\(square) over \(cells)")
  }

  @Test func aChoiceKeepsItsWeightsAndGaps() throws {
    let choice = try #require(Distribution.choice([.text("a"), .missing, .text("b")], weights: [1, 1, 2]))
    let column = choice.column(0..<8000, CounterRandom(seed: 2))
    #expect(abs(Double(column.missingCount) / 8000 - 0.25) < 0.02)
    #expect(abs(Double((0..<8000).count { column[$0] == .text("b") }) / 8000 - 0.5) < 0.02)
    #expect(Distribution.choice([.int(1), .float(2.5)])?.type == .float)
    #expect(Distribution.choice([.int(1), .text("x")])?.type == nil)
    #expect(Distribution.choice([.int(1)], weights: [0]) == nil)
    #expect(Distribution.choice([]) == nil)
  }

  @Test func cellsHangOnTheirRowsAlone() {
    let members = [
      DistributionRows.Member("n", .normal(mean: 0, sd: 1), missing: 0.2),
      DistributionRows.Member("p", .poisson(mean: 20)),
      DistributionRows.Member("m", .fake(.email)), DistributionRows.Member("s", .sequence(start: 10, step: -2)),
      DistributionRows.Member("t", .moments(from: 0, to: 10_000_000_000)),
    ]
    let rows = DistributionRows(members, seed: 4)
    let whole = rows.rows(0..<300)
    #expect(rows.rows(100..<300) == whole.take(RowList(100..<300)))
    #expect(whole["s"]?[299] == .int(10 - 2 * 299))
    #expect(abs(Double(whole["n"]?.missingCount ?? 0) / 300 - 0.2) < 0.08)
    #expect(whole.numbers("t").allSatisfy { ($0 ?? 0.5).truncatingRemainder(dividingBy: 1_000_000) == 0 })
  }

  @Test func endsOfWholeNumbersEndInNoTrap() {
    for distribution in [
      Distribution.integers(low: .min, high: .max), .integers(low: .max, high: .max),
      .sequence(start: .max, step: .max), .dates(from: .min, to: .max), .moments(from: .min, to: .max),
      .uniform(low: -1e300, high: 1e300), .poisson(mean: 1e9),
    ] {
      #expect(distribution.column(0..<50, CounterRandom(seed: 1)).count == 50)
    }
  }
}
