import CSQLite
import Glibc
import Kernels
import Plan

/// A cell of a registry's tables.
enum RegistryCell: Equatable {
  case missing
  case int(Int)
  case text(String)
  case bytes([UInt8])

  var int: Int? { if case .int(let value) = self { value } else { nil } }
  var text: String? { if case .text(let value) = self { value } else { nil } }

  /// The bytes of a text too.
  var bytes: [UInt8]? {
    switch self {
    case .bytes(let value): value
    case .text(let value): Array(value.utf8)
    case .int, .missing: nil
    }
  }
}

/// A connection to a SQLite file (sqlite.org/c3ref) that a registry is kept in. One thread at a time may use it.
final class RegistryConnection {
  /// Bytes that a value may have.
  private static let longest: Int32 = 64 << 20
  /// Microseconds between two tries to get a lock, at least; as many again are drawn, so that writers do not walk in step.
  private static let wait: UInt32 = 5_000

  private let path: String
  private let use: RegistryUse
  private let progress: Progress
  private var handle: OpaquePointer?
  private var waitsUntil = 0.0

  /// Opens the file, which is made where there is none and it is to be written. Throws `unavailable`.
  init(_ path: String, _ use: RegistryUse, _ progress: Progress) throws(EngineError) {
    self.path = path
    self.use = use
    self.progress = progress
    // A name that begins with `file:` would be read as an address.
    let place = path.hasPrefix("/") ? path : "./" + path
    let access = use == .writing ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READWRITE
    try check(sqlite3_open_v2(place, &handle, access | SQLITE_OPEN_NOMUTEX, nil))
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, Self.longest)
    sqlite3_busy_handler(
      handle,
      { pointer, count in pointer.map { RegistryConnection.at($0).waits(isFirst: count == 0) } ?? false ? 1 : 0 },
      Unmanaged.passUnretained(self).toOpaque())
    // A commit is on the disk, and so is it that its journal is gone: a power cut takes back nothing that was acknowledged.
    try execute("PRAGMA synchronous = EXTRA; PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON")
  }

  deinit { sqlite3_close_v2(handle) }

  private static func at(_ pointer: UnsafeMutableRawPointer) -> RegistryConnection {
    Unmanaged<RegistryConnection>.fromOpaque(pointer).takeUnretainedValue()
  }

  /// Whether a lock of another connection is waited for once more.
  private func waits(isFirst: Bool) -> Bool {
    if isFirst { waitsUntil = Clock.seconds + Double(RegistryPatience.seconds) }
    guard !progress.isCancelled, Clock.seconds < waitsUntil else { return false }
    usleep(Self.wait + UInt32.random(in: 0...Self.wait))
    return true
  }

  // MARK: Statements

  /// Runs statements that take nothing and give nothing, separated by semicolons.
  func execute(_ sql: String) throws(EngineError) { try check(sqlite3_exec(handle, sql, nil, nil, nil)) }

  /// The rows of one statement whose places `?` are filled by `values`; none of one that only writes.
  @discardableResult func rows(_ sql: String, _ values: [RegistryCell] = []) throws(EngineError) -> [[RegistryCell]] {
    var statement: OpaquePointer?
    try check(sqlite3_prepare_v2(handle, sql, -1, &statement, nil))
    defer { sqlite3_finalize(statement) }
    for (place, value) in values.enumerated() { try check(Self.bind(value, statement, Int32(place + 1))) }
    var rows: [[RegistryCell]] = []
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_DONE: return rows
      case SQLITE_ROW: rows.append((0..<sqlite3_column_count(statement)).map { Self.cell(statement, $0) })
      // whatever SQLite refuses
      case let status: throw failure(status)
      }
    }
  }

  /// Runs `body` on one state of the file; with the right to write from its start on where the connection is to write. Nothing of it is
  /// kept when it throws.
  func transaction<Result>(_ body: () throws(EngineError) -> Result) throws(EngineError) -> Result {
    try execute(use == .writing ? "BEGIN IMMEDIATE" : "BEGIN")
    do throws(EngineError) {
      let result = try body()
      try execute("COMMIT")
      return result
    } catch {
      // After some errors SQLite has rolled back by itself, and what is thrown says why.
      sqlite3_exec(handle, "ROLLBACK", nil, nil, nil)
      throw error
    }
  }

  private static func bind(_ value: RegistryCell, _ statement: OpaquePointer?, _ place: Int32) -> Int32 {
    switch value {
    case .missing: sqlite3_bind_null(statement, place)
    case .int(let value): sqlite3_bind_int64(statement, place, Int64(value))
    case .text(let value):
      sqlite3_bind_text64(
        statement, place, value, UInt64(value.utf8.count), mlp_sqlite_copies(), UInt8(SQLITE_UTF8))
    case .bytes(let value):
      sqlite3_bind_blob64(statement, place, value, UInt64(value.count), mlp_sqlite_copies())
    }
  }

  private static func cell(_ statement: OpaquePointer?, _ place: Int32) -> RegistryCell {
    switch sqlite3_column_type(statement, place) {
    case SQLITE_NULL: return .missing
    case SQLITE_INTEGER: return Int(exactly: sqlite3_column_int64(statement, place)).map(RegistryCell.int) ?? .missing
    case SQLITE_BLOB:
      let start = sqlite3_column_blob(statement, place)
      let count = Int(sqlite3_column_bytes(statement, place))
      return .bytes(Array(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count)))
    default:
      // The text is asked for before its bytes: that is what converts a number.
      guard let start = sqlite3_column_text(statement, place) else { return .missing }
      let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, place)))
      return .text(String(decoding: bytes, as: UTF8.self))
    }
  }

  // MARK: Failures

  private func check(_ status: Int32) throws(EngineError) {
    if status != SQLITE_OK { throw failure(status) }
  }

  private func failure(_ status: Int32) -> EngineError {
    let words = handle.map { String(cString: sqlite3_errmsg($0)) } ?? String(cString: sqlite3_errstr(status))
    switch status & 0xFF {
    case SQLITE_INTERRUPT: return .cancelled
    case SQLITE_BUSY, SQLITE_LOCKED:
      return progress.isCancelled
        ? .cancelled : EngineError(.registry(.locked(path, seconds: RegistryPatience.seconds)))
    case SQLITE_NOTADB: return EngineError(.registry(.foreign(path)))
    case SQLITE_CORRUPT: return EngineError(.registry(.damaged(path, model: nil, version: nil)))
    // what the disk, the folder or the rights do not allow
    default: return EngineError(.registry(.unavailable(path, use, reason: words)))
    }
  }
}
