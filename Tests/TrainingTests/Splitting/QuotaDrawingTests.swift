import Testing

@testable import Training

@Suite struct QuotaDrawingTests {
  @Test func everyQuotaIsFilledExactly() {
    let quotas = [[3, 0, 2], [0, 0, 0], [1, 1, 1], [0, 40, 7]]
    var drawing = QuotaDrawing(quotas, seed: 4)
    var counts = quotas.map { $0.map { _ in 0 } }
    var row = 0
    for (stratum, quota) in quotas.enumerated() {
      for _ in 0..<quota.reduce(0, +) {
        counts[stratum][drawing.draw(stratum, row)] += 1
        row += 1
      }
    }
    #expect(counts == quotas)
  }

  @Test func everyWayToFillThemIsAsLikely() {
    // Two of four rows: six ways.
    var ways: [[Int]: Int] = [:]
    for seed in 0..<6000 {
      var drawing = QuotaDrawing([[2, 2]], seed: UInt64(seed))
      ways[(0..<4).map { drawing.draw(0, $0) }, default: 0] += 1
    }
    // Six standard deviations of a count.
    #expect(ways.count == 6 && ways.values.allSatisfy { abs($0 - 1000) < 175 })
  }
}
