import Diagnostics
import Interpreter
import Testing

struct DefineTests {
  @Test("a defined verb is written out with its arguments")
  func expands() {
    let checked = CheckerTests.check(
      """
      define tidy, columns, how: median {
        let limit = 3
        filter age > limit
        impute columns = how
      }
      load people
      tidy [age, income]
      tidy numeric(), how: mean
      """)
    #expect(checked.diagnostics.isEmpty)
    #expect(
      checked.lines.map(\.words).filter { $0.hasPrefix("impute") } == [
        "impute [age, income] = median, flag: false", "impute numeric() = mean, flag: false",
      ])
  }

  @Test("what fails in a body points at the call, and says where in the body")
  func pointsAtCall() throws {
    let script = "define tidy, columns { impute columns = median }\nload people\ntidy agee"
    let first = try #require(CheckerTests.check(script).diagnostics.first)
    #expect(first.code == .unknownColumn)
    #expect(first.range == SourceRange(66, 70))
    #expect(first.stage == "stage 2 of the flow that starts at line 2")
    #expect(first.help.contains("in tidy: impute agee = median"))
  }

  @Test("the names of a body are its own")
  func isHygienic() {
    let script = """
      define tidy, condition { let age = 40
        filter condition }
      load people
      tidy age > 3
      """
    #expect(CheckerTests.check(script).diagnostics.isEmpty)
  }

  @Test(
    "calls and definitions that cannot be are refused",
    arguments: [
      ("define d, x { drop x }\nload people\nd", DiagnosticCode.missingArgument),
      ("define d, x { drop x }\nload people\nd age, name", .unexpectedArgument),
      ("define d, x { drop x }\nload people\nd y: age", .unknownOption),
      ("define d, x { drop x }\nload people\nd age, x: name", .unexpectedArgument),
      ("define d { d }", .recursion),
      ("define d { d x: 1 }", .recursion),
      ("define load { drop x }", .reservedName),
      ("define d, x, x { drop x }", .duplicateName),
      ("define d { flter age > 1 }", .unknownVerb),
    ])
  func refuses(_ script: String, _ code: DiagnosticCode) {
    #expect(
      CheckerTests.check(script + "\nload people\n" + (script.contains("define d { d }") ? "d" : "")).diagnostics.map(
        \.code
      ).contains(code))
  }

  @Test("definitions that double with every level end in an error")
  func boundsExpansion() {
    var script = "define d0 { filter age > 1 }\n"
    for level in 1...30 { script += "define d\(level) {\n d\(level - 1)\n d\(level - 1)\n}\n" }
    #expect(CheckerTests.check(script + "load people\nd30").diagnostics.map(\.code).contains(.tooDeep))
  }

  @Test("use takes up another file's lets and defines, and tells what is wrong in it")
  func uses() {
    let files = [
      "lib.mlp": "let old(x) = x > 40\ndefine adults { filter old(age) }",
      "bad.mlp": "let f(x) = nope(x)", "flow.mlp": "load people", "a.mlp": "use \"b.mlp\"", "b.mlp": "use \"a.mlp\"",
    ]
    func check(_ script: String) -> [Diagnostic] {
      let read: ScriptReader = { path throws(ScriptReadFailure) in
        guard let text = files[path] else { throw ScriptReadFailure("no such file or folder") }
        return text
      }
      return Checker(fakeVocabulary, readScript: read).check(SourceFile(name: "t.mlp", text: script)).diagnostics
    }
    #expect(check("use \"lib.mlp\"\nload people\nadults\nfilter old(age)").isEmpty)
    #expect(check("use \"bad.mlp\"").first?.help == ["bad.mlp:1:12: no function 'nope'"])
    #expect(check("use \"flow.mlp\"").map(\.code) == [.badUse])
    #expect(check("use \"gone.mlp\"").map(\.code) == [.badUse])
    #expect(check("use \"a.mlp\"").map(\.code) == [.badUse])
  }
}
