import Expressions
import Kernels
import Plan
import Scoring
import Tables
import Testing

@testable import Privacy

@Suite struct MaskTests {
  /// The column as a step makes it, from the lowering that serves.
  private static func masked(_ column: Column, _ method: MaskMethod) throws -> [Cell] {
    let table = Table([("c", column)])
    let recipe = Recipe(steps: [.feature(Mask("c", method))])
    let fitted = try recipe.fit(on: table, rows: RowList(0..<table.rowCount), choosing: .all, Progress())
    let made = try #require(fitted.table["c"])
    return (0..<made.count).map { made[$0] }
  }

  private static let numbers = Column.float(Cells([-0.5, 12.34, 19.99, nil, 20], filler: 0))

  @Test func numbersGoToTheBeginningOfTheirStep() throws {
    #expect(
      try Self.masked(Self.numbers, .generalise(10)) == [.float(-10), .float(10), .float(10), .missing, .float(20)])
    let ints = Column.int(Cells([-1, 0, 17, nil], filler: 0))
    #expect(try Self.masked(ints, .generalise(5)) == [.int(-5), .int(0), .int(15), .missing])
  }

  @Test func textsKeepTheirBeginning() throws {
    let texts = Column.text(TextCells(["12345", "12", "123", nil]))
    #expect(try Self.masked(texts, .generalise(3)) == [.text("123*"), .text("*"), .text("*"), .missing])
  }

  @Test func datesGoToTheBeginningOfTheirPeriod() throws {
    let days = Column.date(Cells([19_000, nil], filler: 0))
    #expect(try Self.masked(days, .period("year")) == [.date(18_993), .missing])
    #expect(throws: EngineError(.privacy(.wrongType("c", .date, mask: "generalise(hour)")))) {
      try Self.masked(days, .period("hour"))
    }
  }

  @Test func nothingOfARedactedCellIsLeft() throws {
    for column in [Self.numbers, .text(TextCells(["a", nil, "b", "c", "d"]))] {
      #expect(try Set(Self.masked(column, .redact)) == [.text("***")])
    }
  }

  @Test func binsAreRoundAndHideWhatLiesFarOut() throws {
    let values = (0..<1000).map { Double($0) / 10 } + [1e6, -1e6]
    let made = try Self.masked(.float(Cells(values)), .bin).compactMap(\.number)
    #expect(Set(made) == Set(stride(from: 0.0, through: 90, by: 10)))
    let ints = try Self.masked(.int(Cells([1, 1, 2, 2, 3])), .bin)
    #expect(
      ints == [.int(1), .int(1), .int(2), .int(2), .int(3)] || Set(ints).isSubset(of: [.int(1), .int(2), .int(3)]))
    #expect(try Self.masked(.float(Cells([nil, nil], filler: 0)), .bin) == [.missing, .missing])
  }

  @Test func aMaskOfARawColumnIsFoundInTheGraph() throws {
    let table = Table([("c", .text(TextCells(["ann@x.no"]))), ("d", .text(TextCells(["x"])))])
    let both = Expression.call(.concat, [.column("c", .text), .column("d", .text)])
    let steps: [Step] = [
      .feature(Classify([("c", .level(.confidential, isWaived: false))])), .feature(Derive("e", both)),
      .feature(Mask("c", .partial)), .feature(Mask("e", .partial)),
    ]
    let fitted = try Recipe(steps: steps).fit(on: table, rows: RowList(0..<1), choosing: .all, Progress())
    let roles = fitted.scope.builder.nodes.compactMap(\.role)
    #expect(roles == [.classified(.confidential), .mask(of: "c")])
  }

  // MARK: At hand

  private static func changed(_ table: Table, _ columns: [(name: String, method: MaskAtHand.Method)]) throws -> Table {
    let mask = MaskAtHand(columns, seed: 3)
    return try mask.apply([.whole(table)], NoExecutor(), Progress()).rows.table(nil, Progress())
  }

  @Test func whatIsDrawnHasTheFormOfWhatWasThere() throws {
    let count = 2000
    let table = Table([
      ("card", .text(TextCells((0..<count).map { $0 % 7 == 0 ? nil : "AB-\($0 % 10)x é" }))),
      ("age", .float(Cells((0..<count).map { Double($0) }))),
      ("born", .date(Cells((0..<count).map { Int32($0) }))), ("died", .date(Cells((0..<count).map { Int32($0 + 9) }))),
    ])
    let made = try Self.changed(
      table, [("card", .synthesise), ("age", .noise(2)), ("born", .shift(10)), ("died", .shift(10))])
    var (square, moved) = (0.0, Set<Int32>())
    for row in 0..<count {
      guard case .float(let age)? = made["age"]?[row], case .date(let born)? = made["born"]?[row],
        case .date(let died)? = made["died"]?[row]
      else {
        Issue.record("a cell is gone")
        return
      }
      square += (age - Double(row)) * (age - Double(row))
      // What lies between two dates of a row stays.
      #expect(died - born == 9)
      moved.insert(born - Int32(row))
      guard row % 7 != 0 else {
        #expect(made["card"]?[row] == .missing)
        continue
      }
      guard case .text(let text)? = made["card"]?[row] else { continue }
      #expect(text.wholeMatch(of: #/[A-Z]{2}-[0-9][a-z] [a-z]/#) != nil, "\(text)")
    }
    #expect(abs((square / Double(count)).squareRoot() - 2) < 0.15)
    #expect(moved == Set((-10...10).filter { $0 != 0 }))
    #expect(try Self.changed(table, [("age", .noise(2))]) == Self.changed(table, [("age", .noise(2))]))
  }

  @Test func whatAMaskDoesNotTakeIsRefused() throws {
    let table = Table([("c", .text(TextCells(["x"])))])
    #expect(throws: EngineError(.privacy(.wrongType("c", .text, mask: "noise(1)")))) {
      try Self.changed(table, [("c", .noise(1))])
    }
    #expect(throws: EngineError(.privacy(.wrongType("c", .text, mask: "bin")))) {
      try Self.masked(.text(TextCells(["x"])), .bin)
    }
  }
}

/// For changes of tables that are in memory, which ask for nothing.
private struct NoExecutor: Executor {
  func rows(_ relation: Relation, _ progress: Progress) throws(EngineError) -> Collected { throw .cancelled }
  func table(_ relation: Relation, columns: Set<String>?, _ progress: Progress) throws(EngineError) -> Table {
    throw .cancelled
  }
  func baseRows(_ relation: Relation, _ progress: Progress) throws(EngineError) -> Rows { throw .cancelled }
  func collect(
    _ progress: Progress, _ make: (_ keep: (Table) throws(EngineError) -> Void) throws(EngineError) -> Void
  ) throws(EngineError) -> Rows { throw .cancelled }
  func base(_ relation: Relation, _ progress: Progress) throws(EngineError) -> Table { throw .cancelled }
}
