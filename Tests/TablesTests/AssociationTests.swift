import Kernels
import Testing

@testable import Tables

/// That associations are the same bits however the rows are cut, and right where they can be told by hand.
@Suite struct AssociationTests {
  private static func table(_ rows: Int) -> Table {
    var random = CounterRandom(seed: 5)
    let base = (0..<rows).map { _ in random.nextNormal() }
    let gaps = Bitmap((0..<rows).map { _ in random.next(below: 7) > 0 })
    return Table([
      ("a", .float(Cells(base))),
      ("b", .float(Cells(base.map { $0 * -3 + 1e6 }))),
      ("c", .int(Cells((0..<rows).map { Int64($0 % 17) }))),
      (
        "d",
        .float(Cells(base.enumerated().map { gaps[$0.offset] ? $0.element + random.nextNormal() : 0 }, validity: gaps))
      ),
      ("e", .text(TextCells((0..<rows).map { $0 % 3 == 0 ? "x" : "y" }))),
    ])
  }

  private static func sums(_ table: Table, cuts: [Int]) throws -> CorrelationSums {
    let profile = try TableProfile(of: table)
    let members = Associations.members(profile.columns).filter { $0.kind == .number }
    var sums = try CorrelationSums(members.compactMap(\.scale))
    let ends = cuts + [table.rowCount]
    for (start, end) in zip([0] + cuts, ends) {
      try sums.add(members.compactMap { table[$0.name]?.take(RowList(start..<end)) })
    }
    sums.finish()
    return sums
  }

  @Test func correlationsAreTheSameBitsHoweverTheRowsAreCut() throws {
    let table = Self.table(20_011)
    let whole = try Self.sums(table, cuts: [])
    for cuts in [[1], [511, 512, 513], [7000, 7000, 19_999]] {
      let cut = try Self.sums(table, cuts: cuts)
      for first in 0..<4 {
        for second in 0..<first {
          #expect(whole.correlation(first, second) == cut.correlation(first, second))
        }
      }
    }
  }

  @Test func correlationsAreThoseOfTheRowsThatHaveBoth() throws {
    let table = Self.table(3_001)
    let sums = try Self.sums(table, cuts: [])
    #expect(abs(try #require(sums.correlation(0, 1)) + 1) < 1e-12)
    let (a, d) = (try #require(table["a"]), try #require(table["d"]))
    let rows = (0..<table.rowCount).filter { d.isValid($0) }
    #expect(sums.rows(0, 3) == rows.count && rows.count < table.rowCount)
    let (x, y) = (rows.compactMap { a[$0].number }, rows.compactMap { d[$0].number })
    #expect(abs(try #require(sums.correlation(0, 3)) - Self.plain(x, y)) < 1e-12)
  }

  private static func plain(_ x: [Double], _ y: [Double]) -> Double {
    let n = Double(x.count)
    let (meanX, meanY) = (x.reduce(0, +) / n, y.reduce(0, +) / n)
    let product = zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) }
    let (left, right) = (
      x.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) }, y.reduce(0) { $0 + ($1 - meanY) * ($1 - meanY) }
    )
    return product / (left * right).squareRoot()
  }

  @Test func ranksAreThoseOfTheRowsThatHaveBoth() throws {
    let x = Column.from([.int(1), .int(2), .int(2), .int(9), .int(7), .missing], type: .int)
    let y = Column.from([.int(5), .int(6), .int(8), .missing, .int(7), .int(1)], type: .int)
    let found = try #require(try RankCorrelations([x, y]).all(Progress())[1][0])
    // Ranks 0, 1.5, 1.5, 3 and 0, 1, 3, 2.
    #expect(abs(found - 3 / (4.5 * 5).squareRoot()) < 1e-15)
  }

  @Test func aCategoryThatTellsTheOtherIsAllOfIt() throws {
    let codes = CategoryCodes(.text(TextCells(["a", "a", "b", "b", "c", "c"])))
    let same = CategoryCodes(.text(TextCells(["x", "x", "z", "z", "y", "y"])))
    let apart = CategoryCodes(.text(TextCells(["x", "y", "x", "y", "x", "y"])))
    #expect(try #require(CategoryAssociations.cramersV(codes, same)) == 1)
    #expect(try #require(CategoryAssociations.cramersV(codes, apart)) < 1e-7)
    let numbers = Column.float(Cells([1, 1, 2, 2, 6, 6]))
    #expect(try #require(CategoryAssociations.correlationRatio(codes, numbers)) == 1)
    #expect(CategoryAssociations.correlationRatio(codes, .float(Cells([Double](repeating: 3, count: 6)))) == nil)
  }

  @Test func strataHaveOneRowEach() {
    let rows = RowStrata(of: 1_000, wanted: 100).rows
    #expect(rows.count == 100 && rows.enumerated().allSatisfy { $0.element / 10 == $0.offset })
    #expect(RowStrata(of: 5, wanted: 100).rows == [0, 1, 2, 3, 4])
  }

  @Test func distancesOfSamples() throws {
    let (one, other) = (Column.int(Cells([1, 2, 3, 4])), Column.float(Cells([3, 4, 5, 6])))
    #expect(SampleDistance.kolmogorovSmirnov(one, other) == 0.5)
    #expect(SampleDistance.totalVariation(.text(TextCells(["a", "b"])), .text(TextCells(["b", "c"]))) == 0.5)
    #expect(SampleDistance.kolmogorovSmirnov(one, .text(TextCells(["a"]))) == nil)
  }
}
