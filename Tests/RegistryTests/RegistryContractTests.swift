import Foundation
import Kernels
import Plan
import ProgramRunning
import Testing

@testable import Registry

@Suite struct RegistryServerPresenceTests {
  @Test func aServerIsThereWhereNobodyWatches() {
    #expect(PostgresServer.isThere || !PostgresServer.mustBe, "\(PostgresServer.absence)")
  }
}

/// What every kind of registry keeps to.
@Suite struct RegistryContractTests {
  @Test(arguments: RegistryKind.installed) func versionsAreNumberedFromOneAndKeptAsTheyWere(_ kind: RegistryKind) throws
  {
    let place = try EmptyRegistry(kind)
    let churn = "churn"
    let packages = try ["full", "bare", "full"].map { try StoredPackage.bytes($0) }
    let facts = try ["full", "bare", "full"].map { try StoredPackage.facts($0) }
    for (turn, package) in packages.enumerated() {
      #expect(try place.open().publish(package, facts[turn], as: churn, aliases: []) == turn + 1)
    }
    let registry = try place.open()
    let history = try registry.history(of: churn)
    #expect(history.versions.map(\.number) == [1, 2, 3])
    #expect(history.versions.map(\.facts) == facts)
    #expect(history.moves.isEmpty)
    #expect(try registry.models() == [history])
    for version in history.versions {
      let model = try registry.model(version, of: churn)
      #expect(model.name == churn)
      #expect(model.graph == (try StoredPackage.model(version.number == 2 ? "bare" : "full").graph))
    }
  }

