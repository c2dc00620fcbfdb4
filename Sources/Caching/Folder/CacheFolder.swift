import Glibc
import Kernels
import Packaging
import Synchronization

/// A folder of results under their keys, which several processes may use at once.
///
/// A file is written beside its place and renamed, and never changes after; each ends in a hash of itself. The folder is bounded: what
/// was used longest ago leaves first. Only files with the names that a cache gives are ever removed.
public final class CacheFolder: Sendable {
  /// What is kept, each in a folder of its own.
  public enum Kind: String, Sendable, CaseIterable {
    /// Where a stage's outcome stands, its rows, its model, and the hash of a file that was read.
    case stage = "stages"
    case rows
    case model = "models"
    case file = "files"
  }

  /// Bytes, unless another size is asked for.
  public static let standardBound = 10 << 30
  private static let marker = "mlp-cache"

  private struct State {
    /// nil until the files have been counted.
    var bytes: Int?
    var told: Set<Int> = []
    var untold: [CacheProblem] = []
    var isFull = false
  }

  public let path: String
  private let bound: Int
  private let state = Mutex(State())

  /// The cache in a folder, which is made where there is none. Throws for one that holds other files or cannot be written.
  public init(_ path: String, bound: Int = standardBound) throws(CacheProblem) {
    self.path = path
    self.bound = bound
    if mkdir(path, 0o700) != 0, errno != EEXIST {
      throw .file(path: path, words: FileError(path: path, errno: errno).words)
    }
    guard let names = FolderListing.names(path) else { throw .foreign(path: path) }
    let own = [Self.marker] + Kind.allCases.map(\.rawValue)
    let isMarked = names.contains(Self.marker)
    if !isMarked {
      guard names.allSatisfy({ name in own.contains { name == $0 || name.hasPrefix(Self.marker + ".") } }) else {
        throw .foreign(path: path)
      }
    }
    do throws(FileError) {
      if !isMarked {
        try DurableFile.write(Array("A cache of mlp: it may be removed.\n".utf8), to: path + "/" + Self.marker)
      }
    } catch {
      throw .file(path: path, words: error.words)
    }
    for kind in Kind.allCases where mkdir(path + "/" + kind.rawValue, 0o700) != 0 && errno != EEXIST {
      throw .file(path: path, words: FileError(path: path, errno: errno).words)
    }
  }

  // MARK: Files

  public func place(_ kind: Kind, _ key: CacheKey) -> String { path + "/" + kind.rawValue + "/" + key.name }

  /// What was written under the key; nil where nothing was, or where it is not what was written, which is told.
  public func read(_ kind: Kind, _ key: CacheKey) -> [UInt8]? {
    let place = place(kind, key)
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try DurableFile.read(place, limit: 1 << 30)
    } catch {
      if error.reason != .notFound { report(.file(path: place, words: error.words)) }
      return nil
    }
    guard let content = SealedBytes.opened(bytes, kind.rawValue, key) else {
      report(.damaged(path: place))
      return nil
    }
    used(kind, key)
    return content
  }

  /// Keeps bytes under the key. What cannot be written is told and lost.
  public func write(_ kind: Kind, _ key: CacheKey, _ content: [UInt8]) {
    let bytes = SealedBytes.sealed(content, kind.rawValue, key)
    guard makeRoom(bytes.count) else { return }
    let place = place(kind, key)
    do throws(FileError) { try DurableFile.write(bytes, to: place, mode: 0o600) } catch { failed(error, at: place) }
  }

  /// Puts a file off that leaves first.
  public func used(_ kind: Kind, _ key: CacheKey) { utimensat(AT_FDCWD, place(kind, key), nil, 0) }

  // MARK: Problems

  public func report(_ problem: CacheProblem) {
    state.withLock { state in
      if state.told.insert(problem.kind).inserted { state.untold.append(problem) }
    }
  }

  /// A file could not be written: it is told, and no more is written.
  public func failed(_ error: FileError, at place: String) {
    report(.file(path: place, words: error.words))
    state.withLock { $0.isFull = true }
  }

  /// What has come up since this was last asked; of each kind one.
  public func newProblems() -> [CacheProblem] {
    state.withLock { state in
      defer { state.untold = [] }
      return state.untold
    }
  }

  // MARK: Size

  /// Makes room for so many bytes more. False where they are not to be written; what is too large for the folder is told.
  public func makeRoom(_ bytes: Int) -> Bool {
    if bytes > bound / 2 {
      report(.tooLarge(bytes: bytes, bound: bound))
      return false
    }
    return state.withLock { state in
      if state.isFull { return false }
      let total = (state.bytes ?? Self.total(listed())) + bytes
      state.bytes = total
      if total > bound { state.bytes = evict(down: bound / 10 * 9 - bytes) + bytes }
      return true
    }
  }

  private func listed() -> [FolderListing.Entry] {
    Kind.allCases.flatMap { FolderListing.entries(path + "/" + $0.rawValue) }
  }

  private static func total(_ entries: [FolderListing.Entry]) -> Int { entries.reduce(0) { $0 + $1.bytes } }

  /// Removes what was used longest ago, and gives the bytes that are left.
  private func evict(down target: Int) -> Int {
    let entries = listed().sorted { $0.used < $1.used }
    var total = Self.total(entries)
    for entry in entries where total > target {
      if unlink(entry.path) == 0 { total -= entry.bytes }
    }
    return total
  }
}
