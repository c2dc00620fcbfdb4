import Glibc
import Kernels
import Notation
import Plan
import Scoring
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
    set {
      chosen.withLock { $0 = newValue }
      MaskKey.Place.sandbox = newValue.sandbox
    }
  }

  /// The path as the system takes it, `~` expanded. Throws `outOfBounds` for one that leaves the sandbox, links followed.
  public func resolve(_ path: String) throws(EngineError) -> String {
    guard let sandbox else { return Self.expanded(path) }
    let place = Self.place(of: path) ?? Self.placeInMissingFolder(path)
    guard let place, place == sandbox || place.hasPrefix(sandbox == "/" ? "/" : sandbox + "/") else {
      throw EngineError(.file(.outsideSandbox(path)))
    }
    return place
  }

  /// Throws `outsideSandbox` for an address at which other machines are answered, where there is a sandbox.
  public func allow(host: String) throws(EngineError) {
    guard sandbox == nil || Loopback.contains(host) else { throw EngineError(.service(.outsideSandbox(host))) }
  }

  private static func expanded(_ path: String) -> String {
    guard path == "~" || path.hasPrefix("~/"), let home = getenv("HOME") else { return path }
    return String(cString: home) + path.dropFirst(1)
  }

  /// The absolute path without links of a file that need not be there; nil where its folder is not.
  public static func place(of path: String) -> String? {
    let full = expanded(path)
    if let there = real(full) { return there }
    // A link to nothing yet is written through, and so is where it leads.
    let target = FileLinks.target(of: full)
    return real(parent(of: target)).map { ($0 == "/" ? "" : $0) + "/" + leaf(of: target) }
  }

  /// The same where folders on the way are not there either: what cannot be there leads nowhere else, unless it goes up again.
  private static func placeInMissingFolder(_ path: String) -> String? {
    var folder = expanded(path)
    var rest: [String] = []
    while real(folder) == nil {
      let name = leaf(of: folder)
      guard name != "..", FileLinks.target(of: folder) == folder, folder != ".", folder != "/" else { return nil }
      if !name.isEmpty, name != "." { rest.insert(name, at: 0) }
      folder = parent(of: folder)
    }
    return real(folder).map { ([$0 == "/" ? "" : $0] + rest).joined(separator: "/") }
  }

  /// The folder that a file is in, as its path names it.
  public static func folder(of path: String) -> String { parent(of: expanded(path)) }

  public static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
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
