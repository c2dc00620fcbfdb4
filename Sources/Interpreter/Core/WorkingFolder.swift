import Glibc
import Kernels
import Plan
import Synchronization

/// Where the paths of a script may lead.
public struct WorkingFolder: Sendable {
  /// With `--sandbox DIR`: nothing outside it is read or written. An absolute path without links.
  public let sandbox: String?

  public init(sandbox: String? = nil) { self.sandbox = sandbox }

  private static let chosen = Mutex(WorkingFolder())

  /// The one in force, for planning as for running; `--sandbox` sets it before anything is read.
  public static var current: WorkingFolder {
    get { chosen.withLock { $0 } }
    set { chosen.withLock { $0 = newValue } }
  }

  /// The path as the system takes it, `~` expanded. Throws `outOfBounds` for one that leaves the sandbox, links followed.
  public func resolve(_ path: String) throws(EngineError) -> String {
    var full = path
    if path == "~" || path.hasPrefix("~/"), let home = getenv("HOME") {
      full = String(cString: home) + path.dropFirst(1)
    }
    guard let sandbox else { return full }
    let real = Self.real(full) ?? Self.real(Self.parent(of: full)).map { $0 + "/" + Self.leaf(of: full) }
    guard let real, real == sandbox || real.hasPrefix(sandbox == "/" ? "/" : sandbox + "/") else {
      throw EngineError(.file(.outsideSandbox(path)))
    }
    return real
  }

  /// The absolute path without links of a file that is there.
  public static func real(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func leaf(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }
}
