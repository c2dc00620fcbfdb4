import Plan
import Tables
import Testing

@testable import Interpreter

@Suite struct NoteWordsTests {
  static let notes: [(remark: StageRemark, words: String)] = [
    (.notANumber(3), "3 results have no value and are missing"),
    (.takenAsUTC(2, of: 5), "2 of 5 times have no offset and are taken as UTC"),
    (.chosen(from: 5, to: 3, .condition(wrong: 1, missing: 1)), "5 rows → 3 (1 false, 1 missing)"),
    (.chosen(from: 5, to: 4, .repeated(1)), "5 rows → 4 (1 repeated)"),
    (.chosen(from: 5, to: 4, nil), "5 rows → 4"),
    (.filled(missing: 2, with: .float(28)), "28 for 2 missing"),
    (.filled(missing: 2, with: .text("Oslo")), "Oslo for 2 missing"),
    (.filled(missing: 2, with: nil), "2 filled"),
    (.nothingToFillWith, "every cell is missing: left as it is"),
    (.filledFromAbove("age", 4, left: 1), "age: 4 filled from above, 1 has none above"),
    (.scaled(centre: 43.9219298245614, divisor: 5.45159602316182), "(x - 43.92) / 5.452"),
    (.filled(missing: 1, with: .text("Oslo ")), "\"Oslo \" for 1 missing"),
    (.chosen(from: 1, to: 0, nil), "1 row → 0"),
    (.filledFromAbove("age", 4, left: 0), "age: 4 filled from above"),
    (.categories(1), "1 category"),
    (.categories(7), "7 categories"),
    (.scaled(centre: 2, divisor: 0.5), "(x - 2) / 0.5"),
  ]

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
