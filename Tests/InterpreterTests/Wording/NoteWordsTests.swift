import Plan
import Tables
import Testing

@testable import Interpreter

@Suite struct NoteWordsTests {
  private static func filled(
    _ name: String, _ before: [Double?], _ after: [Double?], value: Cell? = nil
  ) -> FilledColumn {
    FilledColumn(name, value: value, from: .float(Cells(before, filler: 0)), to: .float(Cells(after, filler: 0)))
  }

  private static func texts(_ words: [String?]) -> Column { .text(TextCells(words)) }

  static let notes: [(remark: StageRemark, words: String)] = [
    (.notANumber(3), "3 results have no value and are missing"),
    (.rounded(1), "1 whole number beyond 2^53 lost digits: a float holds no more"),
    (.takenAsUTC(2, of: 5), "2 of 5 times have no offset and are taken as UTC"),
    (.chosen(from: 5, to: 3, .condition(wrong: 1, missing: 1)), "5 rows → 3 (1 false, 1 missing)"),
    (.chosen(from: 5, to: 4, .repeated(1)), "5 rows → 4 (1 repeated)"),
    (.chosen(from: 5, to: 4, nil), "5 rows → 4"),
    (
      .filled([filled("a", [1, nil, 4, 7], [1, 4, 4, 7], value: .float(4))]),
      "4 for 1 missing, mean 4 → 4, sd 3 → 2.449"
    ),
    (.filled([filled("a", [3, nil], [3, 5])]), "1 filled, mean 3 → 4"),
    (
      .filled([filled("a", [3, nil], [3, 5]), filled("b", [nil, nil], [nil, nil])]),
      "a: 1 filled, mean 3 → 4; b: nothing to fill with: 2 left missing"
    ),
    (
      .filled([FilledColumn("a", value: .text("Oslo"), from: texts(["Bergen", nil]), to: texts(["Bergen", "Oslo"]))]),
      "Oslo for 1 missing"
    ),
    (.chained(rounds: 1, isSettled: true), "1 round of chained equations"),
    (.chained(rounds: 10, isSettled: false), "10 rounds of chained equations, which had not come to rest"),
    (.filledFromAbove("age", 4, left: 1), "age: 4 filled from above, 1 has none above"),
    (.scaled(centre: 43.9219298245614, divisor: 5.45159602316182), "(x - 43.92) / 5.452"),
    (
      .filled([FilledColumn("a", value: .text("Oslo "), from: texts([nil]), to: texts(["Oslo "]))]),
      "\"Oslo \" for 1 missing"
    ),
    (.chosen(from: 1, to: 0, nil), "1 row → 0"),
    (.filledFromAbove("age", 4, left: 0), "age: 4 filled from above"),
    (.categories(1), "1 category"),
    (.categories(7), "7 categories"),
    (.scaled(centre: 2, divisor: 0.5), "(x - 2) / 0.5"),
    (
      .fenced(Fenced("a", .clipped, low: .float(-3.5), high: .float(14.25), open: nil, below: 0, above: 2)),
      "0 below and 2 above -3.5..14.25, clipped"
    ),
    (.fenced(Fenced("a", .missing, low: nil, high: .int(7), open: nil, below: 0, above: 0)), "0 below and 0 above ..7"),
    (.fenced(Fenced("a", .flagged, low: nil, high: nil, open: .noValue, below: 0, above: 0)), "no cell has a value"),
    (
      .fenced(Fenced("a", .flagged, low: nil, high: nil, open: .tooFew(9), below: 0, above: 0)),
      "none of 9 values can lie that far out"
    ),
    (
      .chosen(
        from: 9, to: 7,
        .outliers([Fenced("a", .left, low: .int(1), high: .int(3), open: nil, below: 1, above: 1)])),
      "9 rows → 7 (a: 1 below and 1 above 1..3)"
    ),
    (
      .chosen(
        from: 9, to: 7, .near(NearGroups(columns: ["a"], count: 1, largest: [.init(kept: [], rows: 2, others: [])]))),
      "9 rows → 7 (near 1 other)"
    ),
    (.grouped(from: 9, to: 1, missing: []), "9 rows → 1 group"),
    (
      .grouped(from: 9, to: 4, missing: [ColumnCount("town", 1), ColumnCount("kind", 2)]),
      "9 rows → 4 groups (missing is a group of its own: town in 1 row, kind in 2 rows)"
    ),
    (.leftOut([ColumnCount("age", 2), ColumnCount("x * 2", 1)]), "missing cells are left out: age 2, x * 2 1"),
    (.partitioned(16), "more groups than memory holds: they went through 16 files"),
    (.reshaped(from: 9, to: 3, columns: 4), "9 rows → 3 × 4 columns"),
    (.unnamed("month", missing: 1, others: 0), "'month' is missing in 1 row: left out"),
    (.unnamed("month", missing: 2, others: 3), "'month' is missing in 2 rows, 3 rows have another 'month': left out"),
  ]

