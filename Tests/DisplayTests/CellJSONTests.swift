import Display
import Notation
import Tables
import Testing

@Suite struct CellJSONTests {
  @Test(arguments: [
    (Cell.missing, "null"), (.float(.nan), "null"), (.date(0), "\"1970-01-01\""),
    (.vector([1, .infinity]), "[1.0,null]"),
    (.text("null"), "\"null\""), (.int(1), "1"),
  ])
  func missingCellsAreNull(cell: Cell, text: String) {
    #expect(JSONValue(cell).text == text)
  }
}
