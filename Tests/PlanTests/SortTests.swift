import Kernels
import Tables
import Testing

@testable import Plan

@Suite struct SortTests {
  @Test func rowsNeedNotBeInMemory() throws {
    let table = Table([
      ("a", .int(Cells([2, 1, nil, 2, 1], filler: 9))), ("b", .text(TextCells(["x", "z", "a", nil, "y"]))),
    ])
    let sort = Sort(by: [Sort.Key("a", isDescending: true), Sort.Key("b")], words: "sort a = down, b")
    #expect(try sort.order(of: .whole(table), Progress()) == [0, 3, 4, 1, 2])
    #expect(try sort.choose(from: table, Progress()).rows == [0, 3, 4, 1, 2])
    #expect(try sort.order(of: .stored(ByRow(table)), Progress()) == [0, 3, 4, 1, 2])
  }

  /// A table that is given row by row.
  private struct ByRow: StoredRows {
    let table: Table
    var schema: Schema { table.schema }
    var rowCount: Int { table.rowCount }
    var missing: [Int] { table.columns.map(\.missingCount) }
    let isByColumn = true

    init(_ table: Table) { self.table = table }

    func fold(
      _ columns: Set<String>?, _ progress: Progress, _ take: (Table) throws(EngineError) -> Bool
    ) throws(EngineError) {
      let names = table.names.filter { columns?.contains($0) ?? true }
      for row in 0..<table.rowCount {
        if try !take(table.select(names).take(RowList(row..<row + 1))) { return }
      }
    }
  }
}
