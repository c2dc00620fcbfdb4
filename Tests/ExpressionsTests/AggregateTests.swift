import Kernels
import Tables
import Testing

@testable import Expressions

@Suite struct AggregateTests {
  @Test(arguments: Aggregate.allCases)
  func everyAggregateHasAnExampleThatGivesWhatItSays(aggregate: Aggregate) throws {
    let description = aggregate.description
    let table = Table(description.sample.map { ($0.name, .from($0.cells, type: $0.type)) })
    let fitted = try description.example.fitted(on: table, Progress())
    #expect(fitted == .literal(description.exampleResult))
    #expect(fitted.type == description.example.type)
  }

  @Test(arguments: Aggregate.allCases)
  func statisticsOfNothingAreMissingOrTheirNeutralValue(aggregate: Aggregate) throws {
    let description = aggregate.description
    let empty = Table(description.sample.map { ($0.name, .from([.missing, .missing], type: $0.type)) })
    let neutral: [Aggregate: Cell] = [
      .count: .int(0), .countDistinct: .int(0), .countMissing: .int(2), .any: .bool(false), .all: .bool(true),
    ]
    let fitted = try description.example.fitted(on: empty, Progress())
    #expect(fitted == neutral[aggregate].map { .literal($0) } ?? .missing(description.example.type))
  }

  @Test func aStatisticInsideAStatisticIsFittedFirst() throws {
    let x = Expression.column("x", .float)
    let spread = Expression.aggregate(.mean, [.call(.abs, [.call(.subtract, [x, .aggregate(.mean, [x])])])])
    let table = Table([("x", .from([.float(1), .float(2), .float(6)], type: .float))])
    #expect(try spread.fitted(on: table, Progress()) == .literal(.float(2)))
  }

  @Test func anIntSumThatOverflowsIsMissing() {
    let column = Column.from([.int(.max), .int(1)], type: .int)
    #expect(Aggregate.sum.value([column], rowCount: 2) == .missing)
  }

  /// Only the total has to be an int.
  @Test func anIntSumMayPassTheBoundsOnItsWay() {
    let column = Column.from([.int(.max), .int(.max), .int(.min), .int(-5)], type: .int)
    #expect(Aggregate.sum.value([column], rowCount: 4) == .int(.max - 6))
  }

  /// Of large numbers that cancel a sum of doubles would leave nothing.
  @Test func aMeanOfIntsIsThatOfTheirExactSum() {
    let column = Column.from([.int(.max), .int(.min), .missing], type: .int)
    #expect(Aggregate.mean.value([column], rowCount: 3) == .float(-0.5))
    let great = Column.from([.int(.max), .int(.max)], type: .int)
    #expect(Aggregate.mean.value([great], rowCount: 2) == .float(0x1p63))
  }

  /// The share of a rounded sum is not always the value that was added up.
  @Test func equalNumbersHaveNoSpread() {
    for count in 2...60 {
      let equal = Column.float(Cells([Double](repeating: 0.37 / 3, count: count)))
      let other = Column.int(Cells((0..<count).map(Int64.init)))
      #expect(Aggregate.sd.value([equal], rowCount: count) == .float(0))
      #expect(Aggregate.correlation.value([equal, other], rowCount: count) == .missing)
    }
  }

  /// As `+` does: each row that needs the statistic is counted.
  @Test(arguments: [
    (Aggregate.sum, ColumnType.int, [Cell.int(.max), .int(1), .missing], 3),
    (.sum, .float, [.float(1e308), .float(1e308)], 2), (.var, .float, [.float(1e200), .float(-1e200)], 2),
    (.sum, .int, [.missing, .missing], 0), (.sum, .int, [.int(.max), .int(-1)], 0), (.var, .float, [.float(1e200)], 0),
  ])
  func aStatisticPastItsTypeIsCounted(aggregate: Aggregate, type: ColumnType, cells: [Cell], count: Int) throws {
    let column = Column.from(cells, type: type)
    let table = Table([("x", column)])
    let fitted = try Expression.aggregate(aggregate, [.column("x", type)]).fitted(on: table, Progress())
    let run = try CompiledExpression(fitted).evaluate([column], rowCount: cells.count, Progress())
    #expect(run.counts.notANumber == count)
    #expect(run.column.missingCount == cells.count || run.counts.notANumber == 0)
  }

  @Test func statisticsOfExtremeNumbersAreThoseOfScaledOnes() {
    let great = Column.from([.float(1e308), .float(1e308), .float(-0.5e308)], type: .float)
    #expect(Aggregate.mean.value([great], rowCount: 3) == .float(0.5e308))
    let small = Column.from([.float(1e-300), .float(3e-300)], type: .float)
    let deviation = Aggregate.sd.value([small], rowCount: 2).number ?? 0
    #expect(abs(deviation / (2.0.squareRoot() * 1e-300) - 1) < 1e-14)
    let far = Column.from([.float(-1.7e308), .float(1.7e308)], type: .float)
    #expect(Aggregate.median.value([far], rowCount: 2) == .float(0))
  }

  @Test func quantilesEqualThoseOfSortedValues() {
    var random = CounterRandom(seed: 3)
    for count in 1...60 {
      // Few different values, so that ties are tried too.
      let values = (0..<count).map { _ in Double(random.next(below: 8)) }
      let sorted = values.sorted()
      for part in [0, 0.1, 0.25, 0.5, 0.9, 1] {
        let place = part * Double(count - 1)
        let low = Int(place)
        let high = min(low + 1, count - 1)
        let expected = sorted[low] + (sorted[high] - sorted[low]) * (place - Double(low))
        #expect(Statistics.quantile(values, part) == expected)
      }
    }
  }

  @Test func aBadPartOfAQuantileIsRefused() {
    let expression = Expression.aggregate(.quantile, [.column("x", .float), .literal(.float(1.5))])
    #expect(throws: ExpressionError.badAggregate(.quantile)) { try expression.check() }
  }
}

/// Statistics of numbers whose squares are past the range of numbers.
@Suite struct ExtremeStatisticsTests {
  @Test(arguments: [1e-300, 1e-200, 1, 1e200, 1e300], [1e-300, 1e-200, 1, 1e200, 1e300])
  func correlationDoesNotDependOnTheScale(x: Double, y: Double) throws {
    let xs = (0..<50).map { Double($0 * 7 % 11) }
    let ys = (0..<50).map { Double($0 * 5 % 13) }
    let plain = try #require(Statistics.correlation(xs, ys))
    let scaled = try #require(Statistics.correlation(xs.map { $0 * x }, ys.map { $0 * y }))
    #expect(abs(scaled - plain) < 1e-12)
  }

  @Test func whatDoesNotVaryCorrelatesWithNothing() {
    #expect(Statistics.correlation([1e-300, 1e-300], [1, 2]) == nil)
    #expect(Statistics.correlation([0, 0], [1, 2]) == nil)
    #expect(Statistics.correlation([1], [2]) == nil)
  }
}
