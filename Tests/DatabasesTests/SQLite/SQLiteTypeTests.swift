import Descriptions
import Formats
import Tables
import Testing

@testable import Databases

/// What columns of SQLite files are read as.
@Suite struct SQLiteTypeTests {
  @Test(
    arguments: [
      ("INTEGER", .int), ("int", .int), ("BIGINT UNSIGNED", .int), ("varchar(20)", .text), ("NVARCHAR(70)", .text),
      ("CLOB", .text), ("REAL", .float), ("DOUBLE PRECISION", .float), ("FLOATING POINT", .float), ("BLOB", .bytes),
      ("NUMERIC", .number(scale: 0)), ("DECIMAL(10, 2)", .number(scale: 2)), ("DECIMAL(10)", .number(scale: 0)),
      ("BOOLEAN", .bool), ("DATE", .date), ("DATETIME", .datetime), ("timestamp with time zone", .datetime),
      ("", .nothing),
      ("STRING", .nothing), ("JSON", .nothing), ("DECIMAL(,)", .number(scale: 0)),
      ("DECIMAL(1,99999999999999999999)", .number(scale: 0)),
    ] as [(String, SQLiteDeclared)])
  func wordsOfADeclarationAreRead(_ words: String, _ declared: SQLiteDeclared) {
    #expect(SQLiteDeclared(words) == declared)
    #expect(SQLiteDeclared(nil) == .nothing)
  }

  @Test func aColumnHasTheTypeThatItIsDeclaredWith() throws {
    let file = try SQLiteScratch(
      """
      create table t (i INTEGER, r REAL, s TEXT, n NUMERIC, d DECIMAL(10,2), b BOOLEAN, day DATE, at DATETIME, x);
      insert into t values (9223372036854775807, 1, '007', 3, 2, 1, '2026-01-31', '2026-01-31 10:00:00', 'a');
      insert into t values (null, null, null, null, null, null, null, null, null);
      insert into t values (-1, 0.5, 'é', 4, 0.25, 0, '1999-12-31', '2026-01-31T10:00:00.5Z', 'b');
      """)
    let table = try file.read("t").table
    #expect(table.types == [.int, .float, .text, .int, .float, .bool, .date, .datetime, .text])
    #expect(table.words("i") == ["9223372036854775807", "", "-1"])
    #expect(table.words("s") == ["007", "", "é"])
    #expect(table.words("b") == ["true", "", "false"])
    #expect(table.words("at") == ["2026-01-31T10:00:00Z", "", "2026-01-31T10:00:00.500000Z"])
    let declared = try file.source("t").declaredSchema()
    #expect(declared?.schema == table.schema && declared?.open == ["n"])
  }

  @Test func whatIsNotAsDeclaredIsARowErrorOrAStatedType() throws {
    let file = try SQLiteScratch(
      "create table t (i INTEGER, b BOOLEAN, d DATE); insert into t values (1, 1, '2026-01-31'), ('forty', 7, 'soon')")
    #expect(file.failure("t") == .badCell(row: 2, column: "i", text: "forty", type: .int, others: 0))
    let read = try file.read("t", ["types": .record([RawField("i", .word("text"))])])
    // Neither a bool nor a date is what its values deny.
    #expect(read.table.types == [.text, .int, .text])
    #expect(read.table.words("i") == ["1", "forty"])
    #expect(try file.read("t", ["on_conflict": .word("reject")]).table.words("d") == ["2026-01-31"])
  }

  @Test func whatTheFirstRowsSettleHolds() throws {
    let file = try SQLiteScratch(
      """
      create table t (d DATE, x);
      with recursive c(i) as (select 1 union all select i + 1 from c where i < 1500)
        insert into t select '2026-01-31', i from c;
      insert into t values ('never', 3), ('2026-01-31', 'late');
      """)
    #expect(file.failure("t") == .badCell(row: 1501, column: "d", text: "never", type: .date, others: 1))
  }

  @Test func numbersAreFloatFromTheFirstFractionOnAndLoseNoDigits() throws {
    let late = try SQLiteScratch(
      """
      create table t (n NUMERIC);
      with recursive c(i) as (select 1 union all select i + 1 from c where i < 9000) insert into t select i from c;
      insert into t values (0.5), (2);
      """)
    let table = try late.read("t").table
    #expect(table.types == [.float] && table.rowCount == 9002 && table.words("n")[9000] == "0.5")
    try late.run("delete from t; insert into t values (9007199254740993), (0.5)")
    #expect(late.failure("t") == .badCell(row: 1, column: "n", text: "9007199254740993", type: .float, others: 0))
  }

  @Test func bytesAndMixturesAreTold() throws {
    let file = try SQLiteScratch(
      "create table t (id INTEGER, photo BLOB, any); insert into t values (1, x'0102', 1), (2, null, 'two')")
    let read = try file.read("t")
    #expect(read.table.names == ["id", "any"] && read.table.types == [.int, .text])
    #expect(
      read.notes == ["column 'photo' is not read: it holds bytes", "column 'any' is text: it holds numbers and texts"])
    // What is never read is told whatever is used; the rest only where it is.
    #expect(try file.read("t", columns: ["id"]).notes == ["column 'photo' is not read: it holds bytes"])
    #expect(try file.read("select * from t", columns: ["any"]).notes == read.notes)
    #expect(throws: SourceError.self) { try file.read("t", ["columns": .list([.text("photo")])]) }
    try file.run("update t set any = x'00' where id = 2")
    #expect(file.failure("t") == .badCell(row: 2, column: "any", text: "1 byte", type: .int, others: 0))
  }

  @Test func infinityIsMissingAndCounted() throws {
    let file = try SQLiteScratch("create table t (x REAL); insert into t values (9e999), (-9e999), (1.5)")
    let read = try file.read("t")
    #expect(read.table.words("x") == ["", "", "1.5"])
    #expect(read.notes == ["column 'x': 2 infinite numbers are missing"])
  }
}