  @Test func whatCleaningDidIsCounted() {
    var replaced = CellChanges(of: "plan", asked: [(.text("Prm"), .text("premium")), (.text("n/a"), .missing)])
    #expect(StageNote(step: "s", .changed(replaced)).words == "s: 0 cells changed; no cell is \"Prm\", \"n/a\"")
    replaced.add(CellChanges.Change(from: .text("n/a"), to: .missing, cells: 2))
    #expect(
      StageNote(step: "s", .changed(replaced)).words
        == "s: 2 cells changed: \"n/a\" → missing 2; no cell is \"Prm\"")
    var numbers = CellChanges(of: "price", reading: .number)
    numbers.add(CellChanges.Change(from: .text("€ 1"), to: .float(1), cells: 1))
    numbers.add(unread: "abc", cells: 3, isTwofold: false)
    numbers.add(unread: "1,234", cells: 1, isTwofold: true)
    numbers.add(.currency("€"), cells: 1)
    #expect(
      StageNote(step: "s", .changed(numbers)).words
        == "s: 1 cell changed; 3 cannot be read (\"abc\"), 1 can be read in two ways (\"1,234\"); "
        + "`decimal: \".\"` or `decimal: \",\"` says which mark is the decimal one")
    numbers.add(.currency("$"), cells: 2)
    numbers.add(.percentage, cells: 1)
    #expect(
      StageNote(step: "s", .changed(numbers)).words.hasSuffix(
        "; 1 is a percentage, 5% being 0.05; 2 currencies are mixed: $ 2, € 1"))
  }

  @Test(arguments: notes.indices)
  func aStageIsNamedBeforeWhatItDid(place: Int) {
    let note = StageNote(step: "a step", Self.notes[place].remark)
    #expect(note.words == "a step: " + Self.notes[place].words)
    #expect(ModelNote.stage(note).words == note.words)
  }

  @Test func aSourceSpeaksForItself() {
    #expect(StageNote(step: nil, .source("2 rows rejected")).words == "load: 2 rows rejected")
  }

  @Test func labelsSayWhyTheyAreWhatTheyAre() {
    #expect(LabelNote.number.words(for: "price") == "price is a number to predict")
    #expect(
      LabelNote.positive(ValueCount(value: .int(1), count: 1), of: 3).words(for: "survived")
        == "survived: the positive class is 1, 1 of 3 rows (33.3%)")
    let kinds = ["a", " b", "c"].map { ValueCount(value: .text($0), count: 2) }
    #expect(
      LabelNote.classes(kinds).words(for: "kind")
        == "kind has 3 classes: a 2 (33.3%), \" b\" 2 (33.3%), c 2 (33.3%)")
    let many = (1...13).map { ValueCount(value: .int($0), count: Int($0)) }
    #expect(LabelNote.classes(many).words(for: "kind") == "kind has 13 classes of 1 to 13 rows")
  }

  @Test func modelsKeepWhatAPackageSaid() {
    #expect(ModelNote.kept("as it was").words == "as it was")
    #expect(
      ModelNote.categoriesKept("town", 200, of: 300).words
        == "town: the 200 most frequent of 300 categories are told apart, the others count as unseen")
  }
}
