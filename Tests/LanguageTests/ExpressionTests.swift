import Language
import Testing

@Suite struct ExpressionTests {
  @Test(
    arguments: [
      ("a + b * c", "(+ a (* b c))"), ("a - b - c", "(- (- a b) c)"), ("a / b // c", "(// (/ a b) c)"),
      ("2 ^ 3 ^ 2", "(^ 2 (^ 3 2))"), ("-x ^ 2", "(- (^ x 2))"), ("2 ^ -x ^ 2", "(^ 2 (- (^ x 2)))"),
      ("- -x", "(- (- x))"), ("a * -b", "(* a (- b))"), ("a or b and not c", "(or a (and b (not c)))"),
      ("not a == b", "(not (== a b))"), ("not not a", "(not (not a))"), ("a == b and c < d", "(and (== a b) (< c d))"),
      ("x in 1..3", "(in x (.. 1 3))"), ("x in [1, 2,]", "(in x [1 2])"), ("a + 1..b * 2", "(.. (+ a 1) (* b 2))"),
      ("x ~ r\"a\\d\"", "(~ x r\"a\\d\")"), ("f(a, b: 3)", "f(a b:3)"), ("f()", "f()"), ("f (a)", "f(a)"),
      ("log(0.01..0.3)", "log((.. 0.01 0.3))"), ("report.auc > 0.5", "(> (. report auc) 0.5)"),
      ("a.in.b", "(. (. a in) b)"),
      ("{a: 1, in: text, `x y`: [2]}", "{a:1 in:text x y:[2]}"), ("{}", "{}"), ("[]", "[]"),
      ("if a then b else if c then d else e", "(if a b (if c d e))"),
      ("if a or b then 1 else 2 + 3", "(if (or a b) 1 (+ 2 3))"),
      ("(a + b) * c", "(* (+ a b) c)"), ("true and missing == false", "(and true (== missing false))"),
      ("`in` + `a b`", "(+ in a b)"),
      ("@2026-01-01..@2026-02-01", "(.. @2026-01-01 @2026-02-01)"), ("f(missing: 1, if: 2)", "f(missing:1 if:2)"),
    ])
  func groups(text: String, expected: String) {
    #expect(shape(text) == expected)
  }

  @Test(
    arguments: [
      "", "a +", "a b", "(a", "a)", "[a", "{a}", "{(1): 2}", "f(a: 1, 2)", "1 + if a then b else c", "if a then b",
      "a == not b", "a..b..c", "a < b < c", "a = b", "a.", "a.b()", "a[0]", "(a, b)", "and", "x not in y",
      "x is missing",
    ])
  func refuses(text: String) {
    #expect(shape(text) == nil)
  }

  @Test(arguments: [("a", 1), ("a + b", 2), ("[[a]]", 3), ("a + b + c + d", 4), ("f(a, b: -c)", 3)])
  func heightCountsLevels(text: String, height: Int) {
    #expect(Parsed("derive x = " + text).codes.isEmpty)
    guard case .pipeline(let pipeline) = Parsed("derive x = " + text).program.statements[0].kind,
      case .stage(let stage) = pipeline.elements[0], case .assignment(_, let value) = stage.arguments[0].kind
    else {
      Issue.record("no value")
      return
    }
    #expect(value.height == height)
  }

  @Test func rangesCoverTheirText() {
    let parsed = Parsed("filter (a + b) * max(c, 1) > 3 # note")
    guard case .pipeline(let pipeline) = parsed.program.statements[0].kind,
      case .stage(let stage) = pipeline.elements[0],
      case .positional(let condition) = stage.arguments[0].kind, case .binary(_, let product, _) = condition.kind,
      case .binary(_, let sum, let call) = product.kind
    else {
      Issue.record("another shape")
      return
    }
    #expect(parsed.source[condition.range] == "(a + b) * max(c, 1) > 3")
    #expect(parsed.source[product.range] == "(a + b) * max(c, 1)")
    #expect(parsed.source[sum.range] == "a + b" && sum.isParenthesised)
    #expect(parsed.source[call.range] == "max(c, 1)")
    #expect(parsed.source[stage.range] == "filter (a + b) * max(c, 1) > 3")
  }
}
