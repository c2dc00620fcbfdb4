import Tables
import Testing

/// Texts are told apart by their bytes, as scoring graphs and exported formats do, also where Swift's strings are equal.
@Suite struct TextBytesTests {
  private static let words = ["é", "e\u{301}", "é", "", "e\u{301}", "Å", "A\u{30A}", "\u{212B}", ""]
  private static let codes: [Int32] = [0, 1, 0, 2, 1, 3, 4, 5, 2]

  @Test func plainTextIsCodedByItsBytes() {
    let (codes, words) = TextCells(Self.words).encoded()
    #expect(codes == Self.codes)
    #expect(words.map { Array($0.utf8) } == ["é", "e\u{301}", "", "Å", "A\u{30A}", "\u{212B}"].map { Array($0.utf8) })
  }

  @Test func aDictionaryIsCodedByItsBytes() {
    let cells = TextCells(.dictionary(codes: (0..<Int32(Self.words.count)).map { $0 }, words: Self.words))
    #expect(cells.encoded().codes == Self.codes)
  }

  @Test func missingCellsHaveNoCode() {
    #expect(TextCells(["a", nil, "b", nil, "a"]).encoded().codes == [0, -1, 1, -1, 0])
  }

  @Test func manyWordsAreToldApart() {
    let words = (0..<5000).map { "word \($0 % 1700)" }
    let (codes, distinct) = TextCells(words).encoded()
    #expect(distinct.count == 1700)
    #expect(codes.enumerated().allSatisfy { distinct[Int($1)] == words[$0] })
  }

  @Test func columnsAndCellsAreEqualWhereTheirBytesAre() {
    #expect(Cell.text("é") != Cell.text("e\u{301}"))
    #expect(Set([Cell.text("é"), .text("e\u{301}"), .text("é")]).count == 2)
    #expect(TextCells(["é"]) != TextCells(["e\u{301}"]))
    #expect(
      TextCells(["é", nil]) == TextCells(.dictionary(codes: [0, 0], words: ["é"]), validity: Bitmap([true, false])))
  }

  @Test func cellsOfTwoTypesAreNeverEqual() {
    #expect(Cell.int(1) != Cell.float(1))
    #expect(Cell.int(1) != Cell.datetime(1))
    #expect(Cell.float(0) == Cell.float(-0.0))
  }
}
