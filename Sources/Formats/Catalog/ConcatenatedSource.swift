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

  public func expectedRows(_ request: ScanRequest) throws(SourceError) -> Int {
    guard byteCount != nil, case .delimited(let texts) = try reading else { return 0 }
    return try texts.prepared(request).expectedRows
  }

  public func declaredSchema() throws(SourceError) -> DeclaredSchema? {
    switch try reading {
    case .delimited(let texts): try texts.declaredSchema()
    case .records(let files): try files.declaredSchema()
    case .typed(let files): try files.declaredSchema()
    }
  }

  public func arrivedSchema(_ progress: Progress) throws(SourceError) -> DeclaredSchema? {
    if case .typed(let files) = try reading { return try files.arrivedSchema(progress) }
    return try declaredSchema()
  }

  public func scan(
    _ request: ScanRequest, _ progress: Progress, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> ScanReport {
    switch try reading {
    case .delimited(let texts): try texts.scan(request, progress, take)
    case .records(let files): try files.scan(request, progress, take)
    case .typed(let files): try files.scan(request, progress, take)
    }
  }

  public func read(_ request: ScanRequest, _ progress: Progress) throws(SourceError) -> SourceRows {
    if case .delimited(let texts) = try reading { return try texts.read(request, progress) }
    return try collected(request, progress)
  }

  public func extent(_ request: ScanRequest) throws(SourceError) -> ScanExtent? {
    if case .typed(let files) = try reading { return try files.extent(request) }
    return nil
  }

  public var findsTypes: Bool { parts.allSatisfy(\.findsTypes) }

  /// What reads the files together: those of one family do.
  private enum Reading {
    case delimited(DelimitedReading)
    case records(RecordFiles)
    case typed(TypedFiles)
  }

  private var reading: Reading {
    get throws(SourceError) {
      let delimited = parts.compactMap { $0 as? DelimitedSource }
      if delimited.count == parts.count { return .delimited(DelimitedReading(delimited, union: union)) }
      let records = parts.compactMap { $0 as? RecordSource }
      if records.count == parts.count { return .records(RecordFiles(records)) }
      let typed = parts.compactMap { $0 as? TypedSource }
      if typed.count == parts.count { return .typed(TypedFiles(typed, union: union)) }
      let first = parts.first.map(Self.family)
      let other = zip(parts, paths).first { Self.family($0.0) != first }
      throw SourceError(
        source: other?.1 ?? name,
        reason: .badFormat("it is of another format than \(paths.first ?? name), and those are not read together"))
    }
  }

  /// A number for each family of files that are read together.
  private static func family(_ part: any TableSource) -> Int {
    part is DelimitedSource ? 0 : part is RecordSource ? 1 : 2
  }
}
