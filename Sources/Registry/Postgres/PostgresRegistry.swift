import Databases
import Kernels
import Plan
import Tables

/// A registry in the schema `mlp_registry` of a PostgreSQL database, which is made when something is first published there.
///
/// Writers of one model take turns by an advisory lock that ends with their transaction, however it ends: the server lets go of it when a
/// connection breaks. A package is sent before the lock is taken, so that nobody waits for it.
struct PostgresRegistry: RegistryStore {
  private static let format = 1
  /// Bytes of a package that stand in one row.
  private static let partSize = 1 << 20
  /// The first half of the keys of advisory locks, "mlpr"; the second tells the model.
  private static let lock = 0x6D6C_7072

  private static let tables = [
    "create schema if not exists mlp_registry",
    """
    create table mlp_registry.packages (
      digest text not null, part integer not null, content bytea not null, primary key (digest, part))
    """,
    """
    create table mlp_registry.versions (
      model text not null, number integer not null check (number > 0), facts text not null, primary key (model, number))
    """,
    """
    create table mlp_registry.moves (
      model text not null, sequence integer not null check (sequence > 0), version integer not null, move text not null,
      primary key (model, sequence), foreign key (model, version) references mlp_registry.versions (model, number))
    """,
    "create table mlp_registry.format (version integer not null)",
    "insert into mlp_registry.format values (\(format))",
  ]

  private let session: PostgresSession

  var shown: String { session.shown }

  init(_ address: String, isLoopbackOnly: Bool, _ progress: Progress) throws(EngineError) {
    do throws(SourceError) {
      session = try PostgresSession(address, isLoopbackOnly: isLoopbackOnly, progress)
    } catch {
      throw EngineError(error)
    }
    _ = try isMade()
  }

  // MARK: Commands

  @discardableResult private func rows(_ command: String, _ values: [String] = []) throws(EngineError) -> [[String]] {
    do throws(SourceError) { return try session.rows(command, values) } catch { throw failure(error) }
  }

  private func number(_ command: String, _ values: [String] = []) throws(EngineError) -> Int {
    try rows(command, values).first?.first.flatMap { Int($0) } ?? 0
  }

  private func failure(_ error: SourceError) -> EngineError {
    guard case .place(.failed(let words, let code)) = error.reason else { return EngineError(error) }
    switch code {
    case "55P03": return EngineError(.registry(.locked(shown, seconds: RegistryPatience.seconds)))
    case "42501", "25006": return EngineError(.registry(.unavailable(shown, .writing, reason: words)))
    // any other failure, as the server words it
    default: return EngineError(error)
    }
  }

  private func transaction<Result>(_ body: () throws(EngineError) -> Result) throws(EngineError) -> Result {
    try rows("begin isolation level read committed")
    do throws(EngineError) {
      // What is acknowledged is on the server's disk, whatever its setting.
      try rows("set local synchronous_commit = on")
      try rows("set local lock_timeout = '\(RegistryPatience.seconds)s'")
      let result = try body()
      try commit()
      return result
    } catch {
      // What failed is told; a connection that is lost has rolled back by itself.
      do throws(SourceError) { try session.rows("rollback") } catch {}
      throw error
    }
  }

  private func commit() throws(EngineError) {
    do throws(SourceError) { try session.rows("commit") } catch {
      if case .place(.lost(let words, _)) = error.reason {
        throw EngineError(.registry(.uncertain(shown, reason: words)))
      }
      throw failure(error)
    }
  }

  /// Waits until no other writer of the same is in a transaction; nil is the registry as a whole.
  private func takeTurn(_ model: String?) throws(EngineError) {
    if let model {
      try rows("select pg_advisory_xact_lock(\(Self.lock), hashtext($1))", [model])
    } else {
      try rows("select pg_advisory_xact_lock(\(Self.lock))")
    }
  }

  // MARK: Opening

  /// Whether the database has a registry's tables. Throws `newer`.
  private func isMade() throws(EngineError) -> Bool {
    // Asked of the catalogue's rows: `to_regclass` answers from what this connection remembers, and another may have made the tables while
    // this one waited for its turn.
    let found = try number(
      """
      select count(*) from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'mlp_registry' and c.relname = 'format'
      """)
    if found == 0 { return false }
    let version = try number("select max(version) from mlp_registry.format")
    guard version <= Self.format else { throw EngineError(.registry(.newer(shown, version: version))) }
    return true
  }

