import Databases
import Kernels
import Packaging
import Plan
import Scoring
import Tables

/// A registry of models: versions of packages under a name, aliases that stand at versions, and the history of both.
public struct ModelRegistry {
  private let store: any RegistryStore

  /// What messages call it: its path, or its address without a password.
  public var shown: String { store.shown }

  /// Opens nothing that is not there: a registry is made when something is published in it. With `isLoopbackOnly` a server has to be
  /// on this machine. Throws what the place refuses, `foreign` for what is no registry, and `newer`.
  public init(_ address: RegistryAddress, isLoopbackOnly: Bool, _ progress: Progress) throws(EngineError) {
    switch address {
    case .file(let path): store = try SQLiteRegistry(path, progress)
    case .folder(let path): store = try FolderRegistry(path, progress)
    case .server(let url): store = try PostgresRegistry(url, isLoopbackOnly: isLoopbackOnly, progress)
    }
  }

  /// Throws for an address that is no registry's or not within a sandbox, as far as that can be told without opening it.
  public static func check(_ address: RegistryAddress, isLoopbackOnly: Bool) throws(EngineError) {
    guard case .server(let url) = address else { return }
    do throws(SourceError) { try PostgresSession.check(url, isLoopbackOnly: isLoopbackOnly) } catch {
      throw EngineError(error)
    }
  }

  // MARK: Looking

  /// All models with their versions and moves, by name.
  public func models() throws(EngineError) -> [ModelHistory] {
    var all: [ModelHistory] = []
    for name in try store.models() { all.append(try store.history(of: name)) }
    return all
  }

  /// What is known of a model. Throws `noModel`.
  public func history(of model: String) throws(EngineError) -> ModelHistory {
    let history = try store.history(of: model)
    if history.versions.isEmpty {
      throw EngineError(.registry(.noModel(model, of: try store.models(), registry: store.shown)))
    }
    return history
  }

  /// The version that a reference means. Throws `noModel`, `noVersion` and `noAlias`.
  public func version(_ reference: ModelReference) throws(EngineError) -> PublishedVersion {
    try history(of: reference.model).version(reference.version)
  }

  /// The model of a version, under the name that it is published by, with what its test on the sealed part asked. Throws `damaged` for
  /// a package that is not what was published, and what opening one throws.
  public func model(_ version: PublishedVersion, of name: String) throws(EngineError) -> Model {
    let bytes = try store.package(of: name, version)
    guard bytes.count == version.facts.size, Hexadecimal.text(SHA256.digest(bytes)) == version.facts.digest else {
      throw EngineError(.registry(.damaged(store.shown, model: name, version: version.number)))
    }
    let place = "\(name)@\(version.number)"
    var package: PackageFile
    do throws(PackageError) { package = try MlpkgReader.read(bytes) } catch {
      throw EngineError(.file(.badPackage(place, byte: error.offset, error.reason)))
    }
    package.name = name
    do throws(GraphError) {
      let model = try package.model()
      return version.facts.accepted.map { model.tested(for: $0.map(\.asked)) } ?? model
    } catch {
      throw EngineError(.file(.badGraph(place, error)))
    }
  }

  // MARK: Changing

  /// Adds a version with the next number, and puts aliases at it; gives the number. Throws `badName`.
  public func publish(
    _ package: [UInt8], _ facts: VersionFacts, as model: String, aliases: [String]
  ) throws(EngineError) -> Int {
    try RegistryName.check(model, .model)
    for alias in aliases { try RegistryName.check(alias, .alias) }
    return try store.add(package, facts, to: model, aliases: aliases)
  }

  /// Puts an alias at the version that a reference means; nil where it stands there. With `isGated` only at one that was accepted.
  public func promote(
    _ reference: ModelReference, to alias: String, isGated: Bool
  ) throws(EngineError) -> (version: Int, move: AliasMove?) {
    try RegistryName.check(alias, .alias)
    _ = try history(of: reference.model)
    var number = 0
    let move = try store.move(reference.model) { history throws(EngineError) in
      let version = try history.version(reference.version)
      number = version.number
      if isGated, let refusal = version.facts.refusal {
        throw EngineError(.registry(.notAccepted(reference.model, version: number, refusal)))
      }
      return history.promoting(number, to: alias)
    }
    return (number, move)
  }

  /// Puts an alias back to the version where it stood before. Throws `noModel`, `noAlias` and `noEarlier`.
  public func rollBack(_ alias: String, of model: String) throws(EngineError) -> AliasMove {
    _ = try history(of: model)
    let move = try store.move(model) { history throws(EngineError) in try history.rollingBack(alias) }
    guard let move else { throw EngineError(.registry(.noAlias(model, alias: alias, of: []))) }
    return move
  }
}
