import Descriptions
import Glibc
import Interpreter
import Kernels
import Plan
import Registry
import Synchronization

/// Which registry a stage or a command means: the one that it names, else `--registry`, else `MLP_REGISTRY`, else one in the user's data
/// folder, or in a sandbox one in its folder.
public enum RegistryPlace {
  public static let option = Parameter<String>(
    "registry", "A SQLite file, a folder or postgres://user@host/db",
    otherwise: "--registry, MLP_REGISTRY, or registry.db in the user's data folder", .notEmpty)

  private static let stated = Mutex<String?>(nil)

  /// Takes up what the command line states.
  public static func state(_ place: String) { stated.withLock { $0 = place } }

  /// Opens the registry that `named` means. Throws `outsideSandbox`, and what the registry refuses.
  public static func open(_ named: String?, _ progress: Progress) throws(EngineError) -> ModelRegistry {
    try ModelRegistry(try address(named), isLoopbackOnly: isLoopbackOnly, progress)
  }

  private static var isLoopbackOnly: Bool { WorkingFolder.current.sandbox != nil }

  /// Throws what can be told of it without opening it.
  static func check(_ named: String?) throws(EngineError) {
    if (named ?? chosen) == nil { return }
    try ModelRegistry.check(try address(named), isLoopbackOnly: isLoopbackOnly)
  }

  /// The same to publish in: the folder of the one that nobody names is made where it is not there.
  static func openToPublish(_ named: String?, _ progress: Progress) throws(EngineError) -> ModelRegistry {
    if (named ?? chosen) == nil, WorkingFolder.current.sandbox == nil {
      var path = ""
      for part in try dataFolder().split(separator: "/") {
        path += "/" + part
        mkdir(path, 0o700)
      }
    }
    return try open(named, progress)
  }

  /// What the command line or the surroundings state.
  private static var chosen: String? { stated.withLock { $0 } ?? variable("MLP_REGISTRY") }

  /// What a note calls a registry: below the folder of a sandbox by the path from there.
  static func name(of registry: ModelRegistry) -> String {
    guard let sandbox = WorkingFolder.current.sandbox, registry.shown.hasPrefix(sandbox + "/") else {
      return registry.shown
    }
    return String(registry.shown.dropFirst(sandbox.count + 1))
  }

  static func address(_ named: String?) throws(EngineError) -> RegistryAddress {
    if let text = named ?? chosen {
      return try RegistryAddress(text) { path throws(EngineError) in try WorkingFolder.current.resolve(path) }
    }
    if let sandbox = WorkingFolder.current.sandbox { return .file((sandbox == "/" ? "" : sandbox) + "/registry.db") }
    return .file(try dataFolder() + "/registry.db")
  }

  /// The folder of the program in that of the user's data, as the XDG base directory specification has it.
  private static func dataFolder() throws(EngineError) -> String {
    guard let base = variable("XDG_DATA_HOME") ?? variable("HOME").map({ $0 + "/.local/share" }) else {
      throw EngineError(.registry(.noPlace))
    }
    return base + "/mlp"
  }

  private static func variable(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }
}
