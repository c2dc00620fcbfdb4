import Glibc
import Kernels
import Testing

@testable import Notation

/// Numbers are read as `strtod` reads them, bit for bit.
struct NumberReadingTests {
  private func read(_ text: String) -> WrittenNumber {
    let bytes = Array(text.utf8) + [0]
    return bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return WrittenNumber(.none) }
      return NumberReader.shared.read(base, 0, text.utf8.count, lenient: false)
    }
  }

  private func disagreements(_ texts: some Sequence<String>) -> [String] {
    texts.filter { read($0).kind == .none || read($0).double.bitPattern != strtod($0, nil).bitPattern }
  }

  @Test func randomDoublesReadBackAsTheyAre() {
    var random = CounterRandom(seed: 1)
    let texts = (0..<200_000).lazy.map { _ in Double(bitPattern: random.next()) }.filter(\.isFinite).map { "\($0)" }
    #expect(disagreements(texts) == [])
  }

  @Test func randomDigitsAgree() {
    var random = CounterRandom(seed: 2)
    let texts = (0..<200_000).map { _ -> String in
      let digits = (0..<1 + random.next(below: 21)).map { _ in "\(random.next(below: 10))" }.joined()
      let first = "\(1 + random.next(below: 9))"
      let exponent = random.next(below: 700) - 360
      return random.next(below: 2) == 0 ? "\(first).\(digits)e\(exponent)" : "-\(first)\(digits).\(digits)"
    }
    #expect(disagreements(texts) == [])
  }

  @Test(arguments: [
    "9007199254740993.0", "9007199254740992.5", "9007199254740991.4999999", "1.7976931348623157e308", "1e309",
    "4.9e-324",
    "2.4703282292062327e-324", "2.4703282292062328e-324", "2.2250738585072011e-308", "2.2250738585072014e-308",
    "8.988465674311580e307", "1e22", "1e23", "0.1", "123456789012345678901234567890.5",
    "0.000000000000000000000000123456789",
    "7.2057594037927933e16", "6929495644600919.5", "3.2378839133029012895883524125015321748630094985e-324", "1e-400",
    "0e999",
    "-0.0", "-0e5", "4503599627370496.5", "4503599627370497.5", "5e-325",
    "179769313486231580793728971405303415079934132710037e259",
  ])
  func edgesAgree(text: String) {
    #expect(read(text).double.bitPattern == strtod(text, nil).bitPattern)
  }

  @Test func halfwayCasesBetweenNeighboursAgree() {
    var random = CounterRandom(seed: 3)
    let texts = (0..<50_000).map { _ -> String in
      let mantissa = (random.next() >> 11) | 1 << 52
      let places = random.next(below: 3)
      return "\(mantissa)" + (places == 0 ? ".5" : places == 1 ? ".49999999999999" : ".50000000000001")
    }
    #expect(disagreements(texts) == [])
  }

  @Test(arguments: [
    "", "-", "+1", "007", "00.5", ".", "-.", "1e", "1e+", "e5", "1.2.3", "0x1p3", "1 2", "nan", "--1", "1f", "infx",
  ])
  func whatIsNoNumberIsNone(text: String) { #expect(read(text).kind == .none) }
}