  @Test(arguments: RegistryKind.installed) func aPackageOfManyPartsComesBackWhole(_ kind: RegistryKind) throws {
    let place = try EmptyRegistry(kind)
    let big = "big"
    let bytes = (0..<9_500_001).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 9) }
    let facts = VersionFacts(try StoredPackage.model(), packed: bytes, madeBy: "mlp 0", script: "")
    let store = try store(place)
    #expect(try store.add(bytes, facts, to: big, aliases: []) == 1)
    let version = try #require(try store.history(of: big).newest)
    #expect(try store.package(of: big, version) == bytes)
  }

  private func store(_ place: EmptyRegistry) throws -> any RegistryStore {
    switch place.address {
    case .file(let path): try SQLiteRegistry(path, Kernels.Progress())
    case .folder(let path): try FolderRegistry(path, Kernels.Progress())
    case .server(let address): try PostgresRegistry(address, isLoopbackOnly: true, Kernels.Progress())
    }
  }

  @Test(arguments: RegistryKind.installed) func aliasesMoveAndRollBackAndNothingIsForgotten(_ kind: RegistryKind) throws
  {
    let place = try EmptyRegistry(kind)
    let churn = "churn"
    let registry = try place.open()
    let (bytes, facts) = (try StoredPackage.bytes("bare"), try StoredPackage.facts("bare"))
    #expect(try registry.publish(bytes, facts, as: churn, aliases: ["candidate", "champion"]) == 1)
    #expect(try registry.publish(bytes, facts, as: churn, aliases: ["candidate"]) == 2)
    let promoted = try registry.promote(ModelReference("\(churn)@candidate"), to: "champion", isGated: false)
    #expect(promoted.version == 2 && promoted.move?.from == 1)
    #expect(try registry.promote(ModelReference("\(churn)@2"), to: "champion", isGated: false).move == nil)
    #expect(try registry.version(ModelReference("model:\(churn)@champion")).number == 2)
    let back = try registry.rollBack("champion", of: churn)
    #expect(back.version == 1 && back.from == 2 && back.kind == .rolledBack)
    #expect(try registry.version(ModelReference("\(churn)@champion")).number == 1)
    #expect(
      problem { _ = try registry.rollBack("champion", of: churn) }
        == .noEarlier(churn, alias: "champion", version: 1))
    let history = try place.open().history(of: churn)
    #expect(history.versions.count == 2)
    #expect(history.moves.map(\.alias) == ["candidate", "champion", "candidate", "champion", "champion"])
    #expect(history.moves.map(\.version) == [1, 1, 2, 2, 1])
    #expect(history.aliases.map { "\($0.alias)@\($0.version)" } == ["candidate@2", "champion@1"])
  }

  @Test(arguments: RegistryKind.installed) func whatIsNotThereIsNamedWithWhatIs(_ kind: RegistryKind) throws {
    let place = try EmptyRegistry(kind)
    let churn = "churn"
    #expect(try place.open().models().isEmpty)
    guard case .noModel(churn, _, _)? = problem({ _ = try place.open().history(of: churn) }) else {
      Issue.record("there is no model yet")
      return
    }
    let registry = try place.open()
    let (bytes, facts) = (try StoredPackage.bytes("bare"), try StoredPackage.facts("bare"))
    _ = try registry.publish(bytes, facts, as: churn, aliases: ["champion"])
    #expect(
      problem { _ = try registry.version(ModelReference("\(churn)@2")) } == .noVersion(churn, 2, newest: 1))
    #expect(
      problem { _ = try registry.version(ModelReference("\(churn)@champoin")) }
        == .noAlias(churn, alias: "champoin", of: ["champion"]))
    guard case .noModel(_, let models, _)? = problem({ _ = try registry.history(of: "churns") }) else {
      Issue.record("there is no such model")
      return
    }
    #expect(models.contains(churn))
    #expect(
      problem { _ = try registry.publish(bytes, facts, as: "../churn", aliases: []) } == .badName("../churn", .model))
    #expect(problem { _ = try registry.publish(bytes, facts, as: churn, aliases: ["3"]) } == .badName("3", .alias))
    #expect(try registry.history(of: churn).versions.count == 1)
  }

  @Test(arguments: RegistryKind.installed) func aGateKeepsOutWhatWasNotAccepted(_ kind: RegistryKind) throws {
    let place = try EmptyRegistry(kind)
    let churn = "churn"
    let registry = try place.open()
    let bytes = try StoredPackage.bytes("full")
    let good = [Requirement(metric: "auc", comparison: ">=", bound: 0.8)]
    let high = [Requirement(metric: "auc", comparison: ">=", bound: 0.9)]
    for asked in [nil, [], high, good] {
      _ = try registry.publish(bytes, try StoredPackage.facts(tested: asked), as: churn, aliases: [])
    }
    func gate(_ number: Int) -> RegistryProblem? {
      problem { _ = try registry.promote(ModelReference("\(churn)@\(number)"), to: "champion", isGated: true) }
    }
    #expect(gate(1) == .notAccepted(churn, version: 1, .notTested))
    #expect(gate(2) == .notAccepted(churn, version: 2, .nothingAsked))
    #expect(gate(3) == .notAccepted(churn, version: 3, .unmet(["auc >= 0.9"])))
    #expect(try registry.history(of: churn).moves.isEmpty)
    #expect(gate(4) == nil)
    let model = try registry.model(try registry.version(ModelReference("\(churn)@champion")), of: churn)
    #expect(model.acceptance == good)
  }

  /// Threads, each with a connection of its own, of which the first have to make the registry.
  @Test(arguments: RegistryKind.installed) func writersAtATimeLoseAndDoubleNothing(_ kind: RegistryKind) throws {
    let place = try EmptyRegistry(kind)
    let churn = "churn"
    let (bytes, facts) = (try StoredPackage.bytes("bare"), try StoredPackage.facts("bare"))
    let (writers, each) = (8, 12)
    let results = Results()
    DispatchQueue.concurrentPerform(iterations: writers) { writer in
      for _ in 0..<each {
        results.add(Result { try place.open().publish(bytes, facts, as: churn, aliases: ["newest", "w\(writer)"]) })
      }
    }
    let numbers = try results.all.map { try $0.get() }
    #expect(numbers.sorted() == Array(1...writers * each))
    let history = try place.open().history(of: churn)
    #expect(history.versions.map(\.number) == Array(1...writers * each))
    #expect(history.moves.filter { $0.alias != "newest" }.map(\.version).sorted() == Array(1...writers * each))
    for writer in 0..<writers { #expect(history.moves.filter { $0.alias == "w\(writer)" }.count == each) }
    #expect(history.aliases.first { $0.alias == "newest" }?.version == writers * each)
  }

  @Test func anAliasThatALaterVersionTookIsNotTakenBack() {
    let later = AliasMove(alias: "newest", kind: .promoted, version: 6, from: nil, moment: 0)
    let history = ModelHistory(model: "churn", versions: [], moves: [later])
    #expect(history.publishing(5, as: "newest") == nil)
    #expect(history.publishing(7, as: "newest")?.from == 6)
    #expect(history.publishing(5, as: "other")?.version == 5)
  }

  private final class Results: @unchecked Sendable {
    private let lock = NSLock()
    private var found: [Result<Int, any Error>] = []
    func add(_ result: Result<Int, any Error>) { lock.withLock { found.append(result) } }
    var all: [Result<Int, any Error>] { lock.withLock { found } }
  }
}
