import Diagnostics
import Interpreter
import Language
import Plan
import Tables

/// A small table of every type that rows have, and binding over it.
enum People {
  static let table = Table([
    ("name", .text(TextCells(["Ada", "Bo", nil]))),
    ("age", .int(Cells([36, 41, nil], filler: 0))),
    ("income", .float(Cells([10.5, nil, 7], filler: 0))),
    ("member", .bool(Cells([true, false, nil], filler: false))),
    ("joined", .date(Cells([20_000, nil, 20_100], filler: 0))),
    ("seen", .datetime(Cells([0, nil, 1_000_000], filler: 0))),
    ("plan", .vector(VectorCells(names: ["gold", "free"], values: [1, 0, 0, 1, 0, 0], count: 3))),
  ])

  static let columns = ColumnScope(table.schema, tableName: "people")
  static let schema = RelationSchema(name: "people", raw: table.schema, rowCount: 3)

  static func parse(_ text: String) -> Expr {
    var sink = DiagnosticSink()
    return Parser.expression(SourceFile(name: "test", text: text), &sink) ?? Expr(.literal(.missing))
  }

  static func bind(_ text: String, _ scope: Scope = Scope()) -> (bound: Bound, diagnostics: [Diagnostic]) {
    var sink = DiagnosticSink()
    let bound = parse(text).bound(over: columns, scope, &sink)
    return (bound, sink.diagnostics)
  }

  static func scalar(_ text: String, _ scope: Scope = Scope()) -> (scalar: Scalar?, diagnostics: [Diagnostic]) {
    var sink = DiagnosticSink()
    if case .known(let scalar) = parse(text).scalar(scope, &sink) { return (scalar, sink.diagnostics) }
    return (nil, sink.diagnostics)
  }

  /// A scope in which the lets and params of a script are declared.
  static func scope(_ script: String) -> Scope {
    Checker(Vocabulary([]), readScript: { _ in "" }).check(SourceFile(name: "test", text: script)).environment.scope
  }
}
