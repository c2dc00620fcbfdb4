import Display
import Notation
import Tables
import Testing

@Suite struct DisplayTableTests {
  @Test func vectorColumnsAreShownExpanded() {
    let vector = VectorCells(names: ["gold", "basic"], values: [1, 0, 0, 1], count: 2)
    let table = DisplayTable(headOf: Table([("plan", .vector(vector))]), rows: 1)
    #expect(table.columns.map(\.name) == ["plan=gold", "plan=basic"])
    #expect(table.rows == [[.float(1), .float(0)]])
    #expect(table.totalRows == 2 && table.totalColumns == 1 && table.isTruncated)
  }

  @Test func wideVectorColumnsStayOneColumn() {
    let vector = VectorCells(names: ["a", "b", "c"], values: [1, 2, 3], count: 1)
    let table = DisplayTable(headOf: Table([("v", .vector(vector))]), widest: 2)
    #expect(table.rows == [[.vector([1, 2, 3])]])
  }

  @Test(arguments: [-3, 0, 2, 5])
  func headNeverTakesMoreRowsThanThereAre(rows: Int) {
    let source = Table([("a", .int(Cells([1, 2, 3])))])
    #expect(DisplayTable(headOf: source, rows: rows).rows.count == min(max(rows, 0), 3))
  }

  @Test func computedNumbersStandToTheRight() {
    let table = DisplayTable(["slice", "auc", "none"], rows: [[.text("NO"), .float(0.8), .missing], [.text("SE")]])
    #expect(table.columns.map(\.alignment) == [.left, .right, .left])
  }
}
