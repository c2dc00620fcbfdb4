import Formats
import Tables
import Testing

@testable import Databases

/// Addresses of PostgreSQL databases, whose passwords nobody sees.
@Suite struct PostgresAddressTests {
  private func keywords(_ address: String) throws -> [String: String] {
    let all = try PostgresAddress(address).keywords(isLoopbackOnly: false)
    return Dictionary(all.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
  }

  @Test func partsAreLibpqsKeywords() throws {
    let all = try keywords(
      "postgres://ann:p%40ss%2Fw%23@host.org:5433/shop%20db?sslmode=require&application_name=a%26b#t")
    #expect(all["user"] == "ann" && all["password"] == "p@ss/w#" && all["host"] == "host.org" && all["port"] == "5433")
    #expect(all["dbname"] == "shop db" && all["sslmode"] == "require" && all["application_name"] == "a&b")
    #expect(all["client_encoding"] == "UTF8")
    let least = try keywords("postgresql://")
    #expect(Set(least.keys) == ["client_encoding", "fallback_application_name"])
    let several = try keywords("postgres://a,b:1,[::1]:2/db")
    #expect(several["host"] == "a,b,::1" && several["port"] == ",1,2")
    #expect(try keywords("postgres://%2Fvar%2Frun/db")["host"] == "/var/run")
  }

  @Test func aTableOrAQueryStandsBehindTheHash() throws {
    #expect(try PostgresAddress("postgres://h/db#orders").part == "orders")
    #expect(
      try PostgresAddress("postgres://h/db#select '#', a from t where m like '%@x' ; ").part
        == "select '#', a from t where m like '%@x'")
    #expect(try PostgresAddress("postgres://h/db").part == nil)
    #expect(try PostgresAddress("postgres://h/db#sales.orders").name == "orders")
    #expect(try PostgresAddress("postgres://h/db#select 1").name == "db")
  }

  @Test(
    arguments: [
      ("postgres://ann:s3cret@h:1/db#t", "postgres://ann:***@h:1/db#t"), ("postgres://h/db", "postgres://h/db"),
      ("postgres://ann@h/db?password=s3cret", "postgres://ann@h/db?password=***"),
      ("postgres://ann:***@h/db#t", "postgres://ann@h/db#t"), ("postgres://ann:@h/db", "postgres://ann@h/db"),
    ])
  func noPasswordIsShown(_ address: String, _ shown: String) throws {
    let parsed = try PostgresAddress(address)
    #expect(parsed.shown == shown)
    #expect(parsed.password == (address.contains(":s3cret@") ? "s3cret" : nil))
  }

  @Test(
    arguments: [
      "postgres:db", "postgres:/db", "postgres://ann:s3/cret@h/db", "postgres://ann:s3#cret@h/db",
      "postgres://ann:s3%cret@h/db",
      "postgres://ann:s3cret@h:port/db", "postgres://ann:s3cret@h:0/db", "postgres://ann:s3cret@h:99999/db",
      "postgres://ann:s3cret@[::1/db", "postgres://ann:s3cret@h/db?sslmode", "postgres://ann:s3 cret@h:x/db",
      "postgres://ann:s3cret@h/d%00b",
    ])
  func whatIsNoAddressIsRefusedWithoutItsPassword(_ address: String) {
    let error = #expect(throws: SourceError.self) { try PostgresAddress(address) }
    #expect("\(String(describing: error))".contains("cret") == false)
  }

