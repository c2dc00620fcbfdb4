import Tables
import Testing

@testable import Expressions

@Suite struct NumberTests {
  @Test func intsThatOverflowAreMissingAndCounted() throws {
    for (expression, cell) in [
      (Expression.call(.add, [.int(.max), .int(1)]), Cell.missing),
      (.call(.subtract, [.int(.min), .int(1)]), .missing),
      (.call(.multiply, [.int(.max), .int(2)]), .missing), (.call(.negate, [.int(.min)]), .missing),
      (.call(.abs, [.int(.min)]), .missing), (.call(.floorDivide, [.int(.min), .int(-1)]), .missing),
      (.call(.mod, [.int(.min), .int(-1)]), .int(0)), (.call(.floorDivide, [.int(1), .int(0)]), .missing),
      (.call(.mod, [.int(1), .int(0)]), .missing), (.call(.round, [.int(.max), .int(-1)]), .missing),
      (.call(.round, [.int(-15), .int(-1)]), .int(-20)), (.call(.int, [.float(1e19)]), .missing),
      (.call(.int, [.float(-2.9)]), .int(-2)), (.call(.int, [.text("-9223372036854775808")]), .int(.min)),
      (.call(.int, [.text("9223372036854775808")]), .missing),
    ] {
      #expect(try value(expression) == cell, "\(expression.display)")
    }
    let counted = try over([.int(.max), .int(1), .missing], .int) { .call(.add, [$0, .int(1)]) }
    #expect(counted.0 == [.missing, .int(2), .missing] && counted.notANumber == 1)
  }

  @Test func intsAndFloatsCompareExactlyPastTheDoublesThatHoldThem() throws {
    let big: Int64 = 9_007_199_254_740_993
    let rounded = Expression.float(9_007_199_254_740_992)
    #expect(try value(.call(.equal, [.int(big), rounded])) == .bool(false))
    #expect(try value(.call(.greater, [.int(big), rounded])) == .bool(true))
    #expect(try value(.call(.less, [rounded, .int(big)])) == .bool(true))
    #expect(try value(.call(.less, [.int(.max), .float(0x1p63)])) == .bool(true))
    #expect(try value(.call(.greaterOrEqual, [.int(.min), .float(-0x1p63)])) == .bool(true))
    #expect(try value(.call(.less, [.int(-1), .float(-0.5)])) == .bool(true))
    #expect(try value(.call(.equal, [.column("x", .int), .int(big - 1)]), row: [.int(big)]) == .bool(false))
  }

  /// A float takes no whole number whose digits it does not hold in its place, be it for another value or beside one.
  @Test func wholeNumbersThatAreMadeFloatsLoseNoDigits() throws {
    let (big, half) = (Expression.int(9_007_199_254_740_993), Expression.float(0.5))
    for expression in [
      Expression.call(.coalesce, [big, half]), .call(.ifElse, [.bool(true), big, half]), .call(.max, [big, half]),
      .call(.min, [half, big]), .call(.clamp, [big, half, .float(1e18)]),
    ] {
      #expect(try value(expression) == .missing, "\(expression.display)")
    }
    let cells: [Cell] = [.int(9_007_199_254_740_993), .int(9_007_199_254_740_992), .missing, .int(7)]
    let filled = try over(cells, .int) { .call(.coalesce, [$0, half]) }
    #expect(filled.0 == [.missing, .float(9_007_199_254_740_992), .float(0.5), .float(7)] && filled.notANumber == 1)
    // What is computed is a float's business: it rounds.
    #expect(try value(.call(.multiply, [big, .float(1)])) == .float(9_007_199_254_740_992))
    #expect(try value(.call(.int, [.text("9007199254740993.5")])) == .missing)
    #expect(try value(.call(.int, [.text("9007199254740993")])) == .int(9_007_199_254_740_993))
  }

  /// The first of three that is there, also past one that the float does not hold.
  @Test func coalesceTakesTheFirstThatIsThere() throws {
    let cells: [Cell] = [.missing, .int(3), .int(9_007_199_254_740_993)]
    let first = try over(cells, .int) { .call(.coalesce, [.missing(.float), $0, .float(0.5)]) }
    #expect(first.0 == [.float(0.5), .float(3), .missing] && first.notANumber == 1)
  }

  @Test(arguments: [
    "123,45", "(53,180.08)", "1.234,50", "5-", "1 234,50", "12-34", "inf", "NaN", "kr 5", "5 kr", "1,234", "", "-",
    "1e",
    "1e400", "0x10", "1..2", "--1",
  ])
  func aTextThatIsNoNumberInTheConventionIsMissingAndCounted(text: String) throws {
    #expect(try value(.call(.number, [.text(text)])) == .missing)
    let counted = try over([.text(text), .text("2"), .missing], .text) { .call(.number, [$0]) }
    #expect(counted.0 == [.missing, .float(2), .missing] && counted.notANumber == 1)
  }

