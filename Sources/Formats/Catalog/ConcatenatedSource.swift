import Kernels
import Tables

/// Several files one after the other as one table, for a glob.
///
/// What they hold is agreed on before any row is kept: a column has one type in all of them.
public struct ConcatenatedSource: TableSource {
  private let parts: [any TableSource]
  private let paths: [String]
  private let union: Bool

  /// Columns have to be the same in every file, in any order; with `union` a column that a file has not is missing there.
  public init(_ parts: [any TableSource], paths: [String], union: Bool) {
    self.parts = parts
    self.paths = paths
    self.union = union
  }

  public var name: String { parts.first?.name ?? "files" }
  public var byteCount: Int? {
    let counts = parts.compactMap(\.byteCount)
    return counts.count == parts.count ? counts.reduce(0, +) : nil
  }

  public var missingWords: [String] { parts.first?.missingWords ?? [""] }

  /// The files as delimited texts, which are read side by side.
  private var reading: DelimitedReading {
    get throws(SourceError) {
      var sources: [DelimitedSource] = []
      for (part, path) in zip(parts, paths) {
        guard let source = part as? DelimitedSource else {
          throw SourceError(source: path, reason: .badFormat("only delimited texts are read together"))
        }
        sources.append(source)
      }
      return DelimitedReading(sources, union: union)
    }
  }

  public func declaredSchema() throws(SourceError) -> DeclaredSchema? { try reading.declaredSchema() }

  public func scan(
    _ request: ScanRequest, _ progress: Progress, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> ScanReport {
    try reading.scan(request, progress, take)
  }

  public func read(_ request: ScanRequest, _ progress: Progress) throws(SourceError) -> SourceRows {
    try reading.read(request, progress)
  }
}
