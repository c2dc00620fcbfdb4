import Glibc
import Kernels
import Plan
import Scoring
import Tables
import Testing

@testable import Privacy

/// What is encrypted comes back with the key, and with nothing else.
@Suite struct DecryptTests {
  private static let place = MaskKey.Place.environment("MLP_PRIVACY_TEST_CIPHER")

  init() { setenv("MLP_PRIVACY_TEST_CIPHER", "a key for tests alone", 1) }

  private static func encrypted(_ column: Column) throws -> Column {
    let table = Table([("c", column)])
    let recipe = Recipe(steps: [.feature(Mask("c", .encrypt(place)))])
    return try #require(
      try recipe.fit(on: table, rows: RowList(0..<table.rowCount), choosing: .all, Progress()).table["c"])
  }

  private static func decrypted(_ column: Column) throws -> Column {
    let rows = Rows.whole(Table([("c", column)]))
    return try #require(
      try Decrypt(["c"], key: place).apply([rows], Nobody(), Progress()).rows.table(nil, Progress())["c"])
  }

  @Test func textsComeBack() throws {
    let texts: [String?] = ["ann@x.no", "", nil, "größe 🦉", "ann@x.no", String(repeating: "x", count: 5000)]
    let made = try Self.encrypted(.text(TextCells(texts)))
    for row in texts.indices {
      guard case .text(let text) = made[row], let before = texts[row] else {
        #expect(texts[row] == nil && made[row] == .missing)
        continue
      }
      #expect(text.utf8.count >= 23 && (before.isEmpty || !text.contains(before)))
    }
    // Equal texts are encrypted alike, so that they can be joined.
    #expect(made[0] == made[4] && made[0] != made[1])
    let back = try Self.decrypted(made)
    for row in texts.indices { #expect(back[row] == (texts[row].map { .text($0) } ?? .missing)) }
    let numbers = try Self.decrypted(try Self.encrypted(.int(Cells([7, nil], filler: 0))))
    #expect(numbers[0] == .text("7") && numbers[1] == .missing)
  }

  @Test func whatWasChangedOnItsWayIsRefused() throws {
    guard case .text(let text) = try Self.encrypted(.text(TextCells(["ann@x.no"])))[0] else {
      Issue.record("no text")
      return
    }
    var letters = Array(text)
    letters[9] = letters[9] == "A" ? "B" : "A"
    for bad in [String(letters), String(text.dropLast(4)), "ann@x.no", "", text + "=", text + "\n"] {
      #expect(throws: EngineError(.privacy(.notEncrypted("c", row: 2, Self.place))), "\(bad)") {
        try Self.decrypted(.text(TextCells([text, bad])))
      }
    }
    setenv("MLP_PRIVACY_TEST_OTHER", "a key that is another one", 1)
    #expect(throws: EngineError.self) {
      try Decrypt(["c"], key: .environment("MLP_PRIVACY_TEST_OTHER"))
        .apply([.whole(Table([("c", .text(TextCells([text])))]))], Nobody(), Progress())
    }
  }

  /// What was encrypted had a reason to be.
  @Test func whatComesBackIsConfidential() throws {
    var schema = RelationSchema(name: "t", columns: [("c", ColumnFacts(type: .text, origins: ["c"]))])
    #expect(try Decrypt(["c"], key: Self.place).result(schema).isGuarded("c"))
    schema.set("c", ColumnFacts(type: .int, origins: ["c"]))
    #expect(throws: EngineError.self) { try Decrypt(["c"], key: Self.place).result(schema) }
  }
}

/// For changes of tables that are in memory, which ask for nothing.
private struct Nobody: Executor {
  func rows(_ relation: Relation, _ progress: Progress) throws(EngineError) -> Collected { throw .cancelled }
  func table(_ relation: Relation, columns: Set<String>?, _ progress: Progress) throws(EngineError) -> Table {
    throw .cancelled
  }
  func baseRows(_ relation: Relation, _ progress: Progress) throws(EngineError) -> Rows { throw .cancelled }
  func collect(
    _ progress: Progress, _ make: (_ keep: (Table) throws(EngineError) -> Void) throws(EngineError) -> Void
  ) throws(EngineError) -> Rows { throw .cancelled }
  func base(_ relation: Relation, _ progress: Progress) throws(EngineError) -> Table { throw .cancelled }
}
