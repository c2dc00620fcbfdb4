import Diagnostics
import Language
import Testing

@Suite struct StatementTests {
  private func elements(_ text: String) -> [PipelineElement] {
    let parsed = Parsed(text)
    #expect(parsed.codes.isEmpty)
    guard case .pipeline(let pipeline) = parsed.program.statements.first?.kind else { return [] }
    return pipeline.elements
  }

  @Test(
    arguments: [
      ("report.auc", "expression"), ("x == 3", "expression"), ("f(3)", "expression"), ("x in [1]", "expression"),
      ("x and y", "expression"), ("x - 3", "expression"), ("1..3", "expression"), ("x ..3", "expression"),
      ("(x)", "expression"),
      ("-x", "expression"), ("not x", "expression"), ("[a]", "expression"), ("if a then b else c", "expression"),
      ("@2026-01-01", "expression"), ("missing", "expression"), ("filter (3)", "verb"), ("train [logistic]", "verb"),
      ("x not y", "verb"),
      ("load titanic", "verb"), ("load \"a\"", "verb"), ("profile", "bare"), ("`my data`", "bare"),
      ("profile # note", "bare"),
      ("as customers", "naming"), ("split train: 0.7", "verb"), ("filter if a then b else c", "verb"),
      ("sort spend = down", "verb"),
    ])
  func firstElementIsFoundByWhatFollowsItsName(text: String, kind: String) throws {
    switch try #require(elements(text).first) {
    case .expression: #expect(kind == "expression")
    case .naming: #expect(kind == "naming")
    case .stage(let stage): #expect(kind == (stage.isBare ? "bare" : "verb"))
    }
  }

  @Test func bareOnlyBeforeAnythingElse() {
    let kinds = elements("titanic |> profile |> as p").map { element -> String in
      if case .stage(let stage) = element { return "\(stage.verb.text) \(stage.isBare)" }
      return "naming"
    }
    #expect(kinds == ["titanic true", "profile false", "naming"])
  }

  @Test func leadingPipeIsKept() {
    guard case .pipeline(let pipeline) = Parsed("|> filter x").program.statements[0].kind else {
      Issue.record("not a pipeline")
      return
    }
    #expect(pipeline.leadingPipe && pipeline.elements.count == 1)
  }

  @Test func argumentsHaveThreeForms() throws {
    guard
      case .stage(let stage) = try #require(
        elements("impute numeric() = median, [a, `b c`] = mode, in = 3, age, x == 3, depth: 3..8, if: 2").first)
    else {
      Issue.record("not a stage")
      return
    }
    let kinds = stage.arguments.map { argument -> String in
      switch argument.kind {
      case .positional(let value): "positional " + shape(value)
      case .assignment(let target, let value): "\(SyntaxPrinter.text(target)) gets " + shape(value)
      case .option(let name, let value): "\(name.text) is " + shape(value)
      }
    }
    #expect(
      kinds == [
        "numeric() gets median", "[a, `b c`] gets mode", "`in` gets 3", "positional age", "positional (== x 3)",
        "depth is (.. 3 8)", "if is 2",
      ])
  }

  @Test func definesHoldLetsAndPipelines() throws {
    let parsed = Parsed(
      """
      define tidy, column, limit: 3, opts: {a: 1} { # note
        let most = limit

        filter column < most
        |> sort column
      }
      define one { profile }
      """)
    #expect(parsed.codes.isEmpty)
    guard case .define(let tidy) = try #require(parsed.program.statements.first).kind else {
      Issue.record("not a definition")
      return
    }
    #expect(tidy.parameters.map(\.name.text) == ["column", "limit", "opts"])
    #expect(tidy.parameters.map { $0.defaultValue != nil } == [false, true, true])
    #expect(tidy.body.count == 3)
  }

  @Test(
    arguments: [
      "let x = 3", "let f() = 3", "let f(a, b) = a + b", "param source = \"a\"", "use \"a.mlp\"",
      "load x,\n  # note\n  rows: 3",
      "train [\n  a,\n  b\n]", "let x = if a then\n 1 else\n 2", "filter not\n a", "filter a and\n b", "a |>\n profile",
      "load x, types: {\n a: b,\n}", "label y =\n x", "", "\n\n", "# only", "mlp 1", "filter a ~\n b",
    ])
  func parses(text: String) {
    #expect(Parsed(text).codes.isEmpty)
  }

  @Test(
    arguments: [
      ("load (", ["unfinished-line 1:6"]), ("load a,\n\nprofile", ["unfinished-line 1:7"]),
      ("load a,\n# %%\nb", ["unfinished-line 1:7"]),
      ("define f {\nprofile", ["unfinished-line 1:10"]),
      ("define f {\nprofile\ndefine g {\n}", ["unfinished-line 1:10"]),
      ("let = 3", ["assignment-in-expression 1:5"]), ("let x", ["unexpected-token 1:6"]),
      ("as", ["unexpected-token 1:3"]),
      ("mlp 2\nnonsense (", ["bad-edition 1:1"]),
      ("profile\nmlp 1", ["bad-edition 2:1"]), ("mlp\nload a", ["bad-edition 1:1"]),
      ("use a", ["unexpected-token 1:5"]),
      ("x = 3", ["assignment-in-expression 1:1"]), ("filter (a = 3)", ["assignment-in-expression 1:11"]),
      ("derive a + b = 3", ["assignment-in-expression 1:14"]), ("filter a < b < c", ["chained-comparison 1:14"]),
      ("filter a..b..c", ["chained-comparison 1:12"]), ("select age plan", ["unexpected-token 1:12"]),
      ("load ]\n  profile )\nselect a b\nprofile", ["unexpected-token 1:6", "unexpected-token 3:10"]),
      (
        "define f {\n  load ]\n  profile\n  sort )\n}\nload ]",
        ["unexpected-token 2:8", "unexpected-token 4:8", "unexpected-token 6:6"]
      ),
      ("define f { load ] }\nload ]", ["unexpected-token 1:17", "unexpected-token 2:6"]),
      ("load [a\nprofile\nload ]", ["unexpected-token 2:1", "unexpected-token 3:6"]),
      ("let x = \"abc\nload 5kg", ["unterminated-text 1:9", "bad-number 2:6"]),
      ("}", ["unexpected-token 1:1"]), ("|> |> a", ["unexpected-token 1:4"]), ("a |> 3", ["unexpected-token 1:6"]),
      ("train f(depth: 3, x)", ["unexpected-token 1:19"]),
    ] as [(String, [String])])
  func reportsEveryErrorInItsPlace(text: String, expected: [String]) {
    #expect(Parsed(text).summaries == expected)
  }

  @Test func whatDidNotParseStandsAsError() {
    let kinds = Parsed("load ]\nprofile\nlet\nas x").program.statements.map { $0.kind == .error }
    #expect(kinds == [true, false, true, false])
  }

  @Test(
    arguments: [
      ("load (", false), ("load (\n", false), ("load (\n\n", true), ("load a,", false), ("load a, # note", false),
      ("a |>", false),
      ("define f {", false), ("define f {\n\n  profile\n", false), ("define f {\n}", true), ("load a", true),
      ("", true),
      ("load ]", true), ("load ] (", true), ("let x = if a then", false), ("let x = if a", true),
      ("filter \"abc", true),
      ("let x =", false), ("load a,\n# %%", true), ("x in", false), ("select a b\nload (", true), ("{", false),
      ("- ", false),
    ])
  func completenessFollowsTheLineRule(text: String, isComplete: Bool) {
    #expect(Parser.isComplete(text) == isComplete)
  }

  @Test func marksCutAScriptIntoCells() {
    let parsed = Parsed("load a\n# %% [markdown] Title\n# text\n\n# %% second\nprofile\n#%%\n")
    #expect(parsed.program.cells.map(\.kind) == [.code, .markdown, .code, .code])
    #expect(parsed.program.cells.map(\.title) == ["", "Title", "second", ""])
    #expect(parsed.program.cells.map { parsed.source[$0.content] } == ["load a\n", "# text\n\n", "profile\n", ""])
    #expect(Parsed("load a\n").program.cells.count == 1)
    #expect(Parsed("\n# %%\nload a\n").program.cells.count == 1)
    let windows = Parsed("# %% a\r\nprofile\r\n")
    #expect(windows.program.cells.map { windows.source[$0.content] } == ["profile\r\n"])
    #expect(Parsed("load a # %% no mark\n").program.cells.count == 1)
  }
}
