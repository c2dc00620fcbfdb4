import Diagnostics
import Interpreter
import Testing

struct CheckerTests {
  static func check(_ script: String, overrides: [String: String] = [:]) -> CheckedScript {
    Checker(fakeVocabulary, readScript: readNothing).check(
      SourceFile(name: "test.mlp", text: script), overrides: overrides)
  }

  @Sendable static func readNothing(_ path: String) throws(ScriptReadFailure) -> String {
    throw ScriptReadFailure("no such file or folder")
  }

  @Test("a whole flow is typed without running")
  func typesFlow() {
    let checked = Self.check(
      """
      load people
      filter age > 3
      derive ratio = income / age, double = ratio * 2
      |> drop name, dates()
      as clean
      profile
      split train: 0.7, stratify: member
      train boost, depth: 3..8
      """)
    #expect(checked.diagnostics.isEmpty)
    guard case .model = checked.environment.last else {
      Issue.record("the last value is \(checked.environment.last.word)")
      return
    }
    #expect(
      checked.environment.namedTypes["clean"]?.schema?.names == ["age", "income", "member", "plan", "ratio", "double"])
  }

  @Test("every error of a file is reported at once, and none follows from another")
  func reportsAll() {
    let checked = Self.check(
      """
      load people
      filter agee > 3
      derive x = nope + 1
      split trian: 0.7

      load people, delimitr: ";"
      load people
      impute age = medain, name = "x", flg: true
      """)
    #expect(
      checked.diagnostics.map(\.code) == [
        .unknownColumn, .unknownColumn, .unknownOption, .unknownOption, .unknownMethod, .unknownOption,
      ])
    #expect(
      checked.diagnostics.map { $0.label ?? "" } == [
        "did you mean 'age'?", "", "did you mean 'train'?", "did you mean 'delimiter'?", "did you mean 'median'?",
        "did you mean 'flag'?",
      ])
  }

  @Test("an error names its stage in the flow")
  func namesStage() throws {
    let first = try #require(Self.check("# people\nload people\nprofile\nimpute agee = median").diagnostics.first)
    #expect(first.stage == "stage 3 of the flow that starts at line 2")
    #expect(first.label == "did you mean 'age'?")
    #expect(first.message == "no column 'agee' in people")
  }

  @Test(
    "a stage on the wrong value is refused",
    arguments: [
      ("filter age > 3", DiagnosticCode.noSubject), ("load people\ntrain boost", .wrongSubject),
      ("|> filter age > 3", .noSubject), ("as x", .noSubject), ("load people\nfit boost", .unknownVerb),
      ("nonsense", .unknownVerb), ("1 |> filter age > 1", .wrongSubject),
    ])
  func refusesSubject(_ script: String, _ code: DiagnosticCode) {
    #expect(Self.check(script).diagnostics.map(\.code).first == code)
  }

  @Test(
    "arguments are held to the description",
    arguments: [
      ("load people, delimiter: 3", DiagnosticCode.badOption),
      ("load people, delimiter: \";\", delimiter: \",\"", .duplicateName),
      ("load", .missingArgument),
      ("load people, people", .unexpectedArgument),
      ("load people\nfilter age = 3", .assignmentInExpression),
      ("load people\nsplit train = 0.5", .unexpectedArgument),
      ("load people\nsplit train: 1.5", .badOption),
      ("load people\nsplit\ntrain boost, max_depth: 3", .unknownOption),
      ("load people\nsplit\ntrain boost(depth: 99)", .badOption),
      ("load people\nsplit\ntrain boost, depth: 0..3", .badOption),
      ("load people\nsplit\ntrain [boost, logistic], kernel: 3", .unknownOption),
      ("load people\nsplit\ntrain xgboost", .unknownMethod),
      ("load people\nderive x: age", .unknownOption),
      ("load people\nderive age == 3", .assignmentInExpression),
      ("load people\nimpute age = median, age = mean", .duplicateName),
      ("load people\nimpute numbers() = mean", .unknownFunction),
    ])
  func refusesArguments(_ script: String, _ code: DiagnosticCode) {
    #expect(Self.check(script).diagnostics.map(\.code).contains(code))
  }

  @Test("an option of one algorithm may stand beside a list that has it")
  func routesOptions() {
    #expect(Self.check("load people\nsplit\ntrain [boost, logistic(c: 2)], depth: 3, trials: 5").diagnostics.isEmpty)
  }

  @Test("an open source is silent about columns")
  func staysOpen() {
    #expect(Self.check("load later\nfilter whatever > 3\nimpute other = median").diagnostics.isEmpty)
  }

  @Test("figures of a look are known by name before it runs")
  func knowsFigures() {
    #expect(Self.check("load people\nprofile\nas report\nreport.rows + 1").diagnostics.isEmpty)
    #expect(Self.check("load people\nprofile\nas report\nreport.row").diagnostics.map(\.code) == [.unknownMember])
  }

  @Test("params take their values from the command line, by type")
  func overrides() {
    let script = "param days = 45\nparam source = \"people\"\nload source\nfilter age > days"
    #expect(Self.check(script, overrides: ["days": "60"]).diagnostics.isEmpty)
    #expect(Self.check(script, overrides: ["days": "soon"]).diagnostics.map(\.code) == [.wrongType])
    #expect(Self.check(script, overrides: ["source": "nowhere"]).diagnostics.map(\.code) == [.fileNotFound])
    #expect(Self.check(script, overrides: ["day": "1"]).unknownOverrides == ["day"])
  }

  @Test("values may not take a verb's name", arguments: ["let load = 3", "param filter = 1", "load people\nas split"])
  func reservesNames(_ script: String) {
    #expect(Self.check(script).diagnostics.map(\.code) == [.reservedName])
  }

  @Test("the plan shows every default and what training adds")
  func plans() {
    let checked = Self.check("load people\nimpute age = median\nsplit\ntrain boost")
    #expect(
      checked.lines.map(\.words) == [
        "load people, delimiter: \",\"", "impute age = median, flag: false", "split train: 0.8",
        "train boost, trials: 20",
      ])
    #expect(checked.lines.last?.additions == ["impute numeric() = median"])
  }
}
