import Formats
import Foundation
import Kernels
import Tables
import Testing

@testable import Databases

/// Tables, views and queries of SQLite files.
@Suite struct SQLiteTableTests {
  private static let shop = """
    create table orders (id INTEGER PRIMARY KEY, who TEXT, price REAL, note TEXT);
    with recursive c(i) as (select 1 union all select i + 1 from c where i < 20000)
      insert into orders select i, 'n' || (20001 - i), i / 4.0, 'long note number ' || i from c;
    create index by_who on orders (who);
    create view dear as select who, price from orders where price > 4990 order by price desc;
    """

  @Test func anAddressNamesATableAViewOrAQuery() throws {
    let file = try SQLiteScratch(Self.shop)
    #expect(try file.read("orders").table.rowCount == 20_000)
    #expect(try file.read("ORDERS").table.rowCount == 20_000)
    #expect(try file.read("dear").table.words("price").first == "5000.0")
    let query = try file.read("select who, count(*) as n from orders group by who order by who limit 2; ")
    #expect(query.table.words("who") == ["n1", "n10"] && query.table.types == [.text, .int])
    #expect(try file.read("values (1, 'a'), (2, 'b')").table.names == ["column1", "column2"])
    #expect(file.failure("ordrs") == .place(.noTable("ordrs", of: ["dear", "orders"])))
    #expect(file.failure(nil) == .place(.whichTable(["dear", "orders"])))
    #expect(try file.source("orders").name == "orders" && file.source("select 1").name == "shop")
  }

