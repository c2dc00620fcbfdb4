import Notation
import Tables
import Testing

@testable import Display

/// What `--json` and data files are made from: columns with types, lists as lists.
@Suite struct TypedResultTests {
  private func types(_ value: JSONValue) -> [String?] {
    (value["columns"]?.elements ?? []).map { $0["type"]?.string }
  }

  @Test func columnsHaveTheTypesOfTheirCells() {
    var table = DisplayTable(
      ["n", "x", "mixed", "word", "several", "none"],
      rows: [
        [.int(1), .float(0.5), .int(1), .text("a"), .text("a"), .missing],
        [.missing, .missing, .float(2.5), .text("b"), .int(1), .missing],
      ])
    #expect(table.types == ["int", "float", "float", "text", nil, nil])
    table.columns[5].cellType = .float
    #expect(types(JSONRenderer().value(.table(table))) == ["int", "float", "float", "text", nil, "float"])
    // Types of cells are no words under a heading.
    #expect(!TextRenderer().render(.table(table)).contains("float"))
  }

  @Test func aColumnOfNothingKeepsTheTypeThatItWasMadeWith() {
    let table = DisplayTable(["a", "b"], types: [.text, .float], rows: [])
    #expect(table.types == ["text", "float"])
  }

  @Test func metricsAndMatricesHaveTypedColumns() {
    let one = MetricsDisplay(rows: [.init("auc", 0.5)], notes: ["why"])
    let several = MetricsDisplay(columns: ["valid", "test"], rows: [.init("auc", [.init(0.5), nil])])
    #expect(JSONRenderer().value(.metrics(one))["columns"]?[0] == ["name": "value", "type": "float"])
    #expect(JSONRenderer().value(.metrics(one))["notes"] == ["why"])
    #expect(types(JSONRenderer().value(.metrics(several))) == ["float", "float"])
    #expect(MetricsDisplay(rows: []).figureNames.isEmpty)
    let matrix = JSONRenderer().value(
      .confusion(ConfusionMatrixDisplay(classes: ["a", "b"], counts: [[1, 2], [3, 4]])))
    #expect(matrix["columns"]?[1] == ["name": "b", "type": "int"])
    #expect(matrix["counts"] == [[1, 2], [3, 4]])
  }

  @Test func listsAreLists() {
    let facts = Display.facts([Fact("inputs", .text("a, b"), items: ["a", "b"]), Fact("rows", 3)])
    #expect(
      JSONRenderer().value(facts)["facts"]
        == [["name": "inputs", "value": ["a", "b"]], ["name": "rows", "value": 3]])
    #expect(TextRenderer().render(facts) == "inputs  a, b\nrows    3\n")
  }

  @Test func moreMembersStandBehindTheKind() {
    let value = JSONRenderer().value(.text("a"), with: [JSONMember("verb", "show"), JSONMember("line", 3)])
    #expect(value.text == #"{"kind":"text","verb":"show","line":3,"text":"a"}"#)
  }

  @Test func whatAValueHoldsIsCounted() {
    let table = Display.table(DisplayTable(["a", "b"], rows: [[.int(1), .int(2)], [.int(3), .int(4)]]))
    #expect(table.cellCount == 5)
    #expect(Display.group([table, .text("a")]).cellCount == 1 + 5 + 1)
  }
}
