import Diagnostics
import Language
import Testing

@Suite struct HabitTests {
  @Test(
    arguments: [
      ("filter a && b", "write 'and'"), ("filter a || b", "write 'or'"), ("filter a & b", "write 'and'"),
      ("filter plan == 'gold'", "write \"gold\""), ("filter !a", "write 'not'"), ("filter a <> b", "write '!='"),
      ("filter a === b", "write '=='"),
      ("filter a != null", "write 'missing'"), ("filter a == NA", "write 'missing'"),
      ("filter a == None", "write 'missing'"),
      ("filter a == NULL", "write 'missing'"), ("filter a == nil", "write 'missing'"),
      ("filter a == True", "write 'true'"),
      ("filter a not in [1]", "write not a in [1]"), ("plan not in [1]", "write not plan in [1]"),
      ("filter a is missing", "write a == missing"), ("filter a is not missing", "write a != missing"),
      ("filter (a is null)", "write a == missing"), ("filter a IS NOT NULL", "write a != missing"),
      ("age is missing", "write age == missing"), ("filter a is \"x\"", "write a == \"x\""),
      ("filter a NOT IN (\"x\", \"y\")", "write not a in [\"x\", \"y\"]"), ("filter a isin [1]", "write a in [1]"),
      ("filter a not like \"x%\"", "write not starts_with(a, \"x\")"),
      ("filter a like \"%x\"", "write ends_with(a, \"x\")"), ("filter a like \"%x%\"", "write contains(a, \"x\")"),
      ("filter a like \"x_y%\"", "write a ~ \"^x.y.*$\""), ("filter a contains \"x\"", "write contains(a, \"x\")"),
      ("filter a > 1 AND b > 2", "write and"), ("filter a > 1 OR b > 2", "write or"),
      ("derive b = a % 2", "write mod(a, 2)"), ("derive b = a %% 2", "write mod(a, 2)"),
      ("require auc > 80%", "write 0.8"), ("require auc > 80% and b", "write 0.8"), ("let x = 12.3%", "write 0.123"),
      ("filter a.isna()", "write a == missing"), ("filter a.notnull()", "write a != missing"),
      ("filter a.isin([1])", "write a in [1]"), ("filter a.between(1, 2)", "write a in 1..2"),
      ("filter a.str.contains(\"x\")", "write contains(a, \"x\")"), ("derive b = a.dt.year", "write year(a)"),
      ("filter is.na(a)", "write a == missing"), ("derive b = np.log(a)", "write log(a)"),
      ("filter pl.col(\"a\") > 3", "write a"), ("derive b = as.numeric(a)", "write number(a)"),
      ("order by a", "write sort a"), ("sort a DESC", "write a = down"),
      ("derive b = a ** 2", "write '^'"), ("titanic | profile", "write '|>' between stages, 'or' in a condition"),
      ("titanic %>% profile", "write '|>'"),
      ("let x := 3", "write '='"), ("profile;", "a statement ends with its line"),
      ("filter df$age > 3", "write the column's name alone"),
      ("filter df[\"age\"] > 3", "write age"),
      ("derive b = a.round()", "write round(a)"),
      ("def f(x):", "write let f(x) = …"),
      ("select (a, b)", "write [a, b]"),
      ("derive b = if x then 1 elif y then 2 else 3", "write 'else if'"),
      ("derive b = x ? 1 : 2", "write 'if a then b else c'"),
      ("filter a ≥ 3", "write '>='"), ("filter a %in% [1]", "write 'in'"),
      ("filter name like \"x\"", "write name == \"x\""), ("filter age between 3 and 5", "write age in 3..5"),
      ("let r = 1...3", "write '..'; both ends are included"),
      ("let r = 1..<3", "write '..'; both ends are included"),
    ])
  func habitsOfOtherLanguagesGetAHint(text: String, label: String) {
    let parsed = Parsed(text)
    #expect(parsed.diagnostics.contains { $0.code == .otherLanguage && $0.label == label }, "\(parsed.diagnostics)")
  }

  @Test(arguments: ["filter (a = 3)", "let b = a = 3", "filter a and (b = 3)", "let x = if a = 3 then 1 else 2"])
  func equalsSignInAnExpressionSuggestsComparison(text: String) {
    let parsed = Parsed(text)
    #expect(parsed.diagnostics.contains { $0.code == .assignmentInExpression && $0.label == "compare with '=='" })
  }

  @Test(
    arguments: [
      "select `NA`, `null`", "derive x == 3", "load a, missing: [\"NA\"]", "let x = {null: 1, None: 2}",
      "filter df.age > 3", "train is, like: 2", "select AND, OR", "drop is, like", "derive AND = 3", "sort is = down",
    ])
  func theSameWordsAreFineElsewhere(text: String) {
    #expect(Parsed(text).codes.isEmpty)
  }

  private static let syntaxCodes: [DiagnosticCode] = [
    .unexpectedCharacter, .unterminatedText, .badEscape, .badNumber, .badDate, .unfinishedLine, .unexpectedToken,
    .tooDeep,
    .otherLanguage, .chainedComparison, .assignmentInExpression, .badEdition,
  ]

  @Test(arguments: syntaxCodes)
  func explanationsOfSyntaxCodesProvokeThem(code: DiagnosticCode) {
    #expect(Parsed(code.explanation.wrong).diagnostics.contains { $0.code == code })
  }

  @Test(arguments: DiagnosticCode.allCases)
  func everyExampleThatIsRightParses(code: DiagnosticCode) {
    #expect(Parsed(code.explanation.right).codes.isEmpty)
    if !Self.syntaxCodes.contains(code) { #expect(Parsed(code.explanation.wrong).codes.isEmpty) }
  }
}
