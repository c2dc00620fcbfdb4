import Kernels
import Tables

/// Delimited texts that are read as one table: a file, or the files of a glob, which are parsed side by side.
struct DelimitedReading {
  private let sources: [DelimitedSource]
  private let union: Bool

  /// Columns have to be the same in every text, in any order; with `union` a column that a text has not is missing there.
  init(_ sources: [DelimitedSource], union: Bool) {
    self.sources = sources
    self.union = union
  }

  /// What the texts' beginnings tell; nil where one of them can be read only once.
  func declaredSchema() throws(SourceError) -> DeclaredSchema? {
    var surveys: [Survey] = []
    for source in sources {
      guard let (survey, _) = try source.sampled(), survey.isComplete else { return nil }
      surveys.append(survey)
    }
    let agreed = try Agreement(surveys, sources.map(\.path), union: union)
    return Survey.declared(agreed.columns, sources.first?.options ?? DelimitedOptions())
  }

  func scan(
    _ request: ScanRequest, _ progress: Progress, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> ScanReport {
    guard let scan = try prepared(request) else { return ScanReport(schema: Schema([]), rowCount: 0) }
    return try scan.run(progress, take)
  }

  /// The rows as one table, room for which is asked for once from the size of the texts.
  func read(_ request: ScanRequest, _ progress: Progress) throws(SourceError) -> SourceRows {
    guard let scan = try prepared(request) else { return SourceRows(table: Table([])) }
    var rows = TableBuilder(expectedRows: scan.expectedRows)
    let report = try scan.run(progress) { (chunk) throws(SourceError) in
      rows.append(chunk)
      return .more
    }
    return SourceRows(table: rows.finish(report), notes: report.notes)
  }

  /// A reading that is ready to run; nil where there is nothing to read.
  func prepared(_ request: ScanRequest) throws(SourceError) -> DelimitedScan? {
    var surveys: [Survey] = []
    var only: SampledStream?
    var size: Int? = 0
    for source in sources {
      guard let (stream, survey) = try source.surveyed() else { return nil }
      surveys.append(survey)
      size = size.flatMap { known in stream.positions.map { known + $0.length } }
      // Of several files each is opened again when its blocks come.
      if sources.count == 1 { only = stream }
    }
    let agreed = try Agreement(surveys, sources.map(\.path), union: union, settled: request.types)
    let options = sources.first?.options ?? DelimitedOptions()
    let inputs = sources.enumerated().map { place, source in
      BlockInput(
        path: source.path, survey: agreed.surveys[place], places: agreed.places[place], stream: only
      ) { () throws(SourceError) in
        guard let stream = try source.open(onlyRepeatable: false) else {
          throw SourceError(source: source.path, reason: .badFormat("it can be read only once"))
        }
        return stream
      }
    }
    var limit = options.rows
    if let wanted = request.limit { limit = min(wanted, limit ?? wanted) }
    return DelimitedScan(
      inputs.filter { !$0.survey.columns.isEmpty }, columns: agreed.columns, wanted: request.columns, limit: limit,
      notes: agreed.notes, expectedBytes: size, options)
  }
}