  @Test(arguments: [
    ("1e5", 1e5), ("\u{2212}12", -12), (" 7 ", 7), ("007", 7), ("+3", 3), ("-0.5", -0.5), (".5", 0.5), ("1.", 1),
  ])
  func numberReadsWholeTexts(text: String, number: Double) throws {
    #expect(try value(.call(.number, [.text(text)])) == .float(number))
  }

  @Test(arguments: [
    ("123,45", ",", "", 123.45), ("1.234,50", ",", ".", 1234.5), ("53,180.08", ".", ",", 53_180.08),
    ("1 234,50", ",", " ", 1234.5), ("1\u{A0}234,50", ",", " ", 1234.5),
    ("1\u{202F}234\u{202F}567", ",", " ", 1_234_567),
    ("1'234.5", ".", "'", 1234.5), ("1\u{2019}234.5", ".", "'", 1234.5), ("1234,5", ",", ".", 1234.5),
    ("\u{2212}1.234,5e1", ",", ".", -12345), ("12", ",", ".", 12),
  ])
  func aConventionIsStated(text: String, decimal: String, group: String, number: Double) throws {
    #expect(try value(.call(.number, [.text(text), .text(decimal), .text(group)])) == .float(number))
  }

  @Test(arguments: [
    ("1.23", ",", "."), ("1.2345", ",", "."), ("12.34.567", ",", "."), ("1234.567", ",", "."), (".123", ",", "."),
    ("1.234.", ",", "."), ("0.123", ",", "."), ("1,5.000", ",", "."), ("1.5", ",", ""), ("1 23", ",", " "),
    ("1,234,5", ",", ""), ("1,5e1.0", ",", ""), ("1.234.567", ".", ","), ("1  234", ".", " "),
  ])
  func malformedGroupsAreMissing(text: String, decimal: String, group: String) throws {
    #expect(try value(.call(.number, [.text(text), .text(decimal), .text(group)])) == .missing)
  }

  @Test func parenthesesAreNegativeInAccountsAlone() throws {
    let account: [Expression] = [.text("."), .text(","), .bool(true)]
    #expect(try value(.call(.number, [.text("(53,180.08)")] + account)) == .float(-53_180.08))
    #expect(try value(.call(.number, [.text("-5")] + account)) == .float(-5))
    for text in ["(-5)", "()", "(5", "5)", "((5))"] {
      #expect(try value(.call(.number, [.text(text)] + account)) == .missing)
    }
  }

  @Test func marksThatNoNumberHasAreRefused() {
    for (decimal, group) in [(";", ""), (",", ","), (".", "x"), ("", ""), ("..", ""), (".", "5")] {
      #expect(throws: ExpressionError.badConvention(decimal: decimal, group: group)) {
        _ = try CompiledExpression(.call(.number, [.text("1"), .text(decimal), .text(group)]))
      }
    }
  }

  private func value(_ expression: Expression, row: [Cell] = []) throws -> Cell {
    let compiled = try CompiledExpression(expression)
    return compiled.evaluate(row: row, compiled.makeScratch())
  }

  @Test(arguments: [
    ("12", 12.0), ("-1.5e-3", -0.0015), (" 7 ", 7), (".5", 0.5), ("1.", 1), ("0.1", 0.1),
    ("123456789012345678901234567890", 0x1.8ee90ff6c373ep96), ("2.2250738585072014e-308", 0x1p-1022),
    ("17976931348623157e292", 1.7976931348623157e308), ("0.30000000000000004", 0.30000000000000004),
  ])
  func numbersAreReadToTheLastBit(text: String, number: Double) throws {
    #expect(try value(.call(.float, [.text(text)])) == .float(number))
  }

  @Test(arguments: ["", " ", "1,5", "0x10", "nan", "inf", "1e", "--1", "1 2", "1e999", "+", "."])
  func whatIsNoNumberIsMissing(text: String) throws {
    #expect(try value(.call(.float, [.text(text)])) == .missing)
  }

  @Test func roundingGoesAwayFromZero() throws {
    #expect(try value(.call(.round, [.float(2.5)])) == .float(3))
    #expect(try value(.call(.round, [.float(-2.5)])) == .float(-3))
    #expect(try value(.call(.round, [.float(1234.5), .int(-2)])) == .float(1200))
    #expect(try value(.call(.round, [.float(0.1), .int(400)])) == .float(0.1))
    #expect(try value(.call(.floorDivide, [.float(-7.5), .int(2)])) == .float(-4))
    #expect(try value(.call(.mod, [.float(-7.5), .int(2)])) == .float(0.5))
  }
}
