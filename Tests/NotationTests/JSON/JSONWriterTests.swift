import Notation
import Testing

/// SplitMix64: the same values in each run of the tests.
struct TestRandom: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

@Suite struct JSONWriterTests {
  @Test(arguments: UInt64(1)...200)
  func whatIsWrittenReadsBackEqual(seed: UInt64) throws {
    var random = TestRandom(state: seed)
    let value = Self.value(&random, depth: 5)
    #expect(try JSONValue(parsing: value.bytes) == value)
  }

  static func value(_ random: inout TestRandom, depth: Int) -> JSONValue {
    switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &random) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &random))
    case 2: return .int(Int64(bitPattern: random.next()) >> Int64.random(in: 0..<63, using: &random))
    case 3:
      let value = Double(bitPattern: random.next())
      return value.isFinite ? .double(value) : .double(0.1)
    case 4, 5: return .string(text(&random))
    case 6: return .array((0..<Int.random(in: 0..<6, using: &random)).map { _ in value(&random, depth: depth - 1) })
    default:
      let count = Int.random(in: 0..<20, using: &random)
      return .object((0..<count).map { JSONMember("\($0)" + text(&random), value(&random, depth: depth - 1)) })
    }
  }

  static func text(_ random: inout TestRandom) -> String {
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0..<12, using: &random) {
      let high: UInt32 = [0x80, 0x80, 0x800, 0x3000, 0x1_0FFFF].randomElement(using: &random) ?? 0x80
      if let scalar = Unicode.Scalar(UInt32.random(in: 0..<high, using: &random)) { text.append(scalar) }
    }
    return String(text)
  }

  @Test(arguments: [
    (JSONValue.double(1), "1.0"), (.double(0.1), "0.1"), (.double(1e300), "1e+300"), (.double(.nan), "null"),
    (.double(.infinity), "null"), (.int(.min), "-9223372036854775808"),
    (.string("a\"b\\\n\u{1b}\u{7f}"), #""a\"b\\\n\u001b\u007f""#),
    (.string("\u{2028}x\u{2029}"), #""\u2028x\u2029""#), (.array([]), "[]"),
  ])
  func valuesAreWrittenOneWay(value: JSONValue, text: String) {
    #expect(value.text == text)
  }

  @Test(arguments: UInt64(1)...50) func aPlainTextIsWrittenAsItIs(seed: UInt64) {
    var random = TestRandom(state: seed)
    for _ in 0..<40 {
      var text = Self.text(&random)
      var escaped: [UInt8] = []
      JSONText.append(text, to: &escaped)
      if text.withUTF8({ JSONText.isPlain(utf8: $0) }) { #expect(escaped == Array("\"\(text)\"".utf8)) }
    }
    for text in ["\"", "\\", "\u{1}", "\u{7F}", "\u{2028}"] {
      var text = "plain " + text
      #expect(!text.withUTF8 { JSONText.isPlain(utf8: $0) })
    }
    var plain = "plain größe 😀"
    #expect(plain.withUTF8 { JSONText.isPlain(utf8: $0) })
  }

  @Test func wholeDoublesReadAsInts() {
    #expect(JSONValue.double(3).int == 3)
    #expect(JSONValue.double(3.5).int == nil)
    #expect(JSONValue.double(1e300).int == nil)
    #expect(JSONValue.int(3).double == 3)
  }
}
