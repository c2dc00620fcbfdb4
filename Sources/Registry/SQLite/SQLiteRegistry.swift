import Glibc
import Kernels
import Plan

/// A registry in one SQLite file, packages included.
///
/// Packages stand in the file and not beside it, so that a version is one transaction, nothing has to be swept, and a copy of the file is
/// a copy of the registry; the same package twice is kept once. The file keeps a rollback journal: its writers are few, and unlike the
/// write-ahead log that works on a file system of another machine too, and leaves no second file with what was acknowledged. A number is
/// the one after the greatest, found within the transaction that adds it.
struct SQLiteRegistry: RegistryStore {
  /// `application_id` of the SQLite header, "mlpr": no other program's file has it.
  private static let applicationID = 0x6D6C_7072
  private static let format = 1
  /// Bytes of a package that stand in one row.
  private static let partSize = 4 << 20

  private static let tables = """
    CREATE TABLE packages (
      digest TEXT NOT NULL,
      part INTEGER NOT NULL,
      content BLOB NOT NULL,
      PRIMARY KEY (digest, part)
    );
    CREATE TABLE versions (
      model TEXT NOT NULL,
      number INTEGER NOT NULL CHECK (number > 0),
      facts TEXT NOT NULL,
      PRIMARY KEY (model, number)
    );
    CREATE TABLE moves (
      model TEXT NOT NULL,
      sequence INTEGER NOT NULL CHECK (sequence > 0),
      version INTEGER NOT NULL,
      move TEXT NOT NULL,
      PRIMARY KEY (model, sequence),
      FOREIGN KEY (model, version) REFERENCES versions (model, number)
    );
    PRAGMA application_id = \(applicationID);
    PRAGMA user_version = \(format);
    """

  private let path: String
  private let progress: Progress

  var shown: String { path }

  init(_ path: String, _ progress: Progress) throws(EngineError) {
    self.path = path
    self.progress = progress
    if Self.isThere(path) { _ = try reading { _ throws(EngineError) in true } }
  }

  /// Whether there is something to read: an empty file is a registry that was not made yet.
  private static func isThere(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_size > 0
  }

  // MARK: Opening

  /// Runs `body` on one state of the registry; nil where there is none.
  private func reading<Result>(
    _ body: (RegistryConnection) throws(EngineError) -> Result
  ) throws(EngineError) -> Result? {
    guard Self.isThere(path) else { return nil }
    try checkAccess()
    let connection = try RegistryConnection(path, .reading, progress)
    return try connection.transaction { () throws(EngineError) -> Result? in
      try isMade(connection) ? body(connection) : nil
    }
  }

  /// Runs `body` in a transaction, after the tables are made where there are none.
  private func writing<Result>(
    _ body: (RegistryConnection) throws(EngineError) -> Result
  ) throws(EngineError) -> Result {
    let connection = try RegistryConnection(path, .writing, progress)
    return try connection.transaction { () throws(EngineError) in
      if try !isMade(connection) { try connection.execute(Self.tables) }
      return try body(connection)
    }
  }

  /// SQLite does not say why it cannot open a file. It is not opened here: to close it would end the locks that this process has on it.
  private func checkAccess() throws(EngineError) {
    guard access(path, R_OK) == 0 else {
      let reason = FileError(path: path, errno: errno).words
      throw EngineError(.registry(.unavailable(path, .reading, reason: reason)))
    }
  }

  /// Whether the file has a registry's tables. Throws `foreign` for another program's file, and `newer`.
  private func isMade(_ connection: RegistryConnection) throws(EngineError) -> Bool {
    let own = try number(connection, "PRAGMA application_id")
    guard own == Self.applicationID else {
      guard own == 0, try number(connection, "SELECT count(*) FROM sqlite_master") == 0 else {
        throw EngineError(.registry(.foreign(path)))
      }
      return false
    }
    let version = try number(connection, "PRAGMA user_version")
    guard version <= Self.format else { throw EngineError(.registry(.newer(path, version: version))) }
    return true
  }

