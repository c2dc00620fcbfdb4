import Kernels
import Tables
import Testing

@testable import Relational

/// Rows are found by their keys, however these are coded.
@Suite struct KeyIndexTests {
  private func columns(_ columns: [Column]) throws -> [KeyColumn] { try columns.map { try #require(KeyColumn($0)) } }

  /// For each row of `others` the rows of `own` with the same cells.
  private func found(_ own: [Column], by others: [Column]) throws -> [[Int]] {
    let index = try KeyIndex(try columns(own), Progress())
    let found = try index.found(try columns(others), rows: others[0].count, Progress())
    return (0..<found.count).map { row in
      let match = Int(found.base[row])
      if match < 0 { return [] }
      return index.groups.map { $0.rows(of: match).map { Int($0) } } ?? [match]
    }
  }

  private func expected(_ own: [Column], by others: [Column]) -> [[Int]] {
    (0..<others[0].count).map { row in
      (0..<own[0].count).filter { other in
        zip(own, others).allSatisfy { $0[other] == $1[row] && $1[row] != .missing }
      }
    }
  }

  /// Dense and sparse ints, the ends of their range, and several columns that fit into 64 bits or do not.
  @Test(
    arguments: [
      [[1, 2, 3, 2, nil]], [[Int64.min, Int64.max, 0, -1, 0]], [[10, 1 << 40, 10, 7, 9]],
      [[1, 2, 1, 2, 1], [7, 7, 8, 7, nil]], [[Int64.min, Int64.max, 0, 0, 0], [1, 1, 1, 2, 1]],
      [[1 << 40, 2, 1 << 40, 2, 1], [1 << 30, 7, 1 << 30, 7, 7]],
    ] as [[[Int64?]]])
  func wholeNumbersAreFound(_ cells: [[Int64?]]) throws {
    let own = cells.map { Column.int(Cells($0, filler: 0)) }
    let others = cells.map { Column.int(Cells($0.reversed() + [3, nil, 11], filler: 0)) }
    #expect(try found(own, by: others) == expected(own, by: others))
  }

  @Test func textsAreFoundByTheirBytes() throws {
    let words = ["é", "e\u{301}", "", "a longer text", "a longer text", nil, "b"]
    let coded = TextCells(.dictionary(codes: [0, 1, 3, 3, 2], words: ["a longer text", "é", "", "b"]))
    for (own, others) in [
      (Column.text(TextCells(words)), Column.text(coded)), (.text(coded), .text(TextCells(words))),
      (.text(coded), .text(coded)),
    ] {
      #expect(try found([own], by: [others]) == expected([own], by: [others]))
    }
    let numbers = Column.int(Cells([1, 1, 1, 1, 2, 1, 1]))
    let own = [Column.text(TextCells(words)), numbers]
    #expect(try found(own, by: own) == expected(own, by: own))
  }

  /// So many keys that the table has several parts, which are filled side by side.
  @Test(arguments: [1, 3]) func manyKeysAreFound(threads: Int) throws {
    defer { Threads.set(2) }
    Threads.set(threads)
    let count = 70_000
    let own = Column.int(Cells((0..<count).map { Int64($0 / 2) &* 1_000_003 }))
    let others = Column.int(Cells((0..<count).map { Int64($0) &* 1_000_003 }))
    let found = try found([own], by: [others])
    #expect(found.indices.allSatisfy { found[$0] == ($0 < count / 2 ? [2 * $0, 2 * $0 + 1] : []) })
  }

  @Test func noRowsHaveNoKeys() throws {
    let none = [Column.text(TextCells([])), .int(Cells([]))]
    #expect(try found(none, by: [.text(TextCells(["a"])), .int(Cells([1]))]) == [[]])
    #expect(try found([.int(Cells([1]))], by: [.int(Cells([]))]).isEmpty)
  }
}
