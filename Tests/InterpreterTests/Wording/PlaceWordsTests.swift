import Diagnostics
import Tables
import Testing

@testable import Interpreter

/// What users read of a database or a server that does not give what it was asked for.
@Suite struct PlaceWordsTests {
  private static let cases: [(PlaceProblem, DiagnosticCode, String, [String])] = [
    (
      .noLibrary("libpq.so.5", package: "libpq5"), .cannotRead, "x: the library libpq.so.5 is not there",
      ["on Debian: apt-get install libpq5"]
    ),
    (.unreachable("refused"), .cannotRead, "x does not answer: refused", []),
    (
      .refused("wrong password"), .cannotRead, "x does not let this user in: wrong password",
      ["PGPASSWORD or ~/.pgpass gives a password that stands in no script; an address that holds *** has none"]
    ),
    (
      .lost("gone", rows: 1), .cannotRead, "x: the connection broke after 1 row: gone",
      ["nothing of it is kept: run it again"]
    ),
    (.failed("no such column: a", code: nil), .cannotRead, "x: no such column: a", []),
    (.failed("division by zero", code: "22012"), .cannotRead, "x: division by zero (22012)", []),
    (
      .locked(seconds: 5), .cannotRead, "x: another program has locked it for more than 5 seconds",
      ["run it again when that is done"]
    ),
    (.noTable("a", of: ["b", "c"]), .notFound, "x: there is no table 'a'", ["tables: b, c"]),
    (.noTable("a", of: []), .notFound, "x: there is no table 'a'", ["there is no table in it"]),
    (.whichTable(["a", "b"]), .notFound, "x: behind `#` stands which of its tables is read", ["tables: a, b"]),
    (.whichTable([]), .notFound, "x: there is no table in it", []),
    (.noColumn("a", of: ["b"]), .unknownColumn, "x: there is no column 'a'", ["columns: b"]),
    (.status(404), .fileNotFound, "x: the server answers 404: there is no such file", []),
    (.status(418), .cannotRead, "x: the server answers 418", []),
    (.redirections(10), .cannotRead, "x: there are more than 10 redirections", []),
    (
      .cut("closed", received: 3, of: 9), .cannotRead, "x: the transfer was cut after 3 of 9 bytes: closed",
      ["nothing of it is kept: run it again"]
    ),
    (.silent(seconds: 60), .cannotRead, "x: the server was silent for 60 seconds", []),
  ]

  @Test(arguments: cases.indices) func eachProblemIsWorded(_ place: Int) {
    let (problem, code, message, help) = Self.cases[place]
    let diagnostic = Diagnostic(SourceError(source: "x", reason: .place(problem)), at: nil)
    #expect(diagnostic.code == code && diagnostic.message == message && diagnostic.help == help)
  }

  @Test func whatIsOutsideTheSandboxIsNamed() {
    let diagnostic = Diagnostic(SourceError(source: "x", reason: .place(.outsideSandbox("host"))), at: nil)
    #expect(diagnostic.code == .outsideSandbox && diagnostic.message == "x: 'host' is outside the sandbox")
  }

  @Test func aNearTableIsAskedFor() {
    let error = SourceError(source: "x", reason: .place(.noTable("order", of: ["orders", "visits"])))
    #expect(Diagnostic(error, at: nil).label == "did you mean 'orders'?")
  }

  @Test func everyColumnThatIsAnotherIsALine() {
    let differences = [
      SchemaDifference("age", locked: .int, found: .text), SchemaDifference("joined at", locked: .date, found: nil),
      SchemaDifference("new", locked: nil, found: .bool),
    ]
    let diagnostic = Diagnostic(SourceError(source: "x", reason: .drift(differences, schema: "s.json")), at: nil)
    #expect(diagnostic.code == .schemaDrift && diagnostic.message == "x: 3 columns are not as s.json says")
    #expect(
      diagnostic.help == [
        "age        text, and int in s.json", "joined at  is not there, and date in s.json",
        "new        bool, and not in s.json", "schema: save(\"s.json\") writes it anew",
      ])
    let many = (0..<50).map { SchemaDifference("c\($0)", locked: .int, found: nil) }
    let long = Diagnostic(SourceError(source: "x", reason: .drift(many, schema: "s.json")), at: nil)
    #expect(long.help.count == 22 && long.help[20] == "and 30 more")
  }
}