  private func make() throws(EngineError) {
    if try isMade() { return }
    try transaction { () throws(EngineError) in
      try takeTurn(nil)
      if try isMade() { return }
      for command in Self.tables { try rows(command) }
    }
  }

  // MARK: Looking

  func models() throws(EngineError) -> [String] {
    guard try isMade() else { return [] }
    return try rows("select distinct model from mlp_registry.versions").compactMap(\.first).sorted()
  }

  func history(of model: String) throws(EngineError) -> ModelHistory {
    guard try isMade() else { return ModelHistory(model: model, versions: [], moves: []) }
    var moves: [AliasMove] = []
    // The moves first: a version that one of them names is then there.
    for row in try rows("select move from mlp_registry.moves where model = $1 order by sequence", [model]) {
      moves.append(try RegistryRecord.move(Array(row[0].utf8), of: model, in: shown))
    }
    var versions: [PublishedVersion] = []
    for row in try rows("select number, facts from mlp_registry.versions where model = $1 order by number", [model]) {
      versions.append(try RegistryRecord.version(Int(row[0]) ?? 0, Array(row[1].utf8), of: model, in: shown))
    }
    return ModelHistory(model: model, versions: versions, moves: moves)
  }

  func package(of model: String, _ version: PublishedVersion) throws(EngineError) -> [UInt8] {
    let digest = version.facts.digest
    let count = try number("select count(*) from mlp_registry.packages where digest = $1", [digest])
    var package: [UInt8] = []
    for part in 0..<count {
      do throws(SourceError) {
        package +=
          try session.bytes(
            "select content from mlp_registry.packages where digest = $1 and part = $2::integer", [digest, "\(part)"]
          ).first ?? []
      } catch {
        throw failure(error)
      }
    }
    return package
  }

  // MARK: Changing

  func add(
    _ package: [UInt8], _ facts: VersionFacts, to model: String, aliases: [String]
  ) throws(EngineError) -> Int {
    try make()
    return try transaction { () throws(EngineError) in
      try keep(package, facts.digest)
      try takeTurn(model)
      let last = try number("select max(number) from mlp_registry.versions where model = $1", [model])
      try rows(
        "insert into mlp_registry.versions (model, number, facts) values ($1, $2::integer, $3)",
        [model, "\(last + 1)", facts.json.text])
      for alias in aliases {
        guard let move = try history(of: model).promoting(last + 1, to: alias) else { continue }
        try keep(move, of: model)
      }
      return last + 1
    }
  }

  private func keep(_ package: [UInt8], _ digest: String) throws(EngineError) {
    if try number("select count(*) from mlp_registry.packages where digest = $1", [digest]) > 0 { return }
    for (part, start) in stride(from: 0, to: package.count, by: Self.partSize).enumerated() {
      let bytes = package[start..<min(start + Self.partSize, package.count)]
      // Another writer of the same package may be at it: this one then waits for what becomes of it.
      try rows(
        """
        insert into mlp_registry.packages (digest, part, content) values ($1, $2::integer, decode($3, 'hex'))
        on conflict do nothing
        """, [digest, "\(part)", Hexadecimal.text(bytes)])
    }
  }

  private func keep(_ move: AliasMove, of model: String) throws(EngineError) {
    let last = try number("select max(sequence) from mlp_registry.moves where model = $1", [model])
    try rows(
      "insert into mlp_registry.moves (model, sequence, version, move) values ($1, $2::integer, $3::integer, $4)",
      [model, "\(last + 1)", "\(move.version)", move.json.text])
  }

  func move(
    _ model: String, _ decide: (ModelHistory) throws(EngineError) -> AliasMove?
  ) throws(EngineError) -> AliasMove? {
    try make()
    return try transaction { () throws(EngineError) in
      try takeTurn(model)
      guard let move = try decide(try history(of: model)) else { return nil }
      try keep(move, of: model)
      return move
    }
  }
}
