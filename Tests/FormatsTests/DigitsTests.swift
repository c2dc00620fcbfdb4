import Glibc
import Kernels
import Notation
import Testing

@testable import Formats

/// Runs of digits that are read at once are read as `strtod` reads them, bit for bit.
@Suite struct DigitsTests {
  /// The short way of columns: every number of digits on both sides of the point, and any byte in place of a digit.
  @Test func decimalsOfEveryLengthAreReadAtOnce() {
    var random = CounterRandom(seed: 3)
    var wrong: [String] = []
    for _ in 0..<200 {
      for (whole, fraction) in (1...7).flatMap({ whole in (1...16).map { (whole, $0) } }) where whole + fraction <= 19 {
        let digits = (0..<whole + fraction).map { _ in UInt8(0x30 + random.next(below: 10)) }
        var text = digits[..<whole] + [0x2E] + digits[whole...]
        if random.next(below: 2) == 0 { text.insert(0x2D, at: 0) }
        let expected = whole > 1 && digits[0] == 0x30 ? nil : strtod(String(decoding: text, as: UTF8.self), nil)
        // Other fields stand around it.
        let around: [UInt8] = Array("17.25,0.5,-3.75,".utf8)
        if decimal(around + text + around, 16, 16 + text.count)?.bitPattern != expected?.bitPattern {
          wrong.append(String(decoding: text, as: UTF8.self))
        }
        let place = text.indices.last.map { $0 - random.next(below: fraction) } ?? 0
        text[place] = Array("e-:/ x\"".utf8)[random.next(below: 7)]
        if decimal(around + text + around, 16, 16 + text.count) != nil {
          wrong.append(String(decoding: text, as: UTF8.self))
        }
      }
    }
    #expect(wrong.prefix(5) == [])
  }

  private func decimal(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Double? {
    bytes.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.flatMap { Digits.decimal($0, start, end, NumberReader.shared.tens) }
    }
  }
}
