import Foundation
import Kernels
import Packaging
import Plan
import ProgramRunning
import Testing

@testable import Registry

/// What a registry is kept in. PostgreSQL only where a server is installed.
enum RegistryKind: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case file, folder, server

  static var installed: [RegistryKind] { allCases.filter { $0 != .server || PostgresServer.isThere } }

  var testDescription: String { rawValue }
}

/// An empty registry of a kind, which several open at a time.
final class EmptyRegistry: Sendable {
  let kind: RegistryKind
  let scratch: ScratchFolder
  let address: RegistryAddress
  init(_ kind: RegistryKind) throws {
    self.kind = kind
    let scratch = try ScratchFolder()
    self.scratch = scratch
    switch kind {
    case .file: address = .file(scratch.path + "/registry.db")
    case .folder: address = .folder(scratch.path + "/models")
    case .server: address = .server(try PostgresServer.shared.get().freshDatabase())
    }
  }

  func open() throws -> ModelRegistry { try ModelRegistry(address, isLoopbackOnly: false, Kernels.Progress()) }
}

/// Packages that an earlier build wrote, and what is said of them.
enum StoredPackage {
  static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: Repository.root + "/Tests/Fuzz/Seeds/\(name).mlpkg")))
  }

  /// A model that was required to have an AUC of 0.7, and tested for `asked`; its test gave an AUC of 0.8.
  static func model(_ name: String = "full", tested asked: [Requirement]? = nil) throws -> Model {
    let model = try MlpkgReader.read(try bytes(name)).model()
      .recording([("auc", 0.75), ("log_loss", 0.5)], part: "valid").recording([("auc", 0.8)], part: "test", openings: 1)
      .requiring([Requirement(metric: "auc", comparison: ">=", bound: 0.7)])
    return asked.map { model.tested(for: $0) } ?? model
  }

  static func facts(_ name: String = "full", tested asked: [Requirement]? = nil) throws -> VersionFacts {
    VersionFacts(try model(name, tested: asked), packed: try bytes(name), madeBy: "mlp 0", script: "load iris\n")
  }
}

/// The problem that an act ends in.
func problem(_ body: () throws -> Void) -> RegistryProblem? {
  do { try body() } catch {
    if case .registry(let problem)? = (error as? EngineError)?.problem { return problem }
  }
  return nil
}
