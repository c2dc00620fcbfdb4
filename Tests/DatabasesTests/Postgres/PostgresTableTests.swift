import Descriptions
import Formats
import Foundation
import Kernels
import ProgramRunning
import Tables
import Testing

@testable import Databases

@Suite struct PostgresPresenceTests {
  @Test func aServerIsThereWhereNobodyWatches() {
    #expect(PostgresServer.isThere || !PostgresServer.mustBe, "\(PostgresServer.absence)")
  }
}

/// Tables, views and queries of a server.
@Suite(.serialized, .enabled(if: PostgresServer.isThere, "\(PostgresServer.absence)"))
struct PostgresTableTests {
  let server: PostgresServer

  init() throws { server = try PostgresServer.shared.get() }

  private func source(_ address: String, _ options: [String: RawValue] = [:]) throws -> TypedSource {
    guard case .table(let table, _) = try PostgresReading.place(address, AddressBounds()) else { throw Absent() }
    return TypedSource(table, ReadingRequest(Options(options)))
  }

  private struct Absent: Error {}

  private func read(
    _ part: String, _ options: [String: RawValue] = [:], columns: Set<String>? = nil
  ) throws -> SourceRows {
    try source(server.address(part), options).read(columns: columns, Kernels.Progress())
  }

  private func failure(_ address: String) -> SourceError.Reason? {
    do { _ = try source(address).read(columns: nil, Kernels.Progress()) } catch {
      return (error as? SourceError)?.reason
    }
    return nil
  }

  // MARK: Types

