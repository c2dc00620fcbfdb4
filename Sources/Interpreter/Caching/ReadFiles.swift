import Caching
import Synchronization

/// Files that a stage reads, in the state they were in when it was planned: what was found of them then counts for no other.
public struct ReadFiles: Sendable {
  /// As they were named.
  let paths: [String]
  /// nil for what cannot be told from another: a pipe, a folder, an address.
  let states: [FileIdentity?]
  /// The hashes of those that are fetched, once they are there.
  let arrived: ArrivedFiles?

  public static let none = ReadFiles([])

  /// To be made before anything of the files is read.
  public init(_ paths: [String], _ arrived: ArrivedFiles? = nil) {
    self.paths = paths
    self.arrived = arrived
    states = paths.map { FileIdentity($0) }
  }

  /// All the files of several.
  public init(allOf all: [ReadFiles]) {
    paths = all.flatMap(\.paths)
    states = all.flatMap(\.states)
    let arrived = all.compactMap(\.arrived)
    self.arrived = arrived.isEmpty ? nil : ArrivedFiles(arrived)
  }

  /// nil where one cannot be told from another.
  var identities: [FileIdentity]? { states.contains { $0 == nil } ? nil : states.compactMap(\.self) }

  /// Their paths, for a message.
  var words: String { (identities ?? []).map(\.path).joined(separator: ", ") }

  /// Whether all are as they were.
  var areUnchanged: Bool { identities?.allSatisfy { FileIdentity($0.path) == $0 } ?? false }
}

/// The hashes of files that come from other machines: they are known only when the files are there.
public final class ArrivedFiles: Sendable {
  private let hashes = Mutex<[String: String]>([:])
  private let others: [ArrivedFiles]

  /// Those of several readings together.
  public init(_ others: [ArrivedFiles] = []) { self.others = others }

  /// Takes up the SHA-256 of a file's bytes, in hexadecimal digits, under the address that is shown of it.
  public func note(_ path: String, hash: String) { hashes.withLock { $0[path] = hash } }

  subscript(path: String) -> String? {
    hashes.withLock { $0[path] } ?? others.lazy.compactMap { $0[path] }.first
  }
}

/// What becomes of a stage that a cache has seen before.
public enum StageRepetition: Sendable {
  /// It is not run again.
  case kept
  /// It is not run again, and the model that it trained is kept with it: `RunContext.remembered`.
  case training
  /// It is not run again, and the openings of sealed parts are counted all the same.
  case opening
  /// It is run each time: what it does or gives is of the moment.
  case never
}
