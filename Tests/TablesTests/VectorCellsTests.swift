import Testing

@testable import Tables

@Suite struct VectorCellsTests {
  private static let codes: [Int32] = [2, -1, 0, 1, 2]
  private static let names = ["a", "b", "c"]
  private static let numbers: [Double] = [0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1]
  private static let coded = VectorCells(names: names, codes: codes)
  private static let dense = VectorCells(names: names, values: numbers, count: 5)

  @Test func equalCellsAreEqualHoweverStored() {
    #expect(Self.coded == Self.dense && Self.dense == Self.coded)
    #expect(Column.vector(Self.coded) == Column.vector(Self.dense))
    for place in Self.numbers.indices {
      var numbers = Self.numbers
      numbers[place] = numbers[place] == 0 ? 0.5 : 0
      #expect(Self.coded != VectorCells(names: Self.names, values: numbers, count: 5))
    }
    #expect(Self.coded != VectorCells(names: ["a", "b", "d"], values: Self.numbers, count: 5))
    #expect(Self.coded != VectorCells(names: Self.names, codes: [2, -1, 0, 1, 1]))
  }

  @Test func accessorsGiveTheSameNumbers() {
    for row in 0..<5 {
      #expect(Self.coded.row(row) == Self.dense.row(row))
      #expect(Column.vector(Self.coded)[row] == Column.vector(Self.dense)[row])
      for place in 0..<3 { #expect(Self.coded[row, place] == Self.dense[row, place]) }
    }
    for place in 0..<3 { #expect(Self.coded.values(of: place) == Self.dense.values(of: place)) }
    #expect(Self.coded.take([4, 1, 1]) == Self.dense.take([4, 1, 1]))
    #expect(Self.coded.denseValues == nil && Self.dense.denseValues == Self.numbers)
  }

  /// Chunk by chunk, a one-hot column is as narrow as in one piece: 48 GB as doubles here.
  @Test func partsOfCodesAreJoinedAsCodes() throws {
    let names = (0..<30_000).map { "\($0)" }
    var builder = ColumnBuilder()
    for part in 0..<4 {
      builder.append(.vector(VectorCells(names: names, codes: [Int32](repeating: Int32(part), count: 50_000))))
    }
    guard case .vector(let joined)? = builder.finish() else {
      Issue.record("no vector")
      return
    }
    #expect(joined.denseValues == nil && joined.count == 200_000 && joined[150_000, 3] == 1)
    var mixed = ColumnBuilder()
    mixed.append(.vector(Self.coded))
    mixed.append(.vector(Self.dense))
    guard case .vector(let both)? = mixed.finish() else {
      Issue.record("no vector")
      return
    }
    #expect(both.denseValues == Self.numbers + Self.numbers)
  }

  @Test func aWideColumnTakesFourBytesARow() {
    let names = (0..<30_000).map { "\($0)" }
    let cells = VectorCells(names: names, codes: (0..<200_000).map { Int32($0 % 30_000) })
    let taken = cells.take(RowList(0..<200_000))
    #expect(taken == cells)
    #expect(taken[199_999, 19_999] == 1 && taken[199_999, 0] == 0)
  }
}
