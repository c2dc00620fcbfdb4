import Kernels
import Notation
import Tables
import Testing

@testable import Expressions

/// Digits that floats do not hold are counted where whole numbers are computed with as floats, and nowhere else.
@Suite struct RoundedWholesTests {
  private static let wide: Int64 = 1 << 53
  private static let ints = Column.int(
    Cells([wide + 1, wide, nil, wide + 3, -wide - 1, 7, .max, .min], filler: wide + 1))
  private static let floats = Column.float(Cells((0..<8).map { Double($0) / 4 }))
  private static let x = Expression.column("x", .int)
  private static let f = Expression.column("f", .float)

  private static func run(_ expression: Expression) throws -> (column: Column, counts: EvaluationCounts) {
    let compiled = try CompiledExpression(expression)
    let columns = compiled.inputs.map { $0.name == "x" ? ints : floats }
    return try compiled.evaluate(columns, rowCount: 8, Progress())
  }

  @Test(arguments: [
    Expression.call(.add, [x, f]), .call(.multiply, [f, x]), .call(.divide, [x, .int(1)]), .call(.float, [x]),
    .call(.mod, [x, f]), .call(.power, [x, .int(1)]),
  ])
  func arithmeticWithFloatsTellsOfThem(expression: Expression) throws {
    // 2⁵³ and -2⁶³ are floats, and what is missing has no digits.
    #expect(try Self.run(expression).counts.rounded == 4, "\(expression.display)")
  }

  @Test(arguments: [
    Expression.call(.less, [x, f]), .call(.equal, [x, f]), .call(.in, [x, .float(0.5)]), .call(.add, [x, .int(1)]),
    .call(.negate, [x]), .call(.floorDivide, [x, .int(2)]), .call(.text, [x]), .call(.max, [x, f]),
    .call(.coalesce, [x, f]),
  ])
  func whatKeepsAllDigitsTellsOfNone(expression: Expression) throws {
    #expect(try Self.run(expression).counts.rounded == 0, "\(expression.display)")
  }

  /// One column of many rows, so that several tasks count.
  @Test func everyRowCounts() throws {
    let count = 100_000
    let column = Column.int(Cells((0..<count).map { $0 % 10 == 0 ? Self.wide + 1 : Int64($0) }))
    let compiled = try CompiledExpression(.call(.divide, [Self.x, .int(3)]))
    #expect(try compiled.evaluate([column], rowCount: count, Progress()).counts.rounded == count / 10)
    #expect(column.roundedCount == count / 10)
  }

  @Test func digitsThatALiteralLosesCountInEachRow() throws {
    let sum = Expression.call(.add, [.int(Self.wide + 1), .float(0.5)])
    #expect(sum.foldedCall() == nil)
    #expect(try Self.run(.call(.add, [sum, Self.f])).counts.rounded == 8)
  }

  /// The digits of words are those of their rows, and one that no row has counts for none.
  @Test func wordsCountByTheirRows() throws {
    let rows = 400
    let words = ["9007199254740993", "1", "9007199254740995"]
    let codes = (0..<rows).map { Int32($0 % 2) }
    let column = Column.text(TextCells(.dictionary(codes: codes, words: words)))
    let number = Expression.call(.divide, [.call(.int, [.column("x", .text)]), .float(2)])
    #expect(try CompiledExpression(number).evaluate([column], rowCount: rows, Progress()).counts.rounded == rows / 2)
  }

  @Test func aStatisticThatIsAFloatTellsOfItsColumn() {
    let table = Table([("x", Self.ints), ("f", Self.floats)])
    func rounded(_ aggregate: Aggregate, _ argument: Expression) -> Int {
      Expression.call(.coalesce, [.aggregate(aggregate, [argument])]).roundedByStatistics(of: table)
    }
    #expect(rounded(.median, Self.x) == 4 && rounded(.mean, Self.x) == 4)
    #expect(rounded(.sum, Self.x) == 0 && rounded(.max, Self.x) == 0 && rounded(.median, Self.f) == 0)
    #expect(Table([("x", Column.int(Cells([1, Self.wide])))]).columns[0].roundedCount == 0)
  }
}

/// Times without an offset are of the zone that is given, and else are counted beside those that have one.
@Suite struct ZoneArgumentTests {
  private static func run(
    _ texts: [String], _ arguments: [String]
  ) throws -> (cells: [String], counts: EvaluationCounts) {
    let call = Expression.call(.datetime, [.column("x", .text)] + arguments.map { .text($0) })
    let run = try CompiledExpression(call).evaluate(
      [.text(TextCells(texts))], rowCount: texts.count, Progress())
    return (texts.indices.map { run.column[$0].description }, run.counts)
  }

  private static let mixed = ["2026-01-31T10:00:00", "2026-01-31T10:00:00+05:30", "2026-01-31 10:00Z", "no"]

  @Test func aZoneIsTakenWhereNoOffsetIsWritten() throws {
    let run = try Self.run(Self.mixed, ["", "+02:00"])
    #expect(run.cells == ["2026-01-31T08:00:00Z", "2026-01-31T04:30:00Z", "2026-01-31T10:00:00Z", ""])
    #expect(run.counts.moments.assumed == 0 && run.counts.notANumber == 1)
    let west = try Self.run(["31.1.2026 10:00", "31.1.2026 10:00 UTC"], ["dmy", "-03:30"])
    #expect(west.cells == ["2026-01-31T13:30:00Z", "2026-01-31T10:00:00Z"])
    let format = try Self.run(["31/01/26 10"], ["%d/%m/%y %H", "+01"])
    #expect(format.cells == ["2026-01-31T09:00:00Z"])
  }

  @Test(arguments: [["mixed"], ["ymd"], []]) func withoutAZoneTheyAreCounted(format: [String]) throws {
    let run = try Self.run(Self.mixed, format)
    #expect(run.counts.moments.assumed == 1 && run.counts.moments.all == 3)
    #expect(run.cells[0] == "2026-01-31T10:00:00Z")
  }

  @Test(arguments: ["Europe/Oslo", "+25:00", "two", "+1"]) func whatIsNoOffsetIsRefused(zone: String) {
    #expect(throws: ExpressionError.badZone(zone)) { try Self.run(["x"], ["", zone]) }
  }

  /// A dictionary of which only some words have an offset counts its rows.
  @Test func wordsWithAndWithoutAnOffsetCountByTheirRows() throws {
    let codes = (0..<100).map { Int32($0 % 10 == 0 ? 0 : 1) }
    let column = Column.text(TextCells(.dictionary(codes: codes, words: Array(Self.mixed.prefix(2)))))
    let compiled = try CompiledExpression(.call(.datetime, [.column("x", .text)]))
    let counts = try compiled.evaluate([column], rowCount: 100, Progress()).counts
    #expect(counts.moments.assumed == 10 && counts.moments.all == 100)
    let plain = Column.text(TextCells(.dictionary(codes: codes, words: ["2026-01-31", "2026-02-01"])))
    let bare = try compiled.evaluate([plain], rowCount: 100, Progress()).counts
    #expect(bare.moments.all == 100 && bare.moments.withOffset == 0)
  }
}