  @Test func withoutANameTheOnlyTableIsRead() throws {
    #expect(
      try SQLiteScratch("create table t (a INTEGER); insert into t values (3)").read(nil).table.words("a") == ["3"])
    #expect(try SQLiteScratch("create table t (a)", name: "a#b.db").read(nil).table.names == ["a"])
    #expect(try SQLiteScratch("pragma user_version = 1").failure(nil) == .place(.whichTable([])))
  }

  /// An index that has all columns that are wanted would give their rows in another order.
  @Test(arguments: [["who"], ["price", "who"], ["id"], ["note"], []] as [[String]])
  func columnsThatAreNotReadChangeNothing(_ columns: [String]) throws {
    let file = try SQLiteScratch(Self.shop)
    for part in ["orders", "dear", "select who, price, id, note from orders where id % 3 = 0"] {
      let whole = try file.read(part).table
      let wanted = Set(columns).intersection(whole.names)
      let some = try file.read(part, columns: wanted).table
      #expect(some.names == whole.names.filter(wanted.contains) && some.rowCount == whole.rowCount)
      #expect(some == whole.select(some.names) || wanted.isEmpty)
    }
  }

  @Test(arguments: [0, 1, 999, 1000, 1001, 8192, 8193, 20_000, 30_000])
  func aLimitGivesTheFirstRows(_ limit: Int) throws {
    let file = try SQLiteScratch(Self.shop)
    for part in ["orders", "select * from orders"] {
      let some = try file.source(part).read(ScanRequest(limit: limit), Kernels.Progress()).table
      #expect(some == (try file.read(part).table.head(limit)))
    }
  }

  @Test func namesThatStandTwiceAreToldApart() throws {
    let file = try SQLiteScratch("create table t (a INTEGER); insert into t values (1)")
    let read = try file.read("select a, a, a + 1 as \"a\" from t")
    #expect(read.table.names == ["a", "a_2", "a_3"] && read.table.words("a_3") == ["2"])
    #expect(read.notes.first == "a further column 'a' is called 'a_2'")
  }

  @Test(
    arguments: [
      "delete from t", "insert into t values (1)", "create table u (a)", "attach 'x.db' as x", "drop table t",
      "select 1; delete from t", "with x as (select 1) delete from t", "vacuum into 'x.db'",
    ])
  func nothingIsWritten(_ sql: String) throws {
    let file = try SQLiteScratch("create table t (a INTEGER); insert into t values (1)")
    #expect(file.failure(sql) != nil)
    #expect(try file.read("t").table.rowCount == 1)
  }

  @Test func whatIsNoSuchFileSaysWhy() throws {
    let file = try SQLiteScratch("create table t (a)")
    func failure(_ path: String) -> SourceError.Reason? {
      guard let place = try? SQLiteReading.place("sqlite:\(path)#t", AddressBounds()), case .table(let table, _) = place
      else { return nil }
      do throws(SourceError) { _ = try table.outline() } catch { return error.reason }
      return nil
    }
    let folder = (file.path as NSString).deletingLastPathComponent
    #expect(failure(folder + "/none.db") == .file(FileError(path: folder + "/none.db", reason: .notFound)))
    #expect(failure(folder) == .file(FileError(path: folder, reason: .isFolder)))
    #expect(failure("/dev/null") == .file(FileError(path: "/dev/null", reason: .isNoFile)))
    try "no database at all, but long enough to be looked at".write(
      toFile: folder + "/x.db", atomically: true, encoding: .utf8)
    #expect(failure(folder + "/x.db") == .badFormat("it is no SQLite database"))
    #expect(throws: SourceError.self) { try SQLiteReading.place("sqlite:#t", AddressBounds()) }
    let outside = AddressBounds(isLoopbackOnly: true) { _ in nil }
    #expect(throws: SourceError(source: "sqlite:/etc/x.db#t", reason: .place(.outsideSandbox("/etc/x.db")))) {
      try SQLiteReading.place("sqlite:/etc/x.db#t", outside)
    }
  }

  /// Whatever bytes are changed or cut off: rows or an error, and never more than that.
  @Test func damageIsAnError() throws {
    let file = try SQLiteScratch(Self.shop)
    file.close()
    let good = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file.path)))
    var random = CounterRandom(seed: 7, stream: 0)
    var failures = 0
    for round in 0..<60 {
      var bytes = good
      for _ in 0..<40 {
        bytes[Int(random.next() % UInt64(round % 2 == 0 ? 8192 : bytes.count))] = UInt8(
          truncatingIfNeeded: random.next())
      }
      if round % 5 == 0 { bytes.removeLast(bytes.count / 3) }
      try Data(bytes).write(to: URL(fileURLWithPath: file.path))
      if file.failure("orders") != nil { failures += 1 }
    }
    #expect(failures > 10)
  }

  @Test func aLockIsWaitedForAndTold() throws {
    let file = try SQLiteScratch("create table t (a INTEGER); insert into t values (1); begin exclusive")
    // A script is checked without it.
    #expect(try file.source("t").declaredSchema() == nil)
    let progress = Kernels.Progress()
    progress.cancel()
    #expect(throws: SourceError.self) { try file.source("t").read(columns: nil, progress) }
    #expect(file.failure("t") == .place(.locked(seconds: 5)))
    try file.run("rollback")
    #expect(try file.read("t").table.rowCount == 1)
  }

  /// Rows that were committed into the log beside the file are there, those of a transaction that goes on are not.
  @Test func theWriteAheadLogIsRead() throws {
    let file = try SQLiteScratch("pragma journal_mode = wal; create table t (a INTEGER); insert into t values (1)")
    try file.run("begin immediate; insert into t values (2)")
    #expect(try file.read("t").table.rowCount == 1)
    try file.run("commit")
    #expect(try file.read("t").table.rowCount == 2)
    guard case .table(_, let files) = try SQLiteReading.place("sqlite:\(file.path)#t", AddressBounds()) else {
      Issue.record("the address is no table's")
      return
    }
    #expect(files == [file.path, file.path + "-wal"])
  }

  /// A query that takes long is not run when a script is checked, and ends when it is cancelled.
  @Test func aLongQueryIsNotWaitedFor() throws {
    let file = try SQLiteScratch("create table t (a INTEGER)")
    let long = "with recursive c(i) as (select 1 union all select i + 1 from c) select count(*) as n from c"
    #expect(try file.source(long).declaredSchema() == nil)
    let progress = Kernels.Progress()
    let source = try file.source(long)
    Thread.detachNewThread {
      usleep(50_000)
      progress.cancel()
    }
    let error = #expect(throws: SourceError.self) { try source.read(columns: nil, progress) }
    #expect(error?.reason == .cancelled)
  }

  @Test func aLongTextIsReadWhole() throws {
    let file = try SQLiteScratch(
      "create table t (a TEXT); insert into t select hex(zeroblob(3000000)) from (values (1), (2))")
    let table = try file.read("t").table
    #expect(table.words("a").map(\.count) == [6_000_000, 6_000_000])
  }
}
