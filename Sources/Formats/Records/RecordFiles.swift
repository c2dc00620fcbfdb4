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
    var lines = RecordBlock()
    guard let request = sources.first?.request else { return nil }
    for source in sources {
      guard let stream = try source.open(onlyRepeatable: true), try source.look(stream, &lines) else { return nil }
    }
    return RecordSurvey(lines, request).declared
  }

  func scan(
    _ request: ScanRequest, _ progress: Progress, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> ScanReport {
    guard let first = sources.first else { return ScanReport(schema: Schema([]), rowCount: 0) }
    var lines = RecordBlock()
    // A single file may be one that can be read only once.
    var only: SampledStream?
    var size: Int? = 0
    for source in sources {
      let stream = try opened(source, again: sources.count > 1)
      try source.lookAtLine(stream, &lines)
      size = size.flatMap { known in stream.positions.map { known + $0.length } }
      if sources.count == 1 { only = stream }
    }
    let survey = RecordSurvey(lines, first.request, settled: request.types)
    let files = sources.map { source in
      BlockInput(path: source.path, start: 0, nil, stream: only) { () throws(SourceError) in
        try opened(source, again: false)
      }
    }
    let reading = RecordReading(
      files, expectedBytes: size, lineLimit: first.lineLimit, first.request.options, survey, request, first.parse)
    return try reading.run(progress, take)
  }

  private func opened(_ source: RecordSource, again: Bool) throws(SourceError) -> SampledStream {
    if let stream = try source.open(onlyRepeatable: again) { return stream }
    throw SourceError(
      source: source.path,
      reason: .badFormat("it can be read only once; files that are read together are looked at before"))
  }
}
