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

  private func value(_ expression: Expression, row: [Cell] = []) throws -> Cell {
    let compiled = try CompiledExpression(expression)
    return compiled.evaluate(row: row, compiled.makeScratch())
  }

  @Test(arguments: [
    ("12", 12.0), ("-1.5e-3", -0.0015), (" 7 ", 7), (".5", 0.5), ("1.", 1), ("0.1", 0.1),
    ("123456789012345678901234567890", 123_456_789_012_345_678_901_234_567_890), ("2.2250738585072014e-308", 0x1p-1022),
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
