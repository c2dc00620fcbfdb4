import Kernels
import Tables
import Testing

@testable import Formats

/// What is written straight into memory is the text that a cell has everywhere else.
@Suite struct CellTextTests {
  private func text(_ write: (UnsafeMutablePointer<UInt8>) -> Int) -> String {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: CellText.longest) { buffer in
      guard let base = buffer.baseAddress else { return "" }
      return String(decoding: UnsafeBufferPointer(start: base, count: write(base)), as: UTF8.self)
    }
  }

  private static let days: [Int32] = [0, -1, -719_529, -719_528, -719_162, 2_932_896, 2_932_897, .min, .max, 11_016]

  @Test func wholeNumbersDaysAndMoments() {
    var random = CounterRandom(seed: 3)
    let far = (0..<3000).map { _ in Int64(bitPattern: random.next()) >> Int64(random.next(below: 64)) }
    for value in far + [0, 9, 10, 99, 100, 9999, 10_000, -10_000, .min, .max] {
      #expect(text { CellText.write(value, to: $0) } == Cell.int(value).description)
      #expect(text { CellText.write(moment: value, to: $0) } == Cell.datetime(value).description)
    }
    for day in far.map({ Int32(truncatingIfNeeded: $0 >> 40) }) + Self.days {
      #expect(text { CellText.write(day: day, to: $0) } == Cell.date(day).description)
    }
    #expect(text { CellText.write(true, to: $0) } == "true" && text { CellText.write(false, to: $0) } == "false")
  }

  @Test func floatsOfAnyNumberOfDigits() {
    var random = CounterRandom(seed: 4)
    var numbers: [Double] = [
      0, -0.0, 1, -1, 0.1, 0.3, 0.1 + 0.2, 1e-3, 9.99e-4, 1e-5, 1e15, 999_999_999_999_999, 1e16, 1e22, 123_456.789,
      2.5e-8,
      .infinity, -.infinity, .greatestFiniteMagnitude, .leastNonzeroMagnitude, 4_503_599_627_370_497.5,
    ]
    for _ in 0..<4000 {
      let places = Int(random.next(below: 17))
      let scale = (0..<places).reduce(1.0) { power, _ in power * 10 }
      numbers.append((random.nextNormal() * 1e4 * scale).rounded() / scale)
      numbers.append(Double(bitPattern: random.next()))
      numbers.append(random.nextNormal())
    }
    var writer = FloatText()
    for number in numbers where !number.isNaN {
      #expect(text { writer.write(number, to: $0) } == number.description)
    }
    // From decimals to none and back, with a writer that has lost its patience.
    for number in [2.0, 2.25, 3, 1_000_000, 0.5] {
      #expect(text { writer.write(number, to: $0) } == number.description)
    }
  }
}