  private func number(
    _ connection: RegistryConnection, _ sql: String, _ values: [RegistryCell] = []
  ) throws(EngineError) -> Int {
    try connection.rows(sql, values).first?.first?.int ?? 0
  }

  // MARK: Looking

  func models() throws(EngineError) -> [String] {
    try reading { (connection) throws(EngineError) in
      try connection.rows("SELECT DISTINCT model FROM versions ORDER BY model").compactMap { $0.first?.text }
    } ?? []
  }

  func history(of model: String) throws(EngineError) -> ModelHistory {
    try reading { (connection) throws(EngineError) in try history(of: model, connection) }
      ?? ModelHistory(model: model, versions: [], moves: [])
  }

  private func history(of model: String, _ connection: RegistryConnection) throws(EngineError) -> ModelHistory {
    var versions: [PublishedVersion] = []
    let rows = try connection.rows(
      "SELECT number, facts FROM versions WHERE model = ? ORDER BY number", [.text(model)])
    for row in rows {
      versions.append(try RegistryRecord.version(row[0].int ?? 0, row[1].bytes ?? [], of: model, in: path))
    }
    var moves: [AliasMove] = []
    for row in try connection.rows("SELECT move FROM moves WHERE model = ? ORDER BY sequence", [.text(model)]) {
      moves.append(try RegistryRecord.move(row[0].bytes ?? [], of: model, in: path))
    }
    return ModelHistory(model: model, versions: versions, moves: moves)
  }

  func package(of model: String, _ version: PublishedVersion) throws(EngineError) -> [UInt8] {
    let parts = try reading { (connection) throws(EngineError) in
      try connection.rows(
        "SELECT content FROM packages WHERE digest = ? ORDER BY part", [.text(version.facts.digest)])
    }
    return (parts ?? []).flatMap { $0[0].bytes ?? [] }
  }

  // MARK: Changing

  func add(
    _ package: [UInt8], _ facts: VersionFacts, to model: String, aliases: [String]
  ) throws(EngineError) -> Int {
    try writing { (connection) throws(EngineError) in
      try keep(package, facts.digest, connection)
      let last = try number(connection, "SELECT max(number) FROM versions WHERE model = ?", [.text(model)])
      try connection.rows(
        "INSERT INTO versions (model, number, facts) VALUES (?, ?, ?)",
        [.text(model), .int(last + 1), .text(facts.json.text)])
      for alias in aliases {
        guard let move = try history(of: model, connection).promoting(last + 1, to: alias) else { continue }
        try keep(move, of: model, connection)
      }
      return last + 1
    }
  }

  private func keep(_ package: [UInt8], _ digest: String, _ connection: RegistryConnection) throws(EngineError) {
    let count = try number(connection, "SELECT count(*) FROM packages WHERE digest = ?", [.text(digest)])
    if count > 0 { return }
    for (part, start) in stride(from: 0, to: package.count, by: Self.partSize).enumerated() {
      let bytes = Array(package[start..<min(start + Self.partSize, package.count)])
      try connection.rows(
        "INSERT INTO packages (digest, part, content) VALUES (?, ?, ?)", [.text(digest), .int(part), .bytes(bytes)])
    }
  }

  private func keep(_ move: AliasMove, of model: String, _ connection: RegistryConnection) throws(EngineError) {
    let last = try number(connection, "SELECT max(sequence) FROM moves WHERE model = ?", [.text(model)])
    try connection.rows(
      "INSERT INTO moves (model, sequence, version, move) VALUES (?, ?, ?, ?)",
      [.text(model), .int(last + 1), .int(move.version), .text(move.json.text)])
  }

  func move(
    _ model: String, _ decide: (ModelHistory) throws(EngineError) -> AliasMove?
  ) throws(EngineError) -> AliasMove? {
    try writing { (connection) throws(EngineError) in
      guard let move = try decide(try history(of: model, connection)) else { return nil }
      try keep(move, of: model, connection)
      return move
    }
  }
}
