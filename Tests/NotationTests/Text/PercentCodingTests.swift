import Notation
import Testing

@Suite struct PercentCodingTests {
  @Test(
    arguments: [
      ("abc", "abc"), ("a%20b", "a b"), ("%C3%A9", "é"), ("%c3%a9", "é"), ("p%40ss%2Fw%3A%23", "p@ss/w:#"),
      ("%25", "%"),
      ("", ""),
    ])
  func digitsStandForTheirByte(_ text: String, _ decoded: String) { #expect(PercentCoding.decoded(text) == decoded) }

  @Test(arguments: ["%", "a%2", "%zz", "%2g", "%C3", "%00", "%ff%fe", "%+1"])
  func whatStandsForNoTextIsNone(_ text: String) { #expect(PercentCoding.decoded(text) == nil) }
}
