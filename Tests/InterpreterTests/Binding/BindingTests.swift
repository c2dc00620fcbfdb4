import Diagnostics
import Expressions
import Interpreter
import Tables
import Testing

struct BindingTests {
  @Test(
    "an expression is bound to functions over typed columns",
    arguments: [
      ("age > 3", "age > 3", ColumnType.bool),
      ("income / 2 + age", "income / 2 + age", .float),
      ("age + 1", "age + 1", .int),
      ("name + \"!\"", "name + \"!\"", .text),
      ("age == missing", "age == missing", .bool),
      ("missing != name", "name != missing", .bool),
      ("age in [1, 2]", "age in [1, 2]", .bool),
      ("age in 18..30", "age in 18..30", .bool),
      ("name ~ r\"^A\"", "name ~ r\"^A\"", .bool),
      ("if member then income else missing", "if member then income else missing", .float),
      ("if member then \"a\" else missing", "if member then \"a\" else missing", .text),
      ("max(age)", "max(age)", .int),
      ("max(age, income)", "max(age, income)", .float),
      ("not member", "not member", .bool),
      ("years(joined, @2026-01-01)", "years(joined, @2026-01-01)", .float),
      ("-age ^ 2", "-age ^ 2", .float),
      ("seen > @2026-01-01", "seen > @2026-01-01", .bool),
    ])
  func binds(_ written: String, _ shown: String, _ type: ColumnType) {
    let (bound, diagnostics) = People.bind(written)
    #expect(diagnostics.isEmpty)
    #expect(bound.expression?.display == shown)
    #expect(bound.type == type)
  }

  @Test(
    "what is wrong is said at its place with its remedy",
    arguments: [
      ("agee > 3", DiagnosticCode.unknownColumn, 0..<4, "did you mean 'age'?"),
      ("age > \"3\"", .wrongType, 0..<9, "write 3"),
      ("name > 3", .wrongType, 0..<8, "write number(name)"),
      ("name + 1", .wrongType, 0..<8, "write number(name)"),
      ("age and member", .wrongType, 0..<3, "compare it: age != 0"),
      ("if age then 1 else 2", .wrongType, 3..<6, "compare it: age != 0"),
      ("member + 1", .wrongType, 0..<10, "write int(member)"),
      ("joined > \"2026-01-31\"", .wrongType, 0..<21, "write @2026-01-31"),
      ("\"A\" in name", .wrongType, 7..<11, "contains(name, \"A\") looks inside a text"),
      ("name ~ name", .wrongType, 7..<11, "write a raw text: r\"…\""),
      ("avg(age)", .unknownFunction, 0..<3, "here it is 'mean': mean(x)"),
      ("roud(income)", .unknownFunction, 0..<4, "did you mean 'round'?"),
      ("age(3)", .unknownFunction, 0..<3, "'age' is a column; put an operator between it and '('"),
      ("sqrt(age, 2)", .unexpectedArgument, 0..<4, "sqrt(x)"),
      ("df.age > 3", .otherLanguage, 0..<6, "write 'age'"),
      (
        "plan_gold == 1", .unknownColumn, 0..<9,
        "'plan' is one vector column: before encoding it, derive gold = plan == \"gold\""
      ),
    ])
  func reports(_ written: String, _ code: DiagnosticCode, _ place: Range<Int>, _ label: String) throws {
    let (bound, diagnostics) = People.bind(written)
    guard case .failed = bound else { throw NotFailed() }
    let first = try #require(diagnostics.first)
    #expect(diagnostics.count == 1)
    #expect(first.code == code)
    #expect(first.range == SourceRange(place.lowerBound, place.upperBound))
    #expect(first.label == label)
  }

  struct NotFailed: Error {}

  @Test("every error of an expression is reported, and none because of another")
  func reportsAll() {
    let (_, diagnostics) = People.bind("(agee + 1 > 3) and nam == \"x\" and foo(agee)")
    #expect(diagnostics.map(\.code) == [.unknownColumn, .unknownColumn, .unknownColumn, .unknownFunction])
  }

  @Test("an unknown column lists the columns")
  func listsColumns() {
    let (_, diagnostics) = People.bind("xyzzy > 1")
    #expect(
      diagnostics.first?.help == [
        "columns: name, age, income, member, joined, seen, plan; `schema` lists them",
        "a text stands in double quotes: \"xyzzy\"",
      ])
  }

  @Test("a pattern that does not compile is told where it goes wrong")
  func checksPatterns() {
    #expect(People.bind("name ~ r\"(\"").diagnostics.map(\.code) == [.badPattern])
  }

  @Test("a column whose type is open binds as open, without a word")
  func staysSilent() {
    var sink = DiagnosticSink()
    var columns = People.columns
    columns.set("late", nil)
    guard case .open = People.parse("late > 3 and age > 1").bound(over: columns, Scope(), &sink) else {
      Issue.record("not open")
      return
    }
    #expect(sink.diagnostics.isEmpty)
  }
}
