import Kernels
import Tables
import Testing

@testable import Privacy

/// Figures counted by hand.
@Suite struct AnonymityTests {
  private static func text(_ cells: [String?]) -> Column { .text(TextCells(cells)) }
  private static func ints(_ cells: [Int64?]) -> Column { .int(Cells(cells, filler: 0)) }

  private static func found(_ table: Table, _ quasi: [String], _ sensitive: [String]) throws -> Anonymity {
    try Anonymity(of: table, quasi: quasi, sensitive: sensitive, Progress())
  }

  /// The inpatient table of Machanavajjhala et al. (2007), figure 2: 4-anonymous, and one class has a single condition.
  @Test func theInpatientsOfTheLiterature() throws {
    let table = Table([
      (
        "zip",
        Self.text([
          "130**", "130**", "130**", "130**", "1485*", "1485*", "1485*", "1485*", "130**", "130**", "130**", "130**",
        ])
      ),
      ("age", Self.text(["<30", "<30", "<30", "<30", ">=40", ">=40", ">=40", ">=40", "3*", "3*", "3*", "3*"])),
      (
        "condition",
        Self.text([
          "heart", "heart", "viral", "viral", "cancer", "heart", "viral", "viral", "cancer", "cancer", "cancer",
          "cancer",
        ])
      ),
    ])
    let found = try Self.found(table, ["zip", "age"], ["condition"])
    #expect(found.k == 4 && found.classes == 3 && found.uniques == 0 && found.rows == 12)
    #expect(found.diversities[0].l == 1)
    // Of all: heart 3/12, viral 4/12, cancer 5/12; of the third class: cancer 1. Half of 3/12 + 4/12 + 7/12.
    #expect(abs(found.diversities[0].t - 7.0 / 12) < 1e-12)
  }

  /// The salaries of Li et al. (2007), table 3 and their example of a distance: {3k, 4k, 5k} lies 0.375 from {3k, …, 11k}.
  @Test func theSalariesOfTheLiterature() throws {
    let table = Table([
      ("class", Self.text(["a", "a", "a", "b", "b", "b", "c", "c", "c"])),
      ("salary", Self.ints([3, 4, 5, 6, 11, 8, 7, 9, 10])),
    ])
    let found = try Self.found(table, ["class"], ["salary"])
    #expect(found.k == 3 && found.diversities[0].l == 3)
    #expect(abs(found.diversities[0].t - 0.375) < 1e-12)
  }

  /// A missing cell is a value: of the class and of what is hidden.
  @Test func missingCellsAndLoneRows() throws {
    let table = Table([
      ("age", Self.ints([30, 30, nil, nil, 41])), ("sex", Self.text(["f", "f", "m", "m", "f"])),
      ("ill", Self.text(["x", nil, nil, nil, "y"])),
    ])
    let found = try Self.found(table, ["age", "sex"], ["ill"])
    #expect(found.k == 1 && found.classes == 3 && found.uniques == 1 && found.diversities[0].l == 1)
    // Of all: missing 3/5, x 1/5, y 1/5; of the lone row: y. Half of 3/5 + 1/5 + 4/5.
    #expect(abs(found.diversities[0].t - 0.8) < 1e-12)
    let all = try Self.found(table, [], [])
    #expect(all.k == 5 && all.classes == 1)
    let none = try Self.found(table.take([Int]()), ["age"], ["ill"])
    #expect(none.k == 0 && none.classes == 0 && none.diversities[0].l == 0)
  }

  @Test func entropyIsLostByGeneralising() {
    let before = Self.ints([1, 2, 3, 4])
    #expect(Anonymity.lost(from: before, to: before) == 0)
    #expect(Anonymity.lost(from: before, to: Self.ints([1, 1, 3, 3])) == 0.5)
    #expect(Anonymity.lost(from: before, to: Self.ints([0, 0, 0, 0])) == 1)
    #expect(Anonymity.lost(from: Self.ints([7, 7]), to: Self.ints([0, 0])) == nil)
  }
}
