import Expressions
import Kernels
import Plan
import Tables
import Testing

@testable import Training

@Suite struct FixTests {
  @Test func blanksGoAndBlanksAloneAreMissing() throws {
    let rows = Table.texts("x", ["  a  b ", "a b", " ", nil, "\u{FEFF}c"])
    let made = try CleanedColumns(FixText("x"), on: rows)
    #expect(made.cells("x") == [.text("a b"), .text("a b"), .missing, .missing, .text("c")])
    #expect(made.changes?.cells == 3)
    #expect(try made.scored(rows).cells == made.cells("x"))
  }

  @Test func theSpellingThatMostRowsHaveStandsForAll() throws {
    let rows = Table.texts("x", ["New York", "new york", "NEW-YORK", "New York ", "Oslo", "OSLO", "?", nil])
    let made = try CleanedColumns(FixText("x", variants: true), on: rows)
    let york = Cell.text("New York")
    // Of equally frequent ones the first by its bytes.
    #expect(made.cells("x") == [york, york, york, york, .text("OSLO"), .text("OSLO"), .text("?"), .missing])
    let fresh = Table.texts("x", ["new.york", "oslo ", "Bergen  by", nil, " "])
    #expect(try made.scored(fresh).cells == [york, .text("OSLO"), .text("Bergen by"), .missing, .missing])
  }

  @Test func caseAloneIsUnitedWhereThatIsAsked() throws {
    let rows = Table.texts("x", ["Oslo", "OSLO", "Oslo", "os-lo"])
    let most = try CleanedColumns(FixText("x", letterCase: .most), on: rows)
    #expect(most.cells("x") == [.text("Oslo"), .text("Oslo"), .text("Oslo"), .text("os-lo")])
    let upper = try CleanedColumns(FixText("x", letterCase: .upper, variants: true), on: rows)
    #expect(upper.cells("x") == [Cell](repeating: .text("OSLO"), count: 4))
  }

  /// Only the rows that it is fitted on decide.
  @Test func theSpellingIsThatOfTheTrainingRows() throws {
    let rows = Table.texts("x", ["oslo", "OSLO", "OSLO", "OSLO"])
    let fitted = try Recipe(steps: [.feature(FixText("x", letterCase: .most))]).fit(
      on: rows, rows: RowList(0..<1), choosing: .all, Progress())
    #expect(fitted.table["x"]?[0] == .text("oslo"))
  }

  @Test func proseIsRefused() {
    let rows = Table.texts("x", (0...FixText.most).map { "text \($0)" })
    #expect(throws: EngineError(.column(.tooManyTexts("x", FixText.most + 1, most: FixText.most)))) {
      try CleanedColumns(FixText("x", variants: true), on: rows)
    }
  }

  // MARK: Values

  @Test func numbersAreReadOrFlagged() throws {
    let rows = Table.texts("x", ["1,234.5", "€ 12", "12%", "(5)", "7", "1,234", "n/a", nil, "n/a"])
    let made = try CleanedColumns(FixValue("x", .number(decimal: nil)), on: rows)
    let numbers: [Cell] = [
      .float(1234.5), .float(12), .float(0.12), .float(-5), .float(7), .missing, .missing, .missing, .missing,
    ]
    #expect(made.cells("x") == numbers)
    let scored = try made.scored(rows)
    #expect(scored.cells == numbers)
    #expect(scored.flags.map { !$0.isEmpty } == [false, false, false, false, false, true, true, false, true])
    #expect(scored.flags[5] == ["unreadable x"])
    let changes = try #require(made.changes)
    #expect(changes.unread == 2 && changes.unreadExamples == ["n/a"])
    #expect(changes.twofold == 1 && changes.twofoldExamples == ["1,234"])
    #expect(changes.cells == 4, "7 is read as what it is")
    #expect(changes.signs == [.percentage: 1, .currency("€"): 1])
    // What could not be read is told once, by the step.
    #expect(made.notes.allSatisfy { if case .notANumber = $0 { false } else { true } })
  }

  @Test func datesAreReadInTheOrderThatIsStated() throws {
    let rows = Table.texts("x", ["25/03/2024", "03/04/2024", "2024-03-05", "soon"])
    let certain = try CleanedColumns(FixValue("x", .date(.mixed)), on: rows)
    #expect(certain.cells("x").map(\.description) == ["2024-03-25", "", "2024-03-05", ""])
    #expect(certain.changes?.twofold == 1 && certain.changes?.signs == [.order(.dmy): 1])
    let stated = try CleanedColumns(FixValue("x", .date(.dmy)), on: rows)
    #expect(stated.cells("x").map(\.description) == ["2024-03-25", "2024-04-03", "2024-03-05", ""])
    #expect(stated.changes?.unread == 1 && stated.changes?.twofold == 0)
  }

  @Test func wholeNumbersMayBeDays() throws {
    let made = try CleanedColumns(FixValue("x", .date(.mixed)), on: .ints("x", [20_240_131, nil, 7]))
    #expect(made.cells("x").map(\.description) == ["2024-01-31", "", ""])
    #expect(throws: EngineError.self) { try CleanedColumns(FixValue("x", .number(decimal: nil)), on: .ints("x", [1])) }
  }
}
