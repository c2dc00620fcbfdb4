import Kernels
import Tables
import Testing

@testable import Plan

@Suite struct FilledColumnTests {
  /// However rows are cut into chunks, the figures have the same bits, and are those of the numbers themselves.
  @Test(arguments: [0.0, 1e8, -3e12]) func chunksDoNotShow(_ offset: Double) throws {
    var random = CounterRandom(seed: 4)
    let before = (0..<5000).map { $0 % 7 == 3 ? nil : offset + random.nextNormal() }
    let after = before.map { $0 ?? offset + 2 }
    func filled(_ rows: Range<Int>) -> FilledColumn {
      FilledColumn(
        "x", from: .float(Cells(Array(before[rows]), filler: 0)), to: .float(Cells(Array(after[rows]))),
        isPart: rows.count < 5000)
    }
    let whole = filled(0..<5000)
    for size in [1, 17, 1000, 4999] {
      let parts = stride(from: 0, to: 5000, by: size).map { [filled($0..<min(5000, $0 + size))] }
      let joined = parts.dropFirst().reduce(parts[0]) { $0.followed(by: $1) }
      #expect(joined == [whole])
    }
    let shifted = after.map { $0 - offset }
    let mean = shifted.reduce(0, +) / 5000
    let deviation = (shifted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4999).squareRoot()
    let found = try #require(whole.after)
    #expect(abs(found.mean - offset - mean) <= 1e-14 * max(1, abs(offset)))
    #expect(abs((found.deviation ?? 0) - deviation) <= max(1e-12, 1e-15 * abs(offset)))
    #expect(whole.filled == 714 && whole.left == 0)
  }

  @Test func textsHaveNoMean() {
    let filled = FilledColumn(
      "s", value: .text("b"), from: .text(TextCells(["a", nil, nil])), to: .text(TextCells(["a", "b", nil])))
    #expect(filled.filled == 1 && filled.left == 1 && filled.before == nil && filled.after == nil)
  }
}
