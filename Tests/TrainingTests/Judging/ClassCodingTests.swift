import Kernels
import Tables
import Testing
import Training

@Suite struct ClassCodingTests {
  @Test func wordsAreFoundByTheirBytes() {
    let classes = ["caf\u{e9}", "", "tea", "teapot"] + (0..<300).map { "class \($0)" }
    let coding = ClassCoding(classes.map(Cell.text))
    var random = CounterRandom(seed: 4, stream: 0)
    let drawn = (0..<40_000).map { _ in Int.random(in: 0..<classes.count, using: &random) }
    #expect(coding.codes(.text(TextCells(drawn.map { classes[$0] }))) == drawn.map { Int32($0) })
    let others = TextCells(["cafe\u{301}", nil, "te", "tea", "TEA"])
    #expect(coding.codes(.text(others)) == [-1, -1, -1, 2, -1])
    let stored = TextCells(
      .dictionary(codes: [1, 0, 1, 2], words: ["tea", "teapot", "mate"]), validity: Bitmap([true, true, false, true]))
    #expect(coding.codes(.text(stored)) == [3, 2, -1, -1])
  }

  @Test func numbersAndTruthsAreCodedToo() {
    #expect(ClassCoding([.int(4), .int(-2)]).codes(.int(Cells([-2, nil, 4, 5], filler: 0))) == [1, -1, 0, -1])
    #expect(
      ClassCoding([.bool(false), .bool(true)]).codes(.bool(Cells([true, nil, false], filler: false))) == [1, -1, 0])
    #expect(ClassCoding([.float(0.5), .float(2)]).codes(.float(Cells([2, 0.5, 1]))) == [1, 0, -1])
  }
}
