import Kernels
import Plan
import Tables
import Testing

@testable import Training

@Suite struct ReplaceTests {
  private static func replaced(_ pairs: [(Cell, Cell)], _ rows: Table) throws -> CleanedColumns {
    try CleanedColumns(Replace("x", pairs.map { Replace.Pair($0, $1) }, words: "replace x"), on: rows)
  }

  @Test func textsAreReplacedAtOnceAndByTheirBytes() throws {
    let rows = Table.texts("x", ["a", "b", nil, "é", "e\u{301}", "c", ""])
    let made = try Self.replaced(
      [(.text("a"), .text("b")), (.text("b"), .text("a")), (.text("é"), .missing), (.missing, .text("none"))], rows)
    #expect(
      made.cells("x")
        == [.text("b"), .text("a"), .text("none"), .missing, .text("e\u{301}"), .text("c"), .text("")])
    #expect(try made.scored(rows).cells == made.cells("x"))
    let changes = try #require(made.changes)
    #expect(changes.cells == 4 && changes.changes.map(\.cells) == [1, 1, 1, 1])
  }

  @Test func whatNoCellHasIsTold() throws {
    let made = try Self.replaced([(.text("z"), .text("y"))], .texts("x", ["a", nil]))
    #expect(made.changes?.cells == 0 && made.changes?.changes.map(\.from) == [.text("z")])
    #expect(made.cells("x") == [.text("a"), .missing])
  }

  @Test func wholeNumbersStayWholeUnlessAFractionIsPutAmongThem() throws {
    let rows = Table.ints("x", [1, -9, nil, 3, 9_007_199_254_740_993])
    let whole = try Self.replaced([(.int(-9), .missing), (.int(1), .int(2)), (.float(2.5), .int(7))], rows)
    #expect(whole.cells("x") == [.int(2), .missing, .missing, .int(3), .int(9_007_199_254_740_993)])
    #expect(throws: EngineError(.column(.losesDigits("x", 9_007_199_254_740_993, by: "replace")))) {
      try Self.replaced([(.int(1), .float(0.5))], rows)
    }
    let mixed = try Self.replaced([(.int(1), .float(0.5)), (.missing, .int(0))], .ints("x", [1, nil, 3]))
    #expect(mixed.cells("x") == [.float(0.5), .float(0), .float(3)])
  }

  /// Thousands of numbers are told apart by halves, and each meets its own.
  @Test func manyNumbersEachMeetTheirOwn() throws {
    let numbers = (0..<3000).map { Int64($0 * 7 % 3001) }
    let pairs = numbers.map { (Cell.int($0), Cell.int(-$0 - 1)) }
    let made = try Self.replaced(pairs, .ints("x", numbers.map { $0 } + [5000, nil]))
    #expect(made.cells("x") == numbers.map { .int(-$0 - 1) } + [.int(5000), .missing])
  }

  @Test func datesAndTruthsAreReplacedToo() throws {
    let days = Table([("x", .date(Cells([0, 1, nil], filler: 0)))])
    #expect(try Self.replaced([(.date(0), .date(9))], days).cells("x") == [.date(9), .date(1), .missing])
    let truths = Table([("x", .bool(Cells([true, false, nil], filler: false)))])
    let made = try Self.replaced([(.bool(true), .bool(false)), (.bool(false), .missing)], truths)
    #expect(made.cells("x") == [.bool(false), .missing, .missing])
  }

  @Test(arguments: [(Cell.text("a"), Cell.int(1)), (.int(1), .text("a")), (.bool(true), .missing)])
  func aValueOfAnotherTypeIsRefused(from: Cell, to: Cell) throws {
    let error = #expect(throws: EngineError.self) { try Self.replaced([(from, to)], .ints("x", [1])) }
    #expect(error?.code == .wrongType)
  }
}
