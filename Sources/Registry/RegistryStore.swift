import Kernels
import Notation
import Plan

/// What keeps the versions and the moves of a registry. Whatever ends a writer at whatever moment, there is no part of a version and no
/// number without one; of several writers each gets a number of its own.
protocol RegistryStore {
  /// What messages call the registry.
  var shown: String { get }

  /// The names of the models that have a version, in order.
  func models() throws(EngineError) -> [String]

  /// What is kept of a model; without versions for one that is not published.
  func history(of model: String) throws(EngineError) -> ModelHistory

  /// The bytes of a version's package, of which `facts` tell the digest.
  func package(of model: String, _ version: PublishedVersion) throws(EngineError) -> [UInt8]

  /// Adds a version with the number after the last, and puts aliases at it; gives the number. It is on the disk when this returns.
  func add(
    _ package: [UInt8], _ facts: VersionFacts, to model: String, aliases: [String]
  ) throws(EngineError) -> Int

  /// Adds the move that `decide` makes of the history as it is then; nil where it makes none. It is on the disk when this returns.
  func move(
    _ model: String, _ decide: (ModelHistory) throws(EngineError) -> AliasMove?
  ) throws(EngineError) -> AliasMove?
}

/// How long a lock of another program is waited for, in seconds.
enum RegistryPatience { static let seconds = 30 }

/// The records of a registry as they are kept, and back.
enum RegistryRecord {
  private static let longest = 16 << 20

  /// Throws `damaged` for what is no record of a version.
  static func version(
    _ number: Int, _ bytes: [UInt8], of model: String, in registry: String
  ) throws(EngineError) -> PublishedVersion {
    guard number > 0, let facts = json(bytes).flatMap(VersionFacts.init) else {
      throw EngineError(.registry(.damaged(registry, model: model, version: number)))
    }
    return PublishedVersion(number: number, facts: facts)
  }

  /// Throws `damaged` for what is no record of a move.
  static func move(_ bytes: [UInt8], of model: String, in registry: String) throws(EngineError) -> AliasMove {
    guard let move = json(bytes).flatMap(AliasMove.init) else {
      throw EngineError(.registry(.damaged(registry, model: model, version: nil)))
    }
    return move
  }

  /// nil for bytes that are no JSON.
  static func json(_ bytes: [UInt8]) -> JSONValue? {
    do throws(JSONError) { return try JSONValue(parsing: bytes, limit: longest) } catch { return nil }
  }
}
