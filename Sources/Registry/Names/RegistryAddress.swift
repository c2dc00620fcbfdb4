import Glibc
import Notation
import Plan

/// Where a registry is: a SQLite file, a folder, or a PostgreSQL server.
public enum RegistryAddress: Sendable, Hashable {
  case file(String)
  case folder(String)
  case server(String)

  private static let fileEndings = [".db", ".sqlite", ".sqlite3"]

  /// Takes apart `registry.db`, `sqlite:registry.db`, `models/` or `postgres://user@host/db`: a file that is there, or a name that ends as
  /// SQLite's do, is a SQLite file, any other path a folder. `place` gives a path as the system takes it. Throws `badAddress`, and what
  /// `place` throws.
  public init(_ text: String, _ place: (String) throws(EngineError) -> String) throws(EngineError) {
    let scheme = text.prefix { $0 != ":" }.lowercased()
    if text.contains("://") {
      guard ["postgres", "postgresql"].contains(scheme) else {
        throw EngineError(.registry(.badAddress(Secrets.masked(text), part: scheme)))
      }
      self = .server(text)
    } else if text.hasPrefix("sqlite:") {
      self = .file(try place(String(text.dropFirst(7))))
    } else {
      let path = try place(text)
      self = !text.hasSuffix("/") && Self.isFile(path) ? .file(path) : .folder(path)
    }
  }

  private static func isFile(_ path: String) -> Bool {
    var status = stat()
    if stat(path, &status) == 0 { return status.st_mode & S_IFMT != S_IFDIR }
    return fileEndings.contains { path.hasSuffix($0) }
  }
}
