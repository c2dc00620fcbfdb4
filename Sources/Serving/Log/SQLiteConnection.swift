import CSQLite

/// What SQLite refuses, in its own words.
struct SQLiteProblem: Error, Equatable {
  let words: String
}

/// A cell of a row. Numbers with a fraction and bytes, which a request log has none of, are read as their text.
enum SQLiteValue: Sendable, Equatable {
  case missing
  case int(Int64)
  case text(String)

  init(_ text: String?) { self = text.map(SQLiteValue.text) ?? .missing }

  var int: Int64? { if case .int(let value) = self { value } else { nil } }

  var text: String? { if case .text(let value) = self { value } else { nil } }
}

/// A connection to a SQLite file (sqlite.org/c3ref). One thread at a time may use it.
final class SQLiteConnection {
  private var handle: OpaquePointer?
  /// Statements that were prepared, by their text.
  private var prepared: [String: SQLiteStatement] = [:]

  /// Opens the file, making it where there is none unless it is only to be read; a lock of another connection is waited for
  /// up to `busy` seconds.
  init(_ path: String, isReadOnly: Bool = false, busy: Double) throws(SQLiteProblem) {
    let access = isReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    try check(sqlite3_open_v2(path, &handle, access | SQLITE_OPEN_NOMUTEX, nil))
    sqlite3_busy_timeout(handle, Int32(1000 * min(max(0, busy), 86_400)))
  }

  deinit { close() }

  /// Ends the connection; whatever is asked of it later is an error. Safe to call twice.
  func close() {
    prepared = [:]
    sqlite3_close_v2(handle)
    handle = nil
  }

  private func check(_ status: Int32) throws(SQLiteProblem) {
    guard status != SQLITE_OK else { return }
    throw handle.map(SQLiteProblem.init(last:)) ?? SQLiteProblem(words: String(cString: sqlite3_errstr(status)))
  }

  /// Runs statements that take nothing and give nothing, separated by semicolons.
  func execute(_ sql: String) throws(SQLiteProblem) {
    try check(sqlite3_exec(handle, sql, nil, nil, nil))
  }

  /// The rows of one statement whose places `?` are filled by `values`; none of one that only writes. It is prepared once.
  @discardableResult func rows(_ sql: String, _ values: [SQLiteValue] = []) throws(SQLiteProblem) -> [[SQLiteValue]] {
    if let statement = prepared[sql] { return try statement.rows(values) }
    var pointer: OpaquePointer?
    try check(sqlite3_prepare_v2(handle, sql, -1, &pointer, nil))
    guard let pointer else { throw SQLiteProblem(words: "no statement") }
    let statement = SQLiteStatement(pointer)
    prepared[sql] = statement
    return try statement.rows(values)
  }

  /// Runs `body` with the right to write from its start on; nothing of it is kept when it throws.
  func transaction(_ body: () throws(SQLiteProblem) -> Void) throws(SQLiteProblem) {
    try execute("BEGIN IMMEDIATE")
    do throws(SQLiteProblem) {
      try body()
      try execute("COMMIT")
    } catch {
      // try? is safe: after some errors SQLite has rolled back by itself, and what is thrown says why.
      try? execute("ROLLBACK")
      throw error
    }
  }

  /// Switches the file to the write-ahead log.
  func writeAhead() throws(SQLiteProblem) {
    guard try rows("PRAGMA journal_mode = WAL") == [[.text("wal")]] else {
      throw SQLiteProblem(words: "the file cannot have a write-ahead log here")
    }
  }

  /// How far a checkpoint goes: what holds nobody up, the whole file, or the whole file and its log cut to nothing.
  enum Checkpoint { case passive, restart, truncate }

  /// Moves pages of the write-ahead log into the file.
  func checkpoint(_ kind: Checkpoint) throws(SQLiteProblem) {
    let mode =
      switch kind {
      case .passive: SQLITE_CHECKPOINT_PASSIVE
      case .restart: SQLITE_CHECKPOINT_RESTART
      case .truncate: SQLITE_CHECKPOINT_TRUNCATE
      }
    try check(sqlite3_wal_checkpoint_v2(handle, nil, mode, nil, nil))
  }
}

extension SQLiteProblem {
  /// The last one of a connection.
  fileprivate init(last connection: OpaquePointer) { words = String(cString: sqlite3_errmsg(connection)) }
}

/// A statement that is ready to run.
private final class SQLiteStatement {
  private let handle: OpaquePointer

  init(_ handle: OpaquePointer) { self.handle = handle }

  deinit { sqlite3_finalize(handle) }

  func rows(_ values: [SQLiteValue]) throws(SQLiteProblem) -> [[SQLiteValue]] {
    defer {
      sqlite3_reset(handle)
      sqlite3_clear_bindings(handle)
    }
    for (place, value) in values.enumerated() { try check(bind(value, Int32(place + 1)), SQLITE_OK) }
    var rows: [[SQLiteValue]] = []
    while true {
      let status = sqlite3_step(handle)
      if status == SQLITE_DONE { return rows }
      try check(status, SQLITE_ROW)
      rows.append((0..<sqlite3_column_count(handle)).map(value))
    }
  }

  private func check(_ status: Int32, _ expected: Int32) throws(SQLiteProblem) {
    if status != expected { throw SQLiteProblem(last: sqlite3_db_handle(handle)) }
  }

  private func bind(_ value: SQLiteValue, _ place: Int32) -> Int32 {
    switch value {
    case .missing: sqlite3_bind_null(handle, place)
    case .int(let value): sqlite3_bind_int64(handle, place, value)
    case .text(let value):
      sqlite3_bind_text64(
        handle, place, value, UInt64(value.utf8.count), mlp_sqlite_copies(), UInt8(SQLITE_UTF8))
    }
  }

  private func value(_ place: Int32) -> SQLiteValue {
    switch sqlite3_column_type(handle, place) {
    case SQLITE_NULL: return .missing
    case SQLITE_INTEGER: return .int(sqlite3_column_int64(handle, place))
    default:
      // The text is asked for before its bytes: that is what converts a number.
      guard let start = sqlite3_column_text(handle, place) else { return .missing }
      let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, place)))
      return .text(String(decoding: bytes, as: UTF8.self))
    }
  }
}
