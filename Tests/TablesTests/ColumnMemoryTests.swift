import Kernels
import Testing

@testable import Tables

@Suite struct ColumnMemoryTests {
  /// The runs are the cells of every column, of whatever type, and nothing else.
  @Test func everyCellIsInARun() {
    let gap = Bitmap([true, false, true])
    let table = Table([
      ("b", .bool(Cells([true, false, true], validity: gap))), ("i", .int(Cells([1, 2, 3]))),
      ("f", .float(Cells([1, 2, 3]))), ("d", .date(Cells([1, 2, 3]))), ("t", .datetime(Cells([1, 2, 3]))),
      ("p", .text(TextCells(["ab", "", "c"]))),
      ("c", .text(TextCells(.dictionary(codes: [0, 1, 0], words: ["x", "y"])))),
      ("v", .vector(VectorCells(names: ["1", "2"], values: [1, 2, 3, 4, 5, 6], count: 3))),
      ("o", .vector(VectorCells(names: ["1", "2"], codes: [0, 1, 0]))),
    ])
    var sizes: [Int] = []
    table.eachRun { sizes.append($0.count) }
    #expect(sizes == [8, 3, 24, 24, 12, 24, 32, 3, 12, 48, 12])
  }

  @Test func theRunsAreWhereTheCellsAre() {
    let numbers = (0..<100).map { Double($0) }
    let table = Table([("f", .float(Cells(numbers)))])
    var copied: [UInt8] = []
    table.eachRun { copied += Array($0) }
    #expect(numbers.withUnsafeBytes { Array($0) } == copied)
  }
}
