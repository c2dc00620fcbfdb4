import Diagnostics
import Language
import Testing

@Suite struct FormatterTests {
  private func format(_ text: String) -> String? {
    try? Formatter.format(SourceFile(name: "", text: text)).get()
  }

  @Test(
    arguments: [
      ("", ""), ("\n\n", ""), ("profile", "profile\n"), ("\n\nprofile  \n\n\n\nshow\n\n", "profile\n\nshow\n"),
      ("filter(a>3)", "filter(a > 3)\n"), ("filter (a>3)", "filter (a > 3)\n"), ("filter -a", "filter - a\n"),
      ("x|>filter -a", "x |> filter -a\n"),
      ("let f( a,b )=a^ - b*c", "let f(a, b) = a ^ -b * c\n"), ("train depth :3 .. 8", "train depth: 3..8\n"),
      ("load x , types : { a :text }", "load x, types: {a: text}\n"),
      ("let x = [ 1_000 , 2.50,r\"\\d\" ]", "let x = [1_000, 2.50, r\"\\d\"]\n"),
      ("report . auc", "report.auc\n"), ("let x = 5 .auc", "let x = 5 .auc\n"), ("f (a)", "f (a)\n"),
      ("x |> f(a)", "x |> f (a)\n"), ("let x = f (a)", "let x = f(a)\n"),
      ("profile# note", "profile  # note\n"), ("#note  \r\nprofile\r\n", "#note\nprofile\n"),
      ("  profile", "profile\n"),
      ("load a,\nrows: 3", "load a,\n    rows: 3\n"), ("train [\na,\nb\n]", "train [\n    a,\n    b\n]\n"),
      ("load a, # one\n# two\n  rows: 3 # three", "load a,  # one\n    # two\n    rows: 3  # three\n"),
      ("a #1\nlong b #2\nc", "a       #1\nlong b  #2\nc\n"),
      ("define f , x:3{profile}", "define f, x: 3 {\n    profile\n}\n"),
      (
        "define f { # why\n\nprofile # a\n\n\n# own\nshow\n# last\n\n} # end",
        "define f {   # why\n    profile  # a\n\n    # own\n    show\n    # last\n}  # end\n"
      ),
      ("define f { }", "define f {\n}\n"),
      ("# %% [markdown]\n# a\n\n\n\n# %%\nprofile", "# %% [markdown]\n# a\n\n# %%\nprofile\n"),
      ("|>profile\n  |> show", "|> profile\n|> show\n"), ("let x = not(a)", "let x = not (a)\n"),
      ("let x = -(-a)", "let x = -(-a)\n"),
    ])
  func setsCanonicalSpacing(text: String, expected: String) {
    #expect(format(text) == expected)
    #expect(format(expected) == expected)
  }

  @Test func breaksLongLinesAfterCommasOutsideOfBracketsFirst() {
    let text =
      "label outcome = vote(went_quiet(idle_days), if tickets > 9 then \"leaves\" else missing), default: \"stays\", positive: \"leaves\""
    #expect(
      format(text)
        == "label outcome = vote(went_quiet(idle_days), if tickets > 9 then \"leaves\" else missing),\n    default: \"stays\", positive: \"leaves\"\n"
    )
  }

  @Test func fillsLinesOfALongList() throws {
    let names = (1...60).map { "column_\($0)" }.joined(separator: ", ")
    let formatted = try #require(format("select " + names))
    let lines = formatted.split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= Formatter.width } && lines.count < 10)
    #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("    column_") })
    #expect(format(formatted) == formatted)
  }

  @Test(arguments: ["load (", "filter a && b", "x = 3", "\"abc", "mlp 2"])
  func refusesAScriptWithErrors(text: String) {
    guard case .failure(let errors) = Formatter.format(SourceFile(name: "", text: text)) else {
      Issue.record("formatted")
      return
    }
    #expect(!errors.diagnostics.isEmpty)
  }

  @Test func commentsAreAllKept() throws {
    let text = "# a\nload x, # b\n# c\n types: { # d\n# e\n a: text # f\n # g\n} # h\n# i\n\n# j"
    let formatted = try #require(format(text))
    #expect(Parsed(formatted).program.comments.map(\.text) == Parsed(text).program.comments.map(\.text))
    #expect(format(formatted) == formatted)
  }
}
