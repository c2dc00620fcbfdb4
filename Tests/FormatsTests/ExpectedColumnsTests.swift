import Tables
import Testing

@testable import Formats

/// Rows that are read as what somebody takes: the types are theirs, whatever the cells look like.
@Suite struct ExpectedColumnsTests {
  private func read(_ text: String, _ types: [String: ColumnType]) throws(SourceError) -> Table {
    try table(text) { $0.expected = types }
  }

  @Test func cellsAreReadAsTheTypesThatAreTaken() throws {
    let text = "zone,age,paid,day,rate\n12,1.0,1,2026-01-31,3\n007,+2,no,2026-02-01,\n"
    let table = try read(
      text, ["zone": .text, "age": .int, "paid": .bool, "day": .datetime, "rate": .float, "gone": .int])
    #expect(table.types == [.text, .int, .bool, .datetime, .float])
    #expect(table.words("zone") == ["12", "007"])
    #expect(table.words("age") == ["1", "2"])
    #expect(table.words("paid") == ["true", "false"])
    #expect(table.words("rate") == ["3.0", ""])
  }

  @Test(arguments: ["1.5", "9007199254740993.0", "1e400", "true", "x"])
  func aCellThatIsNoWholeNumberIsARowError(cell: String) {
    let error = failure("age\n1\n\(cell)\n") { $0.expected = ["age": .int] }
    #expect(error?.line == 3)
    #expect(error?.reason == .badCell(row: 2, column: "age", text: cell, type: .int, others: 0, isExpected: true))
  }

  @Test func otherColumnsNeverStopTheReading() throws {
    let rest = String(repeating: "1,2\n", count: 20_000)
    let table = try read("age,note\n" + rest + "1,late\n", ["age": .int])
    #expect(table["note"]?.type == .text)
    #expect(try read("age,note\n" + rest, ["age": .int])["note"]?.type == .int)
  }

  @Test func aRowThatNamesAnExpectedColumnIsAHeader() throws {
    #expect(try read("1,2\n3,4\n", ["1": .int]).names == ["1", "2"])
    #expect(try table("1,2\n3,4\n").names == ["column_1", "column_2"])
  }
}

@Suite struct RetypedColumnTests {
  struct Case: Sendable {
    let column: Column
    let type: ColumnType
    let cells: [Cell]
  }

  static let lossless: [Case] = [
    Case(column: .int(Cells([1, nil, 0], filler: 0)), type: .float, cells: [.float(1), .missing, .float(0)]),
    Case(column: .float(Cells([1, nil, -3], filler: 0)), type: .int, cells: [.int(1), .missing, .int(-3)]),
    Case(column: .int(Cells([1, 0])), type: .bool, cells: [.bool(true), .bool(false)]),
    Case(column: .int(Cells([7, 12])), type: .text, cells: [.text("7"), .text("12")]),
    Case(column: .text(TextCells(["007", " 8 ", ""])), type: .int, cells: [.int(7), .int(8), .missing]),
    Case(column: .text(TextCells(["yes", "F"])), type: .bool, cells: [.bool(true), .bool(false)]),
    Case(column: .date(Cells([0])), type: .datetime, cells: [.datetime(0)]),
    Case(column: .text(TextCells(["1970-01-02"])), type: .date, cells: [.date(1)]),
    Case(column: .missing(.float, count: 2), type: .date, cells: [.missing, .missing]),
  ]

  @Test(arguments: lossless) func cellsKeepTheirValue(_ example: Case) {
    let retyped = RetypedColumn(example.column, as: example.type)
    #expect((0..<retyped.column.count).map { retyped.column[$0] } == example.cells)
    #expect(retyped.column.type == example.type)
    #expect(retyped.misfits.isEmpty)
  }

  static let lossy: [(Column, ColumnType)] = [
    (.float(Cells([1, 1.5])), .int), (.int(Cells([1, 2])), .bool), (.text(TextCells(["1", "x"])), .float),
    (.datetime(Cells([0, 1])), .date), (.bool(Cells([true, true])), .int),
    (.vector(VectorCells(names: ["a"], values: [1, 2], count: 2)), .text),
  ]

  @Test(arguments: lossy) func aCellWithoutAValueOfTheTypeIsToldWithItsRow(column: Column, type: ColumnType) {
    let retyped = RetypedColumn(column, as: type)
    #expect(!retyped.misfits.isEmpty)
    #expect(retyped.misfits.first?.row == column.count - retyped.misfits.count)
  }
}
