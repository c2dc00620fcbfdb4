import Display
import Packaging
import Tables
import Testing

@testable import Caching

@Suite struct TypedResultCodingTests {
  /// A run that is not made again prints the same JSON: types and lists come back too.
  @Test func typesAndListsComeBack() throws {
    let displays: [Display] = [
      .table(DisplayTable(["a", "b"], types: [.text, .float], rows: [[.text("x"), .missing]])),
      .facts([Fact("inputs", .text("a, b"), items: ["a", "b"]), Fact("rows", 3)]),
    ]
    var writer = ByteWriter()
    writer.displays(displays)
    var reader = ByteReader(writer.bytes, in: 0..<writer.bytes.count)
    #expect(try reader.displays() == displays && reader.remaining == 0)
  }
}
