import CSQLite
import Glibc
import Kernels
import Tables

/// A SQLite file that is open to be read, in one transaction. One thread at a time may use it.
final class SQLiteDatabase {
  /// A lock of another program is waited for so many seconds.
  private let patience: Double
  /// The bytes that a value may have.
  private static let longest: Int32 = 256 << 20
  /// Instructions of SQLite between two looks at whether the work goes on.
  private static let stride: Int32 = 2_000

  private let shown: String
  private let progress: Progress
  private var handle: OpaquePointer?
  /// How many strides may still be run; nil for any number.
  private var stridesLeft: Int?
  /// Whether that was too few.
  private(set) var hasRunOut = false

  /// Opens the file; `shown` is what messages call the table. With `instructions` what takes more of them ends early, and `hasRunOut`
  /// says so. Throws `file` and `place`.
  init(
    _ file: String, shown: String, instructions: Int? = nil, patience: Double = 5, _ progress: Progress
  ) throws(SourceError) {
    self.shown = shown
    self.patience = patience
    self.progress = progress
    stridesLeft = instructions.map { $0 / Int(Self.stride) }
    try Self.checkFile(file)
    // A name that begins with `file:` would be read as an address.
    let path = file.hasPrefix("/") ? file : "./" + file
    try check(sqlite3_open_v2(path, &handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nil))
    let own = Unmanaged.passUnretained(self).toOpaque()
    sqlite3_progress_handler(
      handle, Self.stride,
      { pointer in pointer.map { SQLiteDatabase.at($0).isOver } ?? false ? 1 : 0 }, own)
    sqlite3_busy_handler(
      handle, { pointer, count in pointer.map { SQLiteDatabase.at($0).waits(count) } ?? false ? 1 : 0 }, own)
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, Self.longest)
    // Views of a file from elsewhere call no function that does anything.
    try check(sqlite3_exec(handle, "PRAGMA trusted_schema = OFF; BEGIN", nil, nil, nil))
  }

  deinit { sqlite3_close_v2(handle) }

  private static func at(_ pointer: UnsafeMutableRawPointer) -> SQLiteDatabase {
    Unmanaged<SQLiteDatabase>.fromOpaque(pointer).takeUnretainedValue()
  }

  /// SQLite does not say why it cannot open a file. It is not opened here: to close it would end the locks that this process has on it.
  private static func checkFile(_ file: String) throws(SourceError) {
    var status = stat()
    guard stat(file, &status) == 0, access(file, R_OK) == 0 else {
      throw SourceError(source: file, reason: .file(FileError(path: file, errno: errno)))
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return
    case S_IFDIR: throw SourceError(source: file, reason: .file(FileError(path: file, reason: .isFolder)))
    default: throw SourceError(source: file, reason: .file(FileError(path: file, reason: .isNoFile)))
    }
  }

  private var isOver: Bool {
    if progress.isCancelled { return true }
    guard let left = stridesLeft else { return false }
    stridesLeft = left - 1
    hasRunOut = hasRunOut || left <= 0
    return left <= 0
  }

  private static let wait: UInt32 = 20_000

  private func waits(_ count: Int32) -> Bool {
    guard !progress.isCancelled, Double(count) * Double(Self.wait) < patience * 1e6 else { return false }
    usleep(Self.wait)
    return true
  }

  /// One statement, ready to run. Throws `failed` for what SQLite does not take, and `badFormat` for several statements or one that is no
  /// query.
  func prepare(_ sql: String) throws(SourceError) -> SQLiteStatement {
    var statement: OpaquePointer?
    var rest = 0
    let status = sql.withCString { text in
      var tail: UnsafePointer<CChar>?
      let status = sqlite3_prepare_v2(handle, text, -1, &statement, &tail)
      rest = tail.map { strlen($0) } ?? 0
      return status
    }
    try check(status)
    guard let statement else { throw SourceError(source: shown, reason: .badFormat("there is no query in it")) }
    let made = SQLiteStatement(statement, self)
    let tail = String(decoding: sql.utf8.suffix(rest), as: UTF8.self)
    if DatabasePart.trimmed(tail) != nil {
      throw SourceError(source: shown, reason: .badFormat("one query is read, and something follows it"))
    }
    guard sqlite3_stmt_readonly(statement) != 0 else {
      throw SourceError(source: shown, reason: .badFormat("it would write, and databases are only read"))
    }
    return made
  }

  func check(_ status: Int32) throws(SourceError) {
    if status != SQLITE_OK { throw failure(status) }
  }

  func failure(_ status: Int32) -> SourceError {
    SourceError(source: shown, reason: reason(status))
  }

  private func reason(_ status: Int32) -> SourceError.Reason {
    let words = handle.map { String(cString: sqlite3_errmsg($0)) } ?? String(cString: sqlite3_errstr(status))
    switch status & 0xFF {
    case SQLITE_INTERRUPT: return .cancelled
    case SQLITE_BUSY, SQLITE_LOCKED: return progress.isCancelled ? .cancelled : .place(.locked(seconds: Int(patience)))
    case SQLITE_NOTADB: return .badFormat("it is no SQLite database")
    case SQLITE_CORRUPT: return .badFormat("the database is damaged: \(words)")
    case SQLITE_TOOBIG: return .tooLarge("a value of more than \(Self.longest >> 20) MB")
    case SQLITE_NOMEM: return .tooLarge("a row that does not fit into memory")
    default: return .place(.failed(words, code: nil))
    }
  }
}

/// A statement of a database, which it keeps open.
final class SQLiteStatement {
  let handle: OpaquePointer
  private let database: SQLiteDatabase

  init(_ handle: OpaquePointer, _ database: SQLiteDatabase) {
    self.handle = handle
    self.database = database
  }

  deinit { sqlite3_finalize(handle) }

  /// Goes to the next row; false behind the last one. Throws `cancelled`, and what SQLite says.
  func step() throws(SourceError) -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let status: throw database.failure(status)
    }
  }

  var columnCount: Int { Int(sqlite3_column_count(handle)) }

  func name(_ column: Int) -> String { sqlite3_column_name(handle, Int32(column)).map { String(cString: $0) } ?? "" }

  func declared(_ column: Int) -> SQLiteDeclared {
    SQLiteDeclared(sqlite3_column_decltype(handle, Int32(column)).map { String(cString: $0) })
  }

  /// The texts of the first column of all rows.
  func texts() throws(SourceError) -> [String] {
    var texts: [String] = []
    while try step() {
      if let text = sqlite3_column_text(handle, 0) { texts.append(String(cString: text)) }
    }
    return texts
  }

  /// A cell of the row at hand as SQLite has it; the bytes are there until the next step.
  func value(_ column: Int) -> SQLiteValue {
    let place = Int32(column)
    switch sqlite3_column_type(handle, place) {
    case SQLITE_NULL: return .missing
    case SQLITE_INTEGER: return .int(sqlite3_column_int64(handle, place))
    case SQLITE_FLOAT: return .float(sqlite3_column_double(handle, place))
    case SQLITE_BLOB: return .bytes(Int(sqlite3_column_bytes(handle, place)))
    default:
      // The text is asked for before its bytes: that is what converts UTF-16.
      let start = sqlite3_column_text(handle, place)
      return .text(
        UnsafeBufferPointer(start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(handle, place))))
    }
  }
}

/// A cell of a row.
enum SQLiteValue {
  case missing
  case int(Int64)
  case float(Double)
  case text(UnsafeBufferPointer<UInt8>)
  /// So many bytes.
  case bytes(Int)
}
