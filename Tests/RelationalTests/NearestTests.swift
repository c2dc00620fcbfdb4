import Engine
import Kernels
import Plan
import Tables
import Testing

@testable import Relational

/// Which row of another table is the nearest, of equal and of equally near ones too.
@Suite struct NearestTests {
  private func found(
    _ own: Column, _ other: Column, _ direction: NearestKey.Direction, tolerance: Double? = nil
  ) throws -> Column? {
    let number = Column.int(Cells((0..<other.count).map(Int64.init)))
    let others = Table([("at", other), ("row", number)])
    let relation = Relation(rows: .whole(others), name: "other")
    let table = Table([("t", own)])
    let join = Join(
      .asof, on: [], nearest: NearestKey(own: "t", other: "at", direction, tolerance: tolerance),
      of: Relation(rows: .whole(table), name: "own").schema, with: relation.schema, words: ""
    ).taking(relation)
    let rows = try join.apply([.whole(table), .whole(others)], LocalExecutor(), Progress()).rows
    return try rows.table(nil, Progress())["row"]
  }

  private static func rows(_ rows: Int64?...) -> Column { .int(Cells(rows, filler: 0)) }

  private static let own = Column.int(Cells([0, 5, 6, 10, nil], filler: 0))
  /// Not in order, and 5 twice.
  private static let other = Column.int(Cells([9, 5, 5, 3, nil], filler: 0))

  @Test func backwardIsTheLastThatIsNotAfter() throws {
    #expect(try found(Self.own, Self.other, .backward) == Self.rows(nil, 2, 2, 0, nil))
  }

  @Test func forwardIsTheFirstThatIsNotBefore() throws {
    #expect(try found(Self.own, Self.other, .forward) == Self.rows(3, 1, 0, nil, nil))
  }

  @Test func ofTwoAsNearTheOneBeforeIsTaken() throws {
    let tie = Column.int(Cells([7, 8, 4]))
    #expect(try found(tie, Self.other, .nearest) == Self.rows(2, 0, 3))
    #expect(try found(Column.int(Cells([4])), Column.int(Cells([5, 3])), .nearest) == Self.rows(1))
  }

  @Test func aRowFurtherThanTheToleranceIsNone() throws {
    #expect(try found(Self.own, Self.other, .backward, tolerance: 0) == Self.rows(nil, 2, nil, nil, nil))
    #expect(try found(Self.own, Self.other, .backward, tolerance: 1) == Self.rows(nil, 2, 2, 0, nil))
    let moments = Column.datetime(Cells([1_500_000]))
    let second = Column.datetime(Cells([0]))
    #expect(try found(moments, second, .backward, tolerance: 1.4) == Self.rows(nil))
    #expect(try found(moments, second, .backward, tolerance: 1.5) == Self.rows(0))
    let days = Column.date(Cells([10]))
    #expect(try found(days, .date(Cells([8])), .backward, tolerance: 2) == Self.rows(0))
  }

  /// The distance of the two is more than an Int64 holds.
  @Test func distancesAreExactOverTheWholeRange() throws {
    let ends = Column.int(Cells([Int64.max]))
    #expect(try found(ends, .int(Cells([Int64.min])), .backward, tolerance: 1e18) == Self.rows(nil))
    #expect(try found(ends, .int(Cells([Int64.min])), .backward) == Self.rows(0))
    #expect(try found(ends, .int(Cells([Int64.max - 1])), .nearest, tolerance: 1) == Self.rows(0))
  }

  @Test func wholeNumbersAndFractionsHaveOneOrder() throws {
    #expect(try found(Column.int(Cells([1, 2])), .float(Cells([0.5, 1.5])), .backward) == Self.rows(0, 1))
    let lost = Column.int(Cells([9_007_199_254_740_993]))
    #expect(throws: EngineError(.column(.losesDigits("t", 9_007_199_254_740_993, by: "join")))) {
      try found(lost, .float(Cells([0.5])), .backward)
    }
  }

  /// Rows that come in order are looked for near the last; any order gives the same.
  @Test func theOrderOfRowsNeverShows() throws {
    var random = CounterRandom(seed: 4, stream: 1)
    let others = (0..<500).map { _ in Int64(random.next(below: 3000)) }
    let own = (0..<2000).map { _ in Int64(random.next(below: 3100)) }
    let sorted = own.sorted()
    for direction in [NearestKey.Direction.backward, .forward, .nearest] {
      let some = try #require(try found(.int(Cells(own)), .int(Cells(others)), direction))
      let same = try #require(try found(.int(Cells(sorted)), .int(Cells(others)), direction))
      let byValue = Dictionary(zip(own, (0..<own.count).map { some[$0] })) { one, _ in one }
      for (row, value) in sorted.enumerated() { #expect(byValue[value] == same[row]) }
    }
  }
}
