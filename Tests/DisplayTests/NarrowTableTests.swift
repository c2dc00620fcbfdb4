import Tables
import Testing

@testable import Display

/// What of a table is shown on a screen that is too narrow for all of it.
@Suite struct NarrowTableTests {
  @Test func columnsOfAHighRankAreGivenUpFirst() {
    let fit = TableFit(natural: [8, 8, 8, 8], least: [8, 8, 8, 8], ranks: [0, 2, 1, 0], width: 33)
    #expect(fit.shown == [0, 2, 3])
    #expect(fit.left == [0] && fit.right == [2, 3])
  }

  @Test func columnsOfOneRankGoTogether() {
    let fit = TableFit(natural: [8, 8, 8, 8], least: [8, 8, 8, 8], ranks: [0, 1, 1, 0], width: 33)
    #expect(fit.shown == [0, 3])
  }

  @Test func whatIsNeverGivenUpIsShownWideEnoughToBeRead() {
    let fit = TableFit(natural: [8, 8, 40], least: [8, 8, 10], ranks: [0, 1, 0], width: 36)
    #expect(fit.shown == [0, 2])
    #expect(fit.widths == [8, 23])
  }

  @Test(arguments: 1...40) func linesAreNeverWiderThanTheScreen(width: Int) {
    let fit = TableFit(natural: [8, 12, 5, 30, 9], least: [8, 10, 5, 12, 9], ranks: [0, 3, 1, 0, 2], width: width)
    let marks = fit.shown.count < 5 ? 1 : 0
    let all = fit.widths.reduce(0, +) + (fit.widths.count + marks - 1) * TableFit.gap + marks
    #expect(all <= max(width, 4))
  }

  @Test func namesAreCutOnlyWhereTheyDoNotDiffer() {
    let names = ["probability_No", "probability_Yes", "prediction", "a_long_name_of_its_own"]
    #expect(HeadingWidths.least(names) == [14, 15, 10, 20])
    #expect(HeadingWidths.least(["same name twice", "same name twice"]) == [15, 15])
    #expect(HeadingWidths.least([]) == [])
  }

  @Test(arguments: [40, 60, 80]) func aHeadingKeepsItsUnit(width: Int) {
    let names = ["species", "island", "bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]
    let table = DisplayTable(
      columns: names.map { DisplayColumn($0, type: "float") }, rows: [[Cell](repeating: .float(0.5), count: 6)])
    let lines = TextRenderer(width: width).render(.table(table)).split(separator: "\n")
    let heads = (lines.first ?? "").split(separator: " ").map(String.init).filter { $0 != "…" }
    #expect(heads.count > 1 && heads.allSatisfy(names.contains))
  }

  @Test(arguments: [30, 40, 60, 80]) func noTwoShownHeadingsLookAlike(width: Int) throws {
    let columns = (0..<6).map { DisplayColumn("conversion_rate_\($0)", type: "float") }
    let row = [Cell](repeating: .float(0.5), count: 6)
    let table = DisplayTable(columns: columns, rows: [row])
    let text = TextRenderer(width: width).render(.table(table))
    let heads = try #require(text.split(separator: "\n").first).split(separator: " ").filter { $0 != "…" }
    #expect(Set(heads).count == heads.count)
    #expect(heads.allSatisfy { $0.hasPrefix("conversion_rate_") && $0 != "conversion_rate_" } || heads.count == 1)
  }

  @Test func rowsAreNamedApart() {
    let names = ["conversion_rate_january", "conversion_rate_june"]
    let table = DisplayTable(
      ["column", "note"], rows: names.map { [.text($0), .text(String(repeating: "x", count: 60))] })
    let lines = TextRenderer(width: 40).render(.table(table)).split(separator: "\n").map { $0.prefix(20) }
    #expect(Set(lines).count == lines.count)
  }
}
