import Testing

@testable import Serving

@Suite struct SQLiteConnectionTests {
  private static func memory() throws(SQLiteProblem) -> SQLiteConnection { try SQLiteConnection(":memory:", busy: 0) }

  @Test(arguments: [
    SQLiteValue.missing, .int(.min), .int(.max), .int(0), .text(""), .text("a\u{0}b"), .text("Zürich 🏔"),
    .text(String(repeating: "x", count: 100_000)),
  ])
  func aValueIsReadAsItWasWritten(value: SQLiteValue) throws {
    let connection = try Self.memory()
    try connection.execute("CREATE TABLE kept (value)")
    for _ in 0..<2 { #expect(try connection.rows("INSERT INTO kept VALUES (?)", [value]).isEmpty) }
    #expect(try connection.rows("SELECT value FROM kept") == [[value], [value]])
  }

  @Test func aPlaceThatIsNotFilledAgainIsMissing() throws {
    let connection = try Self.memory()
    let question = "SELECT ?, ?"
    #expect(try connection.rows(question, [.int(1), .int(2)]) == [[.int(1), .int(2)]])
    #expect(try connection.rows(question, [.int(1)]) == [[.int(1), .missing]])
  }

  @Test func whatFailsLeavesNothingOfItsTransaction() throws {
    let connection = try Self.memory()
    try connection.execute("CREATE TABLE kept (value NOT NULL)")
    let insertion = "INSERT INTO kept VALUES (?)"
    #expect(throws: SQLiteProblem(words: "NOT NULL constraint failed: kept.value")) {
      try connection.transaction { () throws(SQLiteProblem) in
        for value in [SQLiteValue.int(1), .missing] { try connection.rows(insertion, [value]) }
      }
    }
    try connection.transaction { () throws(SQLiteProblem) in try connection.rows(insertion, [.int(2)]) }
    #expect(try connection.rows("SELECT value FROM kept") == [[.int(2)]])
  }

  @Test func aConnectionThatWasClosedRefuses() throws {
    let connection = try Self.memory()
    #expect(try connection.rows("SELECT 1") == [[.int(1)]])
    for _ in 0..<2 { connection.close() }
    #expect(throws: SQLiteProblem.self) { try connection.rows("SELECT 1") }
    #expect(throws: SQLiteProblem.self) { try connection.execute("SELECT 1") }
  }
}
