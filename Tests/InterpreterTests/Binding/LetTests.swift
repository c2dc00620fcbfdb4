import Diagnostics
import Expressions
import Interpreter
import Language
import Tables
import Testing

struct LetTests {
  @Test("functions made by let are written out over their arguments")
  func expands() {
    let scope = People.scope("let cut = 40\nlet old(x) = x > cut\nlet very(x) = old(x) and x > cut * 2")
    #expect(People.bind("very(age)", scope).bound.expression?.display == "age > 40 and age > 40 * 2")
  }

  @Test("a name that is both a column and a let has to be made clear")
  func refusesAmbiguity() {
    let scope = People.scope("let age = 3")
    #expect(People.bind("age > 1", scope).diagnostics.map(\.code) == [.ambiguousName])
    #expect(People.bind("income > 1", scope).diagnostics.isEmpty)
  }

  @Test("a let keeps the meaning its names had when it was made")
  func bindsStatically() {
    let scope = People.scope("let cut = 1\nlet old(x) = x > cut\nlet cut = 2")
    #expect(People.bind("old(age)", scope).bound.expression?.display == "age > 1")
  }

  @Test("what is wrong in a body is told at the call, with the body")
  func pointsAtTheCall() throws {
    let scope = People.scope("let longer(x) = length(x) > 3")
    let first = try #require(People.bind("income > 1 and longer(age)", scope).diagnostics.first)
    #expect(first.code == .wrongType)
    #expect(first.range == SourceRange(15, 26))
    #expect(first.help.first == "in longer(x) = length(x) > 3")
  }

  @Test(
    "a body that can never work is refused where it is made",
    arguments: [
      ("let f(x) = f(x) + 1", DiagnosticCode.recursion),
      ("let f(x) = age > x", .unknownName),
      ("let f(x) = nope(x)", .unknownFunction),
      ("let f(x) = 1 + \"a\"", .wrongType),
      ("let f(x, x) = x", .duplicateName),
      ("let sqrt(x) = x", .reservedName),
    ])
  func refuses(_ script: String, _ code: DiagnosticCode) {
    let checker = Checker(Vocabulary([]), readScript: { _ in "" })
    #expect(checker.check(SourceFile(name: "test", text: script)).diagnostics.map(\.code) == [code])
  }

  @Test("lets that double with every call end in an error, not in memory")
  func boundsGrowth() {
    var script = "let f0(x) = x + x\n"
    for level in 1...40 { script += "let f\(level)(x) = f\(level - 1)(x) + f\(level - 1)(x)\n" }
    let scope = People.scope("let f0(x) = x + x\nlet f1(x) = f0(f0(f0(f0(f0(f0(x))))))\nlet f2(x) = f1(f1(f1(x)))")
    #expect(People.bind("f2(age) > 0", scope).diagnostics.contains { $0.code == .tooDeep })
    #expect(People.bind("f40(age) > 0", People.scope(script)).diagnostics.contains { $0.code == .tooDeep })
  }
}

struct ScalarTests {
  @Test(
    "a scalar expression is computed by the evaluator of rows",
    arguments: [
      ("1 + 2", "3"), ("2 ^ 10", "1024.0"), ("seconds(10)", "10"), ("\"a\" + \"b\"", "\"ab\""),
      ("[1, 2 + 3]", "[1, 5]"), ("{a: 1, b: \"x\"}", "{a: 1, b: \"x\"}"), ("1..3", "1..3"), ("missing", "missing"),
      ("@2026-01-31", "@2026-01-31"), ("if 1 < 2 then \"y\" else \"n\"", "\"y\""), ("max(1, 2)", "2"),
      ("-3", "-3"), ("3 in [1, 3]", "true"), ("{a: 7}.a", "7"),
    ])
  func computes(_ written: String, _ shown: String) {
    let (scalar, diagnostics) = People.scalar(written)
    #expect(diagnostics.isEmpty)
    #expect(scalar?.description == shown)
  }

  @Test(
    "a scalar that cannot be is an error",
    arguments: [
      ("nope + 1", DiagnosticCode.unknownName), ("mean(3)", .wrongType), ("{a: 1}.b", .unknownMember),
      ("1 + \"a\"", .wrongType), ("(5).x", .unknownMember),
    ])
  func refuses(_ written: String, _ code: DiagnosticCode) {
    #expect(People.scalar(written).diagnostics.map(\.code) == [code])
  }
}
