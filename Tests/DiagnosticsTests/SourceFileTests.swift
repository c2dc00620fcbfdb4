import Diagnostics
import Testing

@Suite struct SourceFileTests {
  @Test func countsColumnsInScalars() {
    let source = SourceFile(name: "x", text: "é\r\n漢字x\n")
    #expect(source.position(of: 0) == (1, 1))
    #expect(source.position(of: 2) == (1, 2))
    #expect(source.position(of: 10) == (2, 3))
    #expect(source.position(of: 999) == (3, 1))
    #expect(source.line(1) == "é")
    #expect(source.line(2) == "漢字x")
    #expect(source.line(3).isEmpty && source.line(0).isEmpty && source.line(4).isEmpty)
  }

  @Test(arguments: [1_023, 1_024, 1_025, 5_000])
  func columnsOfLongLinesAreExact(length: Int) {
    let source = SourceFile(name: "x", text: "first\n" + String(repeating: "é", count: length) + "x")
    #expect(source.position(of: 6 + 2 * length) == (2, length + 1))
    #expect(source.position(of: 6 + 2 * (length / 2)) == (2, length / 2 + 1))
  }
}