  @Test func everyTypeIsReadAsItIs() throws {
    try server.run(
      "drop table if exists kinds", "drop type if exists mood", "create type mood as enum ('sad', 'ok')",
      """
      create table kinds (i2 smallint, i4 integer, i8 bigint, f4 real, f8 double precision, n12 numeric(12, 2), n18 numeric(18),
        t text, v varchar(9), c char(5), u uuid, j jsonb, m mood, b boolean, d date, ts timestamp, tz timestamptz, at time)
      """,
      """
      insert into kinds values (1, -2, 9223372036854775807, 0.5, 0.1, 3.20, 5, 'a', 'é', 'c',
        '00000000-0000-0000-0000-000000000001', '{"a": 1}', 'ok', true, '2026-01-31', '2026-01-31 10:00:00.5',
        '2026-01-31 10:00:00+01', '10:11:12')
      """, "insert into kinds values (null)")
    let table = try read("kinds").table
    #expect(
      table.types == [
        .int, .int, .int, .float, .float, .float, .int, .text, .text, .text, .text, .text, .text, .bool, .date,
        .datetime,
        .datetime, .text,
      ])
    #expect(
      table.columns.map { $0[0].description } == [
        "1", "-2", "9223372036854775807", "0.5", "0.1", "3.2", "5", "a", "é", "c",
        "00000000-0000-0000-0000-000000000001",
        "{\"a\": 1}", "ok", "true", "2026-01-31", "2026-01-31T10:00:00.500000Z", "2026-01-31T09:00:00Z", "10:11:12",
      ])
    #expect(table.columns.allSatisfy { $0[1] == .missing })
  }

  @Test func whatNoTableHoldsIsMissingAndCountedOrNotRead() throws {
    try server.run(
      "drop table if exists odd",
      "create table odd (f double precision, d date, ts timestamp, n numeric, tags int[], raw bytea)",
      """
      insert into odd values ('NaN', 'infinity', '-infinity', 'NaN', '{1}', '\\x01'),
        ('-Infinity', '5874897-12-31', '294276-12-31', 1, null, null), (1, '4713-01-01 BC', '0044-03-15 BC', 2, null, null)
      """)
    let read = try read("odd")
    #expect(read.table.names == ["f", "d", "ts", "n"])
    #expect(read.table.words("f") == ["", "", "1.0"] && read.table.words("n") == ["", "1", "2"])
    #expect(read.table.words("d") == ["", "", "-4712-01-01"] && read.table.words("ts")[2] == "-0043-03-15T00:00:00Z")
    #expect(
      read.notes == [
        "column 'tags' is not read: it is integer[]; a query with ::text reads it as text",
        "column 'raw' is not read: it is bytea; a query with ::text reads it as text",
        "column 'f': 2 infinite numbers are missing",
        "column 'd': 2 moments that are infinite or out of bounds are missing",
        "column 'ts': 2 moments that are infinite or out of bounds are missing",
        "column 'n': 1 infinite number is missing",
      ])
  }

  @Test func noNumberLosesADigit() throws {
    try server.run(
      "drop table if exists numbers", "create table numbers (whole numeric, part numeric, lossy numeric)",
      "insert into numbers values (1, 0.5, 3.3333333333333333), (9007199254740993, 12.25, 1)")
    let read = try read("numbers")
    #expect(read.table.types == [.int, .float, .text])
    #expect(read.table.words("whole") == ["1", "9007199254740993"])
    #expect(read.table.words("lossy") == ["3.3333333333333333", "1"])
    #expect(read.notes == ["column 'lossy' is text: a float would lose digits of its numbers"])
    let stated = try self.read("numbers", ["types": .record([RawField("lossy", .word("float"))])])
    #expect(stated.table.words("lossy") == ["3.3333333333333335", "1.0"])
    try server.run(
      "insert into numbers select 1, 1, 1 from generate_series(1, 3000)", "delete from numbers where part = 0.5")
    try server.run("insert into numbers values (1, 1, 0.12345678901234567890123)")
    #expect(
      failure(server.address("numbers"))
        == .badCell(row: 3002, column: "lossy", text: "0.12345678901234567890123", type: .int, others: 0))
  }

  // MARK: Tables and queries

  @Test func anAddressNamesATableAViewOrAQuery() throws {
    try server.run(
      "drop schema if exists sales cascade", "create schema sales", "create table sales.orders (a int)",
      "insert into sales.orders values (7)", "drop table if exists \"Odd Name\"",
      "create table \"Odd Name\" (\"a \"\"b\" int)",
      "create view sales.seen as select a + 1 as a from sales.orders")
    #expect(try read("sales.orders").table.words("a") == ["7"])
    #expect(try read("sales.seen").table.words("a") == ["8"])
    #expect(try read("Odd Name").table.names == ["a \"b"])
    let query = try read("select a, a, a * 2 as \"b\" from sales.orders -- the end")
    #expect(query.table.names == ["a", "a_2", "b"] && query.table.words("b") == ["14"])
    #expect(try read("values (1, 'x'), (2, 'y')").table.types == [.int, .text])
    guard case .place(.noTable("orders", let tables))? = failure(server.address("orders")) else {
      Issue.record("\(String(describing: failure(server.address("orders"))))")
      return
    }
    #expect(tables.contains("sales.orders") && tables.contains("Odd Name"))
    guard case .place(.whichTable)? = failure(server.address("")) else {
      Issue.record("one of several tables was read")
      return
    }
  }

  @Test func columnsAndRowsThatAreNotReadChangeNothing() throws {
    try server.run(
      "drop table if exists big",
      "create table big as select g as id, 'name ' || g as name, g * 0.5 as half, g % 2 = 0 as even from generate_series(1, 25000) g",
      "create index on big (id desc)", "analyze big", "vacuum big")
    for part in ["big", "select * from big order by name"] {
      let whole = try read(part).table
      #expect(whole.rowCount == 25_000)
      for columns in [["id"], ["half", "name"], ["even"]] as [Set<String>] {
        #expect(try read(part, columns: columns).table == whole.select(whole.names.filter(columns.contains)))
      }
      for limit in [0, 1, 1000, 1001, 12_345] {
        let some = try source(server.address(part)).read(ScanRequest(limit: limit), Kernels.Progress()).table
        #expect(
          some.columns.map { $0.count } == whole.head(limit).columns.map { $0.count }
            && (limit == 0 || some == whole.head(limit)))
      }
    }
    guard case .place(.noColumn("nope", _))? = failureOfColumns(["nope"]) else {
      Issue.record("a column that is not there was read")
      return
    }
  }

  private func failureOfColumns(_ columns: Set<String>) -> SourceError.Reason? {
    do { _ = try read("select 1.5 as a", columns: columns) } catch { return (error as? SourceError)?.reason }
    return nil
  }

  @Test func nothingIsKnownBeforeTheRowsAreAskedFor() throws {
    try server.run("drop table if exists known", "create table known (a int, b numeric)")
    let source = try source(server.address("known"))
    #expect(try source.declaredSchema() == nil)
    #expect(try source.arrivedSchema(Kernels.Progress())?.schema == Schema([Field("a", .int), Field("b", .int)]))
    #expect(try source.read(columns: nil, Kernels.Progress()).table.rowCount == 0)
  }

  // MARK: Failures

  @Test func nothingIsWritten() throws {
    try server.run("drop table if exists kept", "create table kept (a int)", "insert into kept values (1)")
    for query in [
      "select 1 as a; delete from kept", "with x as (delete from kept returning a) select a from x",
      "select nextval('s') as a", "select 1) as q (c0); commit; delete from kept; select 1 from (select 1",
      "select set_config('transaction_read_only', 'off', false) as a",
    ] {
      #expect(failure(server.address(query)) != nil, "\(query)")
    }
    #expect(try server.value("select count(*) from kept") == "1")
  }

  @Test func theServersWordsAndCodesAreTold() throws {
    guard case .place(.failed(let words, "42703"))? = failure(server.address("select nope from pg_class")) else {
      Issue.record("\(String(describing: failure(server.address("select nope from pg_class"))))")
      return
    }
    #expect(words.contains("nope"))
    let slow = server.address(
      "select count(*) as n from pg_class a, pg_class b, pg_class c", parameters: "?options=-c%20statement_timeout%3D20"
    )
    guard case .place(.failed(_, "57014"))? = failure(slow) else {
      Issue.record("\(String(describing: failure(slow)))")
      return
    }
  }

  @Test func wrongCredentialsAndAbsentServersAreTold() throws {
    guard case .place(.refused(let words))? = failure(server.address("t", password: "wr0ng")) else {
      Issue.record("a wrong password was taken")
      return
    }
    #expect(!words.contains("wr0ng"))
    guard case .place(.unreachable)? = failure("postgres://ann:wr0ng@127.0.0.1:1/db#t") else {
      Issue.record("nobody answered")
      return
    }
    guard case .place(.failed)? = failure("postgres://127.0.0.1/db?nonsense=1#t") else {
      Issue.record("a parameter that is none was taken")
      return
    }
  }

  @Test func aConnectionThatBreaksIsTold() throws {
    let address = server.address("select g, pg_sleep(0.001)::text as s from generate_series(1, 60000) g")
    let server = server
    Thread.detachNewThread {
      for _ in 0..<100 {
        usleep(100_000)
        let ended = try? server.value(
          "select count(pg_terminate_backend(pid)) from pg_stat_activity where query like 'fetch%' and application_name = 'mlp' and pid <> pg_backend_pid()"
        )
        if ended == "1" { return }
      }
    }
    guard case .place(.lost(_, let rows))? = failure(address) else {
      Issue.record("the connection held")
      return
    }
    #expect(rows % 1000 == 0)
  }

  @Test func aCancelledReadingEndsOnTheServerToo() throws {
    let source = try source(server.address("select pg_sleep(100)::text as s"))
    let progress = Kernels.Progress()
    Thread.detachNewThread {
      usleep(300_000)
      progress.cancel()
    }
    let error = #expect(throws: SourceError.self) { try source.read(columns: nil, progress) }
    #expect(error?.reason == .cancelled)
    var left = "1"
    for _ in 0..<50 where left != "0" {
      usleep(100_000)
      left = try server.value(
        "select count(*) from pg_stat_activity where query like '%pg_sleep(100)%' and pid <> pg_backend_pid() and state = 'active'"
      )
    }
    #expect(left == "0")
  }

  @Test func aSandboxReadsOnThisMachine() throws {
    try server.run("drop table if exists boxed", "create table boxed (a int)", "insert into boxed values (5)")
    let bounds = AddressBounds(isLoopbackOnly: true)
    guard case .table(let table, _) = try PostgresReading.place(server.address("boxed"), bounds) else {
      Issue.record("the address is no table's")
      return
    }
    let rows = try TypedSource(table, ReadingRequest()).read(columns: nil, Kernels.Progress())
    #expect(rows.table.words("a") == ["5"])
  }
}