  @Test(
    arguments: [
      ("postgres://127.0.0.1/db", nil), ("postgres://u:p@localhost:5433/db?sslmode=disable", nil),
      ("postgres://[::1]/db", nil),
      ("postgres://h/db", "h"), ("postgres://127.0.0.1,h/db", "h"), ("postgres:///db", "the local socket"),
      ("postgres://%2Ftmp/db", "/tmp"), ("postgres://127.0.0.1/db?hostaddr=10.0.0.1", "hostaddr"),
      ("postgres://127.0.0.1/db?service=x", "service"), ("postgres://127.0.0.1/db?passfile=/etc/passwd", "passfile"),
      ("postgres://127.0.0.1/db?host=h", "host"),
    ] as [(String, String?)])
  func aSandboxAsksThisMachineOnly(_ address: String, _ outside: String?) throws {
    #expect(try PostgresAddress(address).outsideSandbox == outside)
    let bounds = AddressBounds(isLoopbackOnly: true)
    if outside == nil {
      _ = try PostgresReading.place(address, bounds)
      let words = try PostgresAddress(address).keywords(isLoopbackOnly: true)
      #expect(words.contains { $0.name == "hostaddr" } && words.contains { $0.name == "passfile" })
    } else {
      #expect(throws: SourceError.self) { try PostgresReading.place(address, bounds) }
    }
  }

  @Test(
    arguments: [
      (1700, -1, .open), (1700, (10 << 16 | 2) + 4, .exact), (1700, (18 << 16) + 4, .whole),
      (1700, (19 << 16) + 4, .open),
      (1700, (16 << 16 | 2) + 4, .open), (1700, (5 << 16 | 0x7FE) + 4, .open),
    ] as [(UInt32, Int, PostgresType.NumericRange)])
  func aNumericIsBoundedByItsModifier(_ number: UInt32, _ modifier: Int, _ range: PostgresType.NumericRange) {
    #expect(PostgresType(number, modifier: modifier) == .numeric(range))
  }

  @Test func cellsAreReadAsTheServerSendsThem() {
    func read(_ bytes: [UInt8]?, _ type: PostgresType, as loose: LooseType) -> String? {
      var column = LooseColumn("x", loose)
      let isRead =
        bytes.map { $0.withUnsafeBytes { PostgresCell.append($0, type, to: &column) } }
        ?? PostgresCell.append(nil, type, to: &column)
      let misfits = TypedMisfits()
      let made = column.finish(misfits)
      return isRead ? made[0].description : nil
    }
    #expect(read([0xFF, 0xFE], .int2, as: .of(.int)) == "-2")
    #expect(read([0x7F, 255, 255, 255, 255, 255, 255, 255], .int8, as: .of(.int)) == "9223372036854775807")
    #expect(read([0x3F, 0xB9, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9A], .float8, as: .of(.float)) == "0.1")
    #expect(read([0x7F, 0xF8, 0, 0, 0, 0, 0, 0], .float8, as: .of(.float)) == "")
    #expect(read([0, 0, 0, 0], .date, as: .of(.date)) == "2000-01-01")
    for infinite in [[0x7F, 255, 255, 255], [0x80, 0, 0, 0]] as [[UInt8]] {
      #expect(read(infinite, .date, as: .of(.date)) == "")
    }
    #expect(read([0x7F] + [UInt8](repeating: 255, count: 7), .timestamp, as: .of(.datetime)) == "")
    #expect(read(nil, .text, as: .of(.text)) == "")
    for (text, cell) in [
      ("12", "12"), ("12.00", "12"), ("12.50", "12.5"), ("-0.1", "-0.1"), ("1e400", ""), ("NaN", ""),
    ] {
      #expect(read(Array(text.utf8), .numeric(.open), as: .number) == (cell == "" ? "" : cell), "\(text)")
    }
    // Of another length than the type has.
    for type in [PostgresType.bool, .int2, .int4, .int8, .oid, .float4, .float8, .date, .timestamp] {
      #expect(read([1, 2, 3], type, as: .of(.int)) == nil, "\(type)")
    }
  }

  @Test(
    arguments: [
      ("0.1", false), ("12.50", false), ("9007199254740993", false), ("3.3333333333333333", true), ("1e-7", false),
      ("12345678901234567890", true), ("100000000000000000000", false), ("0.00000000000000000000000001", false),
      ("-123456789.123456789", true), ("NaN", false), ("Infinity", false), ("000.100", false),
    ])
  func digitsThatAFloatDoesNotHoldAreKnown(_ text: String, _ isLost: Bool) {
    #expect(Array(text.utf8).withUnsafeBytes { PostgresCell.losesDigits($0) } == isLost)
  }
}
