import Display
import Packaging
import Tables
import Testing

@testable import Caching

/// What stages show comes back from a cache as it was.
@Suite struct DisplayCodingTests {
  static let plots: [Plot] = [nil, .diagonal, .level(0.25)].map { reference in
    Plot(
      .histogram, x: "day", y: "rows", colour: "sex", title: "t", yScale: .log, edges: [0, 1.5, 3],
      reference: reference,
      data: Table([
        ("day", .date(Cells([18_000, nil], filler: 0))), ("rows", .float(Cells([1, 2.5]))),
        ("sex", .text(TextCells(["f", nil]))),
      ]))
  }

  static let tree = TreeDisplay(
    title: nil,
    nodes: [
      TreeDisplay.Node(
        rule: nil, depth: 0, rows: 9, answer: .text("yes"), share: 0.75, series: 1, isLeaf: false, omitted: 2),
      TreeDisplay.Node(rule: "a <= 1", depth: 1, rows: nil, answer: .missing, share: nil, isLeaf: true),
    ], totalNodes: 5, totalLeaves: 3)

  @Test func plotsAndTreesComeBackAsTheyWere() throws {
    let displays = [Display.group(Self.plots.map(Display.plot) + [.tree(Self.tree)])]
    var writer = ByteWriter()
    writer.displays(displays)
    var reader = ByteReader(writer.bytes, in: 0..<writer.bytes.count)
    #expect(try reader.displays() == displays && reader.remaining == 0)
  }

  @Test func damagedBytesAreRefusedOrReadAndNeverTrap() {
    var writer = ByteWriter()
    writer.displays([.plot(Self.plots[1]), .tree(Self.tree)])
    for place in writer.bytes.indices {
      for change in [1, 0x80, 0xFF] as [UInt8] {
        var bytes = writer.bytes
        bytes[place] ^= change
        var reader = ByteReader(bytes, in: 0..<bytes.count)
        // try? is safe: either outcome will do, as long as there is one.
        _ = try? reader.displays()
      }
    }
  }
}
