import Testing

@testable import Tables

/// Figures of numbers whose squares are past the range of numbers.
@Suite struct ExtremeNumbersTests {
  static let scales = [1e-300, 1e-200, 1e-160, 1e-154, 1, 1e154, 1e160, 1e200, 1e300]

  private static func deviation(_ values: [Double]) throws -> Double? {
    try ColumnProfile("x", .float(Cells(values))).numbers?.standardDeviation
  }

  @Test(arguments: scales, [2, 5, 4096, 10_000])
  func theDeviationGrowsWithTheNumbers(scale: Double, count: Int) throws {
    let values = (0..<count).map { Double($0 * 7919 % 101) - 50 }
    let plain = try #require(try Self.deviation(values))
    let scaled = try #require(try Self.deviation(values.map { $0 * scale }))
    #expect(abs(scaled / scale - plain) <= 1e-12 * plain)
  }

  @Test(arguments: scales)
  func scalingForALearnerIsNotLost(scale: Double) {
    let values = (0..<500).map { Double($0 % 10) }
    let (plain, scaled) = (NumberSummary(values), NumberSummary(values.map { $0 * scale }))
    #expect(abs(scaled.deviation / scale - plain.deviation) <= 1e-12 * plain.deviation)
    #expect(abs(scaled.mean / scale - plain.mean) <= 1e-12 * plain.mean)
  }

  @Test(arguments: scales) func oneNumberThroughoutDoesNotDeviate(value: Double) throws {
    #expect(try Self.deviation([Double](repeating: value, count: 5000)) == 0)
    #expect(NumberSummary([Double](repeating: value, count: 50)).deviation == 0)
  }

  @Test func partsOfVeryDifferentSizesAddUp() throws {
    let small = (0..<4096).map { Double($0 % 2) * 1e-200 }
    let large = (0..<4096).map { Double($0 % 2) * 1e200 }
    let (both, alone) = (
      try Self.deviation(small + large), try Self.deviation([Double](repeating: 0, count: 4096) + large)
    )
    #expect(both == alone)
  }

  @Test func infiniteValuesLeaveItUndefined() throws {
    #expect(try Self.deviation([1, .infinity, 2]) == nil)
  }
}
