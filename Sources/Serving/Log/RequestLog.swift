import Dispatch
import Display
import Glibc
import Plan
import Synchronization

/// How much a record that was acknowledged survives.
public enum LogDurability: String, Sendable, CaseIterable {
  /// The end of the process, by `kill -9` too. A power cut or a crash of the system may take the records since the last
  /// checkpoint (at most some seconds of them under load), never the file's soundness.
  case process
  /// A power cut as well: each group of records is synced to the disk before its answers leave.
  case power
}

/// A log of requests in a SQLite file: a record is in the file before its answer may leave.
///
/// Records are written in groups: whatever arrived while one group was being committed is the next one, so that the cost
/// of a commit is shared under load and nobody waits when there is none. The file is in write-ahead mode; other
/// processes may read and write it at the same time.
public final class RequestLog: Sendable {
  /// Whether the record is in the file.
  public typealias Acknowledgement = @Sendable (Bool) -> Void

  private struct Pending {
    let record: LogRecord
    let acknowledge: Acknowledgement
  }

  private struct State {
    var waiting: [Pending] = []
    var isWriting = false
    var isClosed = false
    var commits = 0
    var checkpointed = 0
  }

  public let path: String
  private let connection: Mutex<SQLiteConnection>
  private let checkpoints: Mutex<SQLiteConnection>
  private let identity: FileIdentity
  private let state = Mutex(State())
  private let writer = DispatchQueue(label: "request-log", qos: .userInitiated)
  private let checkpointer = DispatchQueue(label: "request-log-checkpoints", qos: .utility)

  /// Opens the log, making the file where there is none. A file that is no request log is refused and left as it is.
  ///
  /// `busy` is the number of seconds that a lock of another process is waited for before a group fails.
  public convenience init(
    path: String, durability: LogDurability = .process, busy: Double = 2
  ) throws(LogProblem) {
    try self.init(path: path, durability: durability, busy: busy, pages: nil)
  }

  /// `pages` bounds the file, as a full disk would.
  init(path: String, durability: LogDurability = .process, busy: Double, pages: Int?) throws(LogProblem) {
    try LogSchema.examine(path)
    self.path = path
    try LogSchema.create(path, busy: busy)
    do throws(SQLiteProblem) {
      connection = Mutex(try Self.connection(path, durability, busy: busy, pages: pages))
      checkpoints = Mutex(try Self.connection(path, durability, busy: 0, pages: pages))
    } catch {
      throw LogProblem.unavailable(path, error.words)
    }
    guard let identity = FileIdentity(path) else { throw LogProblem.unavailable(path, "the file is gone") }
    self.identity = identity
  }

  private static func connection(
    _ path: String, _ durability: LogDurability, busy: Double, pages: Int?
  ) throws(SQLiteProblem) -> sending SQLiteConnection {
    let connection = try SQLiteConnection(path, busy: busy)
    try connection.writeAhead()
    try connection.execute("PRAGMA synchronous = \(durability == .power ? "FULL" : "NORMAL")")
    // Checkpoints run beside the writer, so that syncing the file does not hold up answers.
    try connection.execute("PRAGMA wal_autocheckpoint = 0")
    if let pages { try connection.execute("PRAGMA max_page_count = \(pages)") }
    return connection
  }

  /// Keeps the columns of a model, so that a reader can type what was logged under its name and version.
  public func remember(_ model: any ServedModel) throws(LogProblem) {
    let insertion =
      "INSERT INTO models (model, version, columns) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET columns = excluded.columns"
    let values: [SQLiteValue] = [.text(model.name), .text(model.version), .text(LoggedColumns(model).text)]
    do throws(SQLiteProblem) {
      try connection.withLock { (connection) throws(SQLiteProblem) in _ = try connection.rows(insertion, values) }
    } catch {
      throw LogProblem.unavailable(path, error.words)
    }
  }

  /// Adds a record; `acknowledge` is called, on another thread, when it is in the file or cannot be.
  public func append(_ record: LogRecord, _ acknowledge: @escaping Acknowledgement) {
    enum Turn { case refuse, start, wait }
    let turn = state.withLock { state -> Turn in
      if state.isClosed { return .refuse }
      state.waiting.append(Pending(record: record, acknowledge: acknowledge))
      if state.isWriting { return .wait }
      state.isWriting = true
      return .start
    }
    switch turn {
    case .refuse: acknowledge(false)
    case .start: writer.async { self.writeWaiting() }
    case .wait: break
    }
  }

  /// Commits group after group until none waits.
  private func writeWaiting() {
    while true {
      let group = state.withLock { state -> [Pending] in
        let group = state.waiting
        state.waiting = []
        if group.isEmpty { state.isWriting = false }
        return group
      }
      if group.isEmpty { return }
      let isKept = commit(group)
      for pending in group { pending.acknowledge(isKept) }
      tidy()
    }
  }

  private func commit(_ group: [Pending]) -> Bool {
    // A log that was moved or removed would swallow records without an error.
    guard FileIdentity(path) == identity else { return false }
    do throws(SQLiteProblem) {
      try connection.withLock { (connection) throws(SQLiteProblem) in
        try connection.transaction { () throws(SQLiteProblem) in
          for pending in group { try LogRow.insert(pending.record, connection) }
        }
      }
      return true
    } catch {
      return false
    }
  }

  // MARK: Checkpoints

  /// Groups between two checkpoints.
  private static let checkpointInterval = 512
  /// Bytes of the write-ahead file above which it is started anew.
  private static let restartSize = 64 << 20

  /// Moves the write-ahead file's pages into the database now and then. A passive checkpoint holds nobody up, but under
  /// steady load never lets the file begin again; so when it has grown long, the writer itself does what little is left.
  private func tidy() {
    let isDue = state.withLock { state in
      state.commits += 1
      guard state.commits - state.checkpointed >= Self.checkpointInterval else { return false }
      state.checkpointed = state.commits
      return true
    }
    guard isDue else { return }
    checkpointer.async { [self] in
      // try? is safe: a checkpoint that fails is tried again, and the records are in the write-ahead file until then.
      try? checkpoints.withLock { (connection) throws(SQLiteProblem) in try connection.checkpoint(.passive) }
      guard FileIdentity.size(path + "-wal") > Self.restartSize else { return }
      writer.async { [self] in
        // try? is safe: as above.
        try? connection.withLock { (connection) throws(SQLiteProblem) in try connection.checkpoint(.restart) }
      }
    }
  }

  /// Ends the log after the records that wait are written; later ones are refused. Safe to call twice.
  public func close() {
    let isFirst = state.withLock { state in
      defer { state.isClosed = true }
      return !state.isClosed
    }
    writer.sync {}
    checkpointer.sync {}
    guard isFirst else { return }
    checkpoints.withLock { $0.close() }
    connection.withLock { connection in
      // try? is safe: every record is on disk; the next that opens the log moves what is in the write-ahead file.
      try? connection.checkpoint(.truncate)
      connection.close()
    }
  }
}

/// Which file a path leads to.
private struct FileIdentity: Equatable {
  private let device: UInt64
  private let inode: UInt64

  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
  }

  /// Bytes of a file; 0 where there is none.
  static func size(_ path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }
}
