import Caching
import Kernels
import Packaging
import Plan
import Synchronization

/// Outcomes of stages by their keys: of this session in memory, and in a folder where one was asked for.
public final class StageCache: Sendable {
  /// When rows are worth keeping.
  public enum Keeping: Sendable {
    /// Where it takes longer to make them than to read them again.
    case worthwhile
    /// Always: a test asks for it.
    case all
  }

  let program: String
  let folder: CacheFolder?
  private let rowsFile: any RowsFile
  private let keeping: Keeping
  private let hashes: FileHashes
  private let recent = Mutex(RecentOutcomes())
  private let counts = Mutex((unchanged: 0, all: 0))

  /// A folder that cannot be used is told, and the session goes on with what it has in memory.
  ///
  /// `program` tells one build from another; with a folder, its own file is looked at too.
  public init(
    program: String, folder: CacheFolder? = nil, rowsFile: any RowsFile, keeping: Keeping = .worthwhile
  ) {
    self.folder = folder
    self.rowsFile = rowsFile
    self.keeping = keeping
    hashes = FileHashes(folder)
    var program = program
    if folder != nil, let identity = FileIdentity("/proc/self/exe"), let hash = hashes.hash(identity, Progress()) {
      program += " " + hash.name
    }
    self.program = program
  }

  // MARK: Keys

  /// What stands in keys for a file: the hash of its bytes, or within a session alone its identity.
  func hash(_ identity: FileIdentity, _ progress: Progress) -> CacheKey? {
    guard FileIdentity(identity.path) == identity else { return nil }
    if folder != nil { return hashes.hash(identity, progress) }
    return identity.isSettled ? identity.key : nil
  }

  // MARK: Outcomes

  /// What is known of a stage; nil too where the files that it wrote are no longer what it wrote.
  func outcome(_ key: CacheKey, reading: ReadingID?, _ folder: WorkingFolder, _ progress: Progress) -> RecentOutcomes
    .Entry?
  {
    counts.withLock { $0.all += 1 }
    guard let entry = recent.withLock({ $0[key] }) ?? stored(key, reading),
      entry.outcome.writes.allSatisfy({ isAsWritten($0, folder, progress) })
    else { return nil }
    counts.withLock { $0.unchanged += 1 }
    return entry
  }

  private func stored(_ key: CacheKey, _ reading: ReadingID?) -> RecentOutcomes.Entry? {
    guard let folder, let bytes = folder.read(.stage, key) else { return nil }
    do throws(PackageError) {
      return RecentOutcomes.Entry(outcome: try StoredOutcome(bytes, reading: reading), value: nil)
    } catch {
      folder.report(.damaged(path: folder.place(.stage, key)))
      return nil
    }
  }

  /// A stage that is run each time.
  func countUnkeyed() { counts.withLock { $0.all += 1 } }

  /// How many stages of how many were not run, since this was last asked.
  func newCounts() -> (unchanged: Int, all: Int) {
    counts.withLock { counts in
      defer { counts = (0, 0) }
      return counts
    }
  }

  func keep(_ outcome: StoredOutcome, _ value: HeldValue, _ key: CacheKey, isInteractive: Bool) {
    if isInteractive { recent.withLock { $0.keep(RecentOutcomes.Entry(outcome: outcome, value: value), key) } }
    if let folder, let bytes = outcome.bytes { folder.write(.stage, key, bytes) }
  }

  // MARK: Written files

  private func isAsWritten(
    _ file: (path: String, digest: [UInt8]?), _ folder: WorkingFolder, _ progress: Progress
  ) -> Bool { digest(of: file.path, folder, progress) == .some(file.digest) }

  /// The hash of a file that a stage wrote; nil within for one that is not there, nil outright for one that cannot be told.
  func digest(of path: String, _ folder: WorkingFolder, _ progress: Progress) -> [UInt8]?? {
    do throws(EngineError) {
      guard let identity = FileIdentity(try folder.resolve(path)) else { return .some(nil) }
      return hash(identity, progress).map { .some($0.digest) }
    } catch {
      return nil
    }
  }

