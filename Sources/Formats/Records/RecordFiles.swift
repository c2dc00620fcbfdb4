import Kernels
import Tables

/// Files of records that are read as one table: one, or those of a glob.
///
/// The records of all samples decide about columns and types together, as if the files were one; a key that a file has not is a missing cell
/// there, as one that a record has not.
struct RecordFiles {
  private let sources: [RecordSource]

  init(_ sources: [RecordSource]) { self.sources = sources }

  /// Reads at most 64 KiB of each file. nil for what can be read only once (standard input, a pipe) and where the first record of one is
  /// longer than that.
  func declaredSchema() throws(SourceError) -> DeclaredSchema? { try sampled()?.survey.declared }

  /// About how many rows there are, from the size of the files and that of the samples' records; 0 where that is not known.
  func expectedRows(_ scan: ScanRequest) throws(SourceError) -> Int {
    guard let (survey, size) = try sampled(), let size else { return 0 }
    let limit = min(sources.first?.request.options[ReadingOptions.rows] ?? .max, scan.limit ?? .max)
    return min(limit, Int(min(Double(size) / survey.recordSize * 1.05 + 64, 1e12)))
  }

  /// What the samples tell, and how large the files are where that is known.
  private func sampled() throws(SourceError) -> (survey: RecordSurvey, size: Int?)? {
    var records = RecordSample()
    var size: Int? = 0
    guard let first = sources.first else { return nil }
    for source in sources {
      guard let stream = try source.open(onlyRepeatable: true), try source.look(stream, &records) != nil else {
        return nil
      }
      size = size.flatMap { known in stream.positions.map { known + $0.length } }
    }
    let survey = try RecordSurvey(records, first.request, source: first.path)
    try survey.checkFileColumn(in: first.path)
    return (survey, size)
  }

  func scan(
    _ request: ScanRequest, _ progress: Progress, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> ScanReport {
    guard let first = sources.first else { return ScanReport(schema: Schema([]), rowCount: 0) }
    var records = RecordSample()
    // A single file may be one that can be read only once.
    var only: SampledStream?
    var size: Int? = 0
    var files: [RecordInput] = []
    for source in sources {
      let stream = try opened(source, again: sources.count > 1)
      let start = try source.lookAtRecord(stream, &records)
      size = size.flatMap { known in stream.positions.map { known + $0.length } }
      if sources.count == 1 { only = stream }
      files.append(
        RecordInput.of(source.path, start, stream: only) { () throws(SourceError) in
          try opened(source, again: false)
        })
    }
    let survey = try RecordSurvey(records, first.request, settled: request.types, source: first.path)
    try survey.checkFileColumn(in: first.path)
    let reading = RecordReading(
      files, expectedBytes: size, recordLimit: first.recordLimit, first.request.options, survey, request)
    return try reading.run(progress, take)
  }

  private func opened(_ source: RecordSource, again: Bool) throws(SourceError) -> SampledStream {
    if let stream = try source.open(onlyRepeatable: again) { return stream }
    throw SourceError(
      source: source.path,
      reason: .badFormat("it can be read only once; files that are read together are looked at before"))
  }
}
