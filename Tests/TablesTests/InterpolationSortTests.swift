import Kernels
import Tables
import Testing

@Suite struct InterpolationSortTests {
  static func shapes(_ count: Int) -> [[Double]] {
    var random = CounterRandom(seed: UInt64(count))
    let normal = (0..<count).map { _ in random.nextNormal() }
    let far = normal.map { $0 < 0 ? -Double.greatestFiniteMagnitude : .greatestFiniteMagnitude }
    return [
      normal, normal.sorted(), normal.sorted(by: >), normal.map { ($0 * 3).rounded() }, far,
      // Nearly all in one bucket, again and again.
      (0..<count).map { Double(sign: .plus, exponent: ($0 * 37) % 600 - 300, significand: 1) },
      normal.enumerated().map { $0 == 0 ? 1e300 : $1 * .leastNormalMagnitude }, normal.map { $0 < 1 ? $0 : .infinity },
      [Double](repeating: 0.1, count: count),
    ]
  }

  @Test(arguments: [0, 1, 2, 16, 17, 100, 533, 1023])
  func itSortsWhateverTheShape(count: Int) {
    for numbers in Self.shapes(count) {
      var sorted = numbers
      InterpolationSort.sort(&sorted)
      #expect(sorted == numbers.sorted())
    }
  }
}