  // MARK: Rows

  /// Rows that were kept; nil where none were, or where they are not what was written, which is told.
  func rows(_ key: CacheKey, _ progress: Progress) throws(EngineError) -> Rows? {
    guard let folder else { return nil }
    let place = folder.place(.rows, key)
    do throws(EngineError) {
      let rows = try rowsFile.read(place, label: key.name, progress)
      folder.used(.rows, key)
      return rows
    } catch {
      switch error.problem {
      case .cancelled: throw error
      case .file(.notKept(let file)) where file.reason == .notFound: return nil
      case .file(.notKept(let file)): folder.report(.file(path: place, words: file.words))
      default: folder.report(.damaged(path: place))
      }
      return nil
    }
  }

  /// About how many bytes of rows are read again in a second.
  private static let bytesPerSecond = 8e8

  func keep(_ rows: Rows, _ key: CacheKey, seconds: Double, _ progress: Progress) {
    guard let folder else { return }
    guard let bytes = size(of: rows, progress) else { return }
    if case .worthwhile = keeping, seconds < 0.02 || seconds < 1.2 * Double(bytes) / Self.bytesPerSecond { return }
    guard folder.makeRoom(bytes) else { return }
    progress.report(0, "keeping rows")
    let place = folder.place(.rows, key)
    do throws(EngineError) {
      try rowsFile.write(rows, to: place, label: key.name, progress)
    } catch {
      if case .file(.notKept(let file)) = error.problem { folder.failed(file, at: place) }
    }
  }

  /// About how many bytes the rows take; nil where they cannot be read. Of vectors the first chunk tells how they are stored.
  private func size(of rows: Rows, _ progress: Progress) -> Int? {
    let types = rows.columns.map(\.field)
    let vectors = Set(types.filter { $0.type == .vector }.map(\.name))
    var bytes = types.reduce(0) { $0 + (vectors.contains($1.name) ? 0 : $1.type.cellSize * rows.rowCount) }
    if vectors.isEmpty { return bytes }
    do throws(EngineError) {
      try rows.fold(vectors, progress) { chunk throws(EngineError) in
        bytes += chunk.byteCount * rows.rowCount / max(1, chunk.rowCount)
        return false
      }
    } catch {
      return nil
    }
    return bytes
  }

  // MARK: Models

  func keep(_ model: Model, _ key: CacheKey) {
    let package = PackageFile(
      model, madeBy: "", notes: model.notes.map(\.words), failures: model.board.map { $0.failure?.words })
    folder?.write(.model, key, MlpkgWriter.bytes(package))
  }

  /// A model that was kept, without its rows; nil where none was or it does not compile.
  func model(_ key: CacheKey) -> Model? {
    guard let folder, let bytes = folder.read(.model, key) else { return nil }
    do {
      return try MlpkgReader.read(bytes).model()
    } catch {
      folder.report(.damaged(path: folder.place(.model, key)))
      return nil
    }
  }
}

/// The outcomes of a session that were kept or asked for last, as long as memory allows.
struct RecentOutcomes: Sendable {
  struct Entry: Sendable {
    let outcome: StoredOutcome
    /// nil while it is in the folder.
    let value: HeldValue?
  }

  private static let most = 32
  private var entries: [CacheKey: Entry] = [:]
  /// Oldest first.
  private var order: [CacheKey] = []

  subscript(key: CacheKey) -> Entry? { entries[key] }

  /// A value holds its rows: past half of the memory bound, older ones go.
  mutating func keep(_ entry: Entry, _ key: CacheKey) {
    order.removeAll { $0 == key }
    order.append(key)
    entries[key] = entry
    let isTight = Memory.resident > Memory.bound / 2
    while order.count > (isTight ? 1 : Self.most) { entries[order.removeFirst()] = nil }
  }
}
