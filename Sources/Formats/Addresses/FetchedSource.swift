import Kernels
import Synchronization
import Tables

/// A table in files some of which have to be fetched before they can be read. What they hold is not known before.
///
/// They are fetched once, when the rows are first asked for, and stay as they came while this source is there.
public struct FetchedSource: TableSource {
  /// Where the bytes of a part come from.
  public enum Part: Sendable {
    case file(String)
    case remote(any RemoteFile)
  }

  /// A part that is there to be read.
  public struct Arrived: Sendable {
    /// Under which it can be opened.
    public let path: String
    /// The name whose ending tells its format.
    public let fileName: String
    public let mediaType: String?
  }

  private final class Place: Sendable {
    let source = Mutex<(any TableSource, [FetchedFile])?>(nil)
  }

  public let name: String
  private let parts: [Part]
  private let open: @Sendable ([Arrived]) throws(SourceError) -> any TableSource
  private let tell: @Sendable (FetchedFile) -> Void
  private let place = Place()

  /// `open` makes the reader of the files once they are there; `tell` is called with each that was fetched.
  public init(
    _ parts: [Part], name: String, tell: @escaping @Sendable (FetchedFile) -> Void,
    open: @escaping @Sendable ([Arrived]) throws(SourceError) -> any TableSource
  ) {
    self.parts = parts
    self.name = name
    self.tell = tell
    self.open = open
  }

  public var findsTypes: Bool { place.source.withLock { $0?.0.findsTypes ?? false } }

  public func declaredSchema() throws(SourceError) -> DeclaredSchema? { nil }

  public func arrivedSchema(_ progress: Progress) throws(SourceError) -> DeclaredSchema? {
    try shown { () throws(SourceError) in try arrived(progress).arrivedSchema(progress) }
  }

  public func scan(
    _ request: ScanRequest, _ progress: Progress, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> ScanReport {
    let report = try shown { () throws(SourceError) in try arrived(progress).scan(request, progress, take) }
    return report.mapNotes { ShownPaths.shown(in: $0) }
  }

  /// The reader of the files, which are fetched where they are not there yet.
  private func arrived(_ progress: Progress) throws(SourceError) -> any TableSource {
    if let source = place.source.withLock({ $0?.0 }) { return source }
    var fetched: [FetchedFile] = []
    var arrived: [Arrived] = []
    for part in parts {
      switch part {
      case .file(let path): arrived.append(Arrived(path: path, fileName: path, mediaType: nil))
      case .remote(let remote):
        let file = try remote.fetch(progress)
        fetched.append(file)
        tell(file)
        arrived.append(Arrived(path: file.path, fileName: remote.fileName, mediaType: file.mediaType))
      }
    }
    let source = try open(arrived)
    place.source.withLock { $0 = (source, fetched) }
    return source
  }

  /// Runs a reading, of which no failure tells of the files without names.
  private func shown<Result>(_ body: () throws(SourceError) -> Result) throws(SourceError) -> Result {
    do throws(SourceError) { return try body() } catch {
      throw SourceError(source: ShownPaths.shown(in: error.source), reason: error.reason.shown, line: error.line)
    }
  }
}

extension SourceError.Reason {
  fileprivate var shown: SourceError.Reason {
    switch self {
    case .badFormat(let words): .badFormat(ShownPaths.shown(in: words))
    case .tooLarge(let words): .tooLarge(ShownPaths.shown(in: words))
    case .file(let error): .file(FileError(path: ShownPaths.shown(in: error.path), reason: error.reason))
    case .badCell, .badRow, .differs, .place, .drift, .cancelled: self
    }
  }
}
