import Tables
import Testing

@testable import Expressions

@Suite struct ExpressionDisplayTests {
  private static let a = Expression.column("a", .float)
  private static let b = Expression.column("b b", .float)

  @Test(arguments: [
    (Expression.call(.multiply, [.call(.add, [a, b]), .int(2)]), "(a + `b b`) * 2"),
    (.call(.add, [a, .call(.multiply, [b, .int(2)])]), "a + `b b` * 2"),
    (.call(.subtract, [a, .call(.subtract, [a, b])]), "a - (a - `b b`)"),
    (.call(.subtract, [.call(.subtract, [a, b]), a]), "a - `b b` - a"),
    (.call(.power, [.int(-2), .call(.negate, [a])]), "(-2) ^ -a"),
    (.call(.negate, [.call(.power, [a, .int(2)])]), "-a ^ 2"),
    (.call(.power, [a, .call(.power, [a, a])]), "a ^ a ^ a"),
    (.call(.not, [.call(.isMissing, [a])]), "not a == missing"),
    (.call(.and, [.call(.or, [.bool(true), .bool(false)]), .bool(true)]), "(true or false) and true"),
    (.call(.in, [a, .int(1), .missing(.int)]), "a in [1, missing]"),
    (.call(.between, [a, .int(1), .call(.add, [a, .int(1)])]), "a in 1..a + 1"),
    (.call(.matches, [.column("t", .text), .text("^\\d+$")]), "t ~ r\"^\\d+$\""),
    (.call(.add, [.call(.ifElse, [.bool(true), a, b]), .int(1)]), "(if true then a else `b b`) + 1"),
    (.call(.equal, [.call(.equal, [a, b]), .bool(true)]), "(a == `b b`) == true"),
    (.call(.round, [.float(1e20), .int(2)]), "round(1e20, 2)"),
    (.call(.contains, [.text("a\"b\\\n"), .text("x")]), "contains(\"a\\\"b\\\\\\n\", \"x\")"),
    (.aggregate(.quantile, [a, .float(0.5)]), "quantile(a, 0.5)"),
    (.call(.less, [.day(2026, 1, 31), .column("missing", .date)]), "@2026-01-31 < `missing`"),
  ])
  func parenthesesStandOnlyWhereTheyAreNeeded(expression: Expression, text: String) {
    #expect(expression.display == text)
  }
}
