import Glibc
import Plan

/// The tables of a request log, and how a file is recognised as one.
enum LogSchema {
  /// `application_id` of the SQLite header, "mlpl": no other program's file has it.
  static let applicationID = 0x6D6C_706C
  static let version = 1

  static let tables = """
    CREATE TABLE IF NOT EXISTS requests (
      id INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      request_id TEXT NOT NULL,
      client TEXT NOT NULL,
      method TEXT NOT NULL,
      route TEXT NOT NULL,
      status INTEGER NOT NULL,
      model TEXT NOT NULL,
      version TEXT NOT NULL,
      latency_us INTEGER NOT NULL,
      rows INTEGER NOT NULL,
      request TEXT,
      response TEXT,
      error TEXT
    );
    CREATE TABLE IF NOT EXISTS models (
      model TEXT NOT NULL,
      version TEXT NOT NULL,
      columns TEXT NOT NULL,
      PRIMARY KEY (model, version)
    );
    CREATE VIEW IF NOT EXISTS requests_utc AS
      SELECT strftime('%Y-%m-%dT%H:%M:%fZ', at / 1000000.0, 'unixepoch') AS at_utc, * FROM requests;
    """

  /// Throws unless the file is missing, empty, or a request log of this version or an earlier one.
  ///
  /// Looked at before SQLite may write to it: switching to the write-ahead log would change another program's file.
  static func examine(_ path: String) throws(LogProblem) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { return }
      throw LogProblem.unavailable(path, String(cString: strerror(errno)))
    }
    defer { close(descriptor) }
    var header = [UInt8](repeating: 0, count: 100)
    let count = read(descriptor, &header, header.count)
    if count < 0 { throw LogProblem.unavailable(path, String(cString: strerror(errno))) }
    if count == 0 { return }
    guard count == header.count, header.starts(with: Array("SQLite format 3\0".utf8)) else {
      throw LogProblem.notSQLite(path)
    }
    guard word(header, at: 68) == applicationID else { throw LogProblem.foreign(path) }
    let version = word(header, at: 60)
    guard version <= Self.version else { throw LogProblem.newer(path, version: version) }
  }

  /// A big-endian field of the SQLite header.
  private static func word(_ header: [UInt8], at place: Int) -> Int {
    header[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
  }

  /// Makes the file where there is none or an empty one, readable by its owner only, since it holds what people sent.
  ///
  /// The marks and tables are written before the file is switched to the write-ahead log: they must stand in the file
  /// itself, or a log whose first process was killed would not be recognised. Another process may do the same meanwhile.
  static func create(_ path: String, busy: Double) throws(LogProblem) {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw LogProblem.unavailable(path, String(cString: strerror(errno))) }
    var status = stat()
    let isFresh = fstat(descriptor, &status) == 0 && status.st_size == 0
    close(descriptor)
    guard isFresh else { return }
    do throws(SQLiteProblem) {
      let connection = try SQLiteConnection(path, busy: busy)
      try connection.transaction { () throws(SQLiteProblem) in
        try connection.execute(tables)
        try connection.execute("PRAGMA application_id = \(applicationID); PRAGMA user_version = \(version)")
      }
    } catch {
      throw LogProblem.unavailable(path, error.words)
    }
  }
}
