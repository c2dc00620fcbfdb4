import Kernels
import Testing

@testable import Notation

@Suite struct AmountReaderTests {
  private static func value(_ text: String, decimal: String? = nil) throws -> Double? {
    let reader = try #require(AmountReader(decimal: decimal))
    if case .amount(let amount) = reader.reading(text) { return amount.value }
    return nil
  }

  @Test(
    arguments: [
      ("1,234.5", 1234.5), ("1.234,5", 1234.5), ("1 234,50", 1234.5), ("1'234.5", 1234.5), ("1\u{202F}234", 1234),
      ("1,234,567", 1_234_567), ("12,34,567.8", 1_234_567.8), ("0,125", 0.125), ("0.125", 0.125), ("12,5", 12.5),
      ("1234,567", 1234.567), ("12.", 12), (".5", 0.5), ("007", 7), ("+7", 7), ("\u{2212}12", -12), ("1.5e-3", 0.0015),
      ("€ 12", 12), ("12 €", 12), ("$1,234.50", 1234.5), ("NOK 1 000", 1000), ("12EUR", 12), ("Rs.500", 500),
      ("1 234,5 kr.", 1234.5), ("US$ 12", 12), ("5 zł", 5), ("12%", 0.12), ("12.5 %", 0.125), ("(5)", -5),
      ("($5.00)", -5), ("$(5.00)", -5), ("(5) kr", -5), ("-$5", -5), ("$-5", -5), ("  5 ", 5), ("(0)", 0),
    ])
  func whatPeopleWriteIsRead(text: String, expected: Double) throws {
    let value = try #require(try Self.value(text))
    #expect(value == expected)
    // Zero has no sign.
    #expect(value != 0 || value.sign == .plus)
  }

  @Test(
    arguments: [
      "", " ", "-", "$", "%", "abc", "12-34", "12 34", "1,2,3", "1  234", "5-", "12e", "--5", "5%%", "$$5", "12kg",
      "3M", "5k$", "EUR.50", "1,234.567,8", "(−5)", "inf", "nan", "1e999", String(repeating: "1", count: 600),
    ])
  func whatIsNoAmountIsNone(text: String) throws {
    for mark in [nil, ".", ","] as [String?] {
      let reader = try #require(AmountReader(decimal: mark))
      #expect(reader.reading(text) == .none)
    }
  }

  @Test(arguments: [
    ("1,234", 1234, 1.234), ("1.234", 1.234, 1234), ("-12.345 €", -12.345, -12345), ("(1,000)", -1000, -1),
  ])
  func whatCouldBeTwoNumbersIsReadByTheMarkAlone(text: String, point: Double, comma: Double) throws {
    #expect(AmountReader(decimal: nil)?.reading(text) == .twofold)
    #expect(try Self.value(text, decimal: ".") == point)
    #expect(try Self.value(text, decimal: ",") == comma)
  }

  @Test func aStatedMarkIsHeldTo() throws {
    #expect(try Self.value("12,5", decimal: ".") == nil)
    #expect(try Self.value("1.234,5", decimal: ".") == nil)
    #expect(try Self.value("1,234,5", decimal: ",") == nil)
    #expect(try Self.value("0,221", decimal: ".") == nil)
    #expect(AmountReader(decimal: ";") == nil && AmountReader(decimal: "") == nil)
  }

  @Test func signsAreTold() {
    let reader = AmountReader(decimal: nil)
    guard case .amount(let share)? = reader?.reading("12 %"), case .amount(let price)? = reader?.reading("kr. 12")
    else {
      Issue.record("not read")
      return
    }
    #expect(share.isPercentage && share.currency == nil)
    #expect(!price.isPercentage && price.currency == "kr.")
  }

  /// Of random texts: what is read without a mark is what one of the marks says and none says otherwise; what is twofold is two numbers.
  @Test func aReadingWithoutAMarkIsCertain() {
    let signs = Array("0123456789.,() -+%$€'eE_kr\u{A0}−x").map(String.init)
    var random = CounterRandom(seed: 5, stream: 0xA3)
    var (read, twofold) = (0, 0)
    for _ in 0..<200_000 {
      let text = (0..<random.next(below: 9)).map { _ in signs[random.next(below: signs.count)] }.joined()
      let stated = [".", ","].compactMap { mark -> Double? in
        if case .amount(let amount)? = AmountReader(decimal: mark)?.reading(text) { amount.value } else { nil }
      }
      switch AmountReader(decimal: nil)?.reading(text) {
      case .amount(let amount)?:
        read += 1
        #expect(Set(stated) == [amount.value], "\(text)")
      case .twofold?:
        twofold += 1
        #expect(Set(stated).count == 2, "\(text)")
      case .none?, nil: break
      }
    }
    #expect(read > 5000 && twofold > 10)
  }
}
