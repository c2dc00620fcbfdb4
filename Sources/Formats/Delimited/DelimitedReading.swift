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
    let found = try each { (source) throws(SourceError) in try source.sampled()?.survey }
    let surveys = found.compactMap { $0 }.filter(\.isComplete)
    guard surveys.count == sources.count else { return nil }
    let agreed = try Agreement(surveys, sources.map(\.path), union: union, dates: sources.first?.options.dates)
    try checkFileColumn(agreed)
    return Survey.declared(agreed.columns, sources.first?.options ?? DelimitedOptions())
  }

  func scan(
    _ request: ScanRequest, _ progress: Progress, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> ScanReport {
    try prepared(request).run(progress, take)
  }

  /// The rows as one table, room for which is asked for once from the size of the texts.
  func read(_ request: ScanRequest, _ progress: Progress) throws(SourceError) -> SourceRows {
    let scan = try prepared(request)
    var rows = TableBuilder(expectedRows: scan.expectedRows)
    let report = try scan.run(progress) { (chunk) throws(SourceError) in
      rows.append(chunk)
      return .more
    }
    return SourceRows(table: rows.finish(report), notes: report.notes)
  }

  /// A reading that is ready to run.
  func prepared(_ request: ScanRequest) throws(SourceError) -> DelimitedScan {
    var only: SampledStream?
    var looks: [Look] = []
    if sources.count == 1 {
      let (stream, survey) = try sources[0].surveyed(onlyRepeatable: false)
      only = stream
      looks = [Look(survey: survey, length: stream.positions?.length)]
    } else {
      looks = try all()
    }
    let surveys = looks.map(\.survey)
    let size = looks.reduce(0 as Int?) { total, look in total.flatMap { known in look.length.map { known + $0 } } }
    let agreed = try Agreement(
      surveys, sources.map(\.path), union: union, dates: sources.first?.options.dates, settled: request.types)
    try checkFileColumn(agreed)
    let options = sources.first?.options ?? DelimitedOptions()
    let inputs = sources.enumerated().map { place, source in
      DelimitedInput(
        path: source.path, survey: agreed.surveys[place], places: agreed.places[place], stream: only
      ) { () throws(SourceError) in
        guard let text = try source.open(onlyRepeatable: false) else {
          throw SourceError(source: source.path, reason: .badFormat("it can be read only once"))
        }
        return text.stream
      }
    }
    var limit = options.rows
    if let wanted = request.limit { limit = min(wanted, limit ?? wanted) }
    return DelimitedScan(
      inputs.filter { !$0.survey.columns.isEmpty }, columns: agreed.columns, wanted: request.columns, limit: limit,
      notes: agreed.notes, expectedBytes: size, options)
  }

  private func checkFileColumn(_ agreed: Agreement) throws(SourceError) {
    guard let source = sources.first else { return }
    try FileColumn(source.options.fileColumn, among: nil)?.check(agreed.columns.map(\.name), in: source.path)
  }

  /// What a text's beginning tells, and how long the text is where that is known.
  private struct Look: Sendable {
    let survey: Survey
    let length: Int?
  }

  /// Looks at all texts; each is opened again when its blocks come.
  private func all() throws(SourceError) -> [Look] {
    try each { (source) throws(SourceError) in
      let (stream, survey) = try source.surveyed(onlyRepeatable: true)
      return Look(survey: survey, length: stream.positions?.length)
    }
  }

  /// What each text tells, all of them being looked at side by side.
  private func each<Found: Sendable>(
    _ look: @Sendable (DelimitedSource) throws(SourceError) -> Found
  ) throws(SourceError) -> [Found] {
    let results = parallelMap(sources.count) { place -> Result<Found, SourceError> in
      do throws(SourceError) { return .success(try look(sources[place])) } catch { return .failure(error) }
    }
    var found: [Found] = []
    for result in results { found.append(try result.get()) }
    return found
  }
}
