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
      ("filter a not in [1]", "write 'not' before the comparison: not x in …"),
      ("plan not in [1]", "write 'not' before the comparison: not x in …"),
      ("filter a is missing", "write x == missing"), ("filter a is not missing", "write x != missing"),
      ("filter (a is null)", "write x == missing"),
      ("derive b = a % 2", "write mod(a, b); a percentage is a number, as in 0.01"),
      ("derive b = a ** 2", "write '^'"), ("titanic | profile", "write '|>' between stages, 'or' in a condition"),
      ("titanic %>% profile", "write '|>'"),
      ("let x := 3", "write '='"), ("profile;", "a statement ends with its line"),
      ("filter df$age > 3", "write the column's name alone"),
      ("filter df[\"age\"] > 3", "name the column alone; 'select' chooses columns, 'filter' rows"),
      ("derive b = a.round()", "write round(a)"),
      ("load \"a\", types: {\"id\": text}", "write id: …"), ("def f(x):", "write let f(x) = …"),
      ("select (a, b)", "write [a, b]"),
      ("derive b = if x then 1 elif y then 2 else 3", "write 'else if'"),
      ("derive b = x ? 1 : 2", "write 'if a then b else c'"),
      ("filter a ≥ 3", "write '>='"), ("filter a %in% [1]", "write 'in'"),
      ("filter name like \"x\"", "write x ~ r\"…\""),
      ("filter age between 3", "write x in low..high"), ("let r = 1...3", "write '..'; both ends are included"),
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
      "filter df.age > 3", "train is, like: 2",
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
