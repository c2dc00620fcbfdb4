import Kernels
import Tables

/// Files of records that are read as one table: one, or those of a glob.
///
/// The lines of all samples decide about columns and types together, as if the files were one; a key that a file has not is a missing cell
/// there, as one that a line has not.
struct RecordFiles {
  private let sources: [RecordSource]

  init(_ sources: [RecordSource]) { self.sources = sources }

  /// Reads at most 64 KiB of each file. nil for what can be read only once (standard input, a pipe) and where the first line of one is
  /// longer than that.
  func declaredSchema() throws(SourceError) -> DeclaredSchema? {
    let lines = RecordBlock()
    guard let request = sources.first?.request else { return nil }
    for source in sources {
      guard let stream = try source.open(onlyRepeatable: true), try source.look(stream, lines) else { return nil }
    }
    return RecordSurvey(lines, request).declared
  }

  func scan(
    _ request: ScanRequest, _ progress: Progress, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> ScanReport {
    guard let first = sources.first else { return ScanReport(schema: Schema([]), rowCount: 0) }
    let lines = RecordBlock()
    // A single file may be one that can be read only once.
    var only: SampledStream?
    for source in sources {
      let stream = try opened(source, again: sources.count > 1)
      try source.lookAtLine(stream, lines)
      if sources.count == 1 { only = stream }
    }
    let survey = RecordSurvey(lines, first.request, settled: request.types)
    let files = sources.map { source in
      RecordFeed.File(path: source.path) { () throws(SourceError) in
        if let only { only } else { try opened(source, again: false) }
      }
    }
    let feed = RecordFeed(files, lineLimit: first.lineLimit)
    return try RecordReading(feed, first.request.options, survey, request, first.parse).run(progress, take)
  }

  private func opened(_ source: RecordSource, again: Bool) throws(SourceError) -> SampledStream {
    if let stream = try source.open(onlyRepeatable: again) { return stream }
    throw SourceError(
      source: source.path,
      reason: .badFormat("it can be read only once; files that are read together are looked at before"))
  }
}
