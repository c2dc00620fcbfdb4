import Descriptions
import Kernels
import Tables

/// One reading of files of records from the first line of the first to the end of the last: blocks are parsed side by side, and their
/// rows are given in order, a chunk for each block.
final class RecordReading {
  /// Blocks that are parsed at a time.
  private static let width = 8

  private let feed: RecordFeed
  private let options: Options
  private let survey: RecordSurvey
  private let parse: RecordParser
  private let fields: [RecordField]
  private let rowLimit: Int
  private let keepsRejects: Bool

  // What the rows so far have settled:
  private var columns: RecordColumnStates
  private var rows = 0
  private var problemCount = 0
  private var firstProblem: (problem: RecordBlock.Problem, path: String, record: Int, line: Int)?
  private var rejects = RejectedRows()
  private var passedOver: [(name: String, line: Int)] = []
  private var passedNames: Set<String> = []

  // Of the file at hand:
  private var file = 0
  private var records = 0
  private var lines = 0

  init(
    _ feed: RecordFeed, _ options: Options, _ survey: RecordSurvey, _ scan: ScanRequest, _ parse: @escaping RecordParser
  ) {
    self.feed = feed
    self.options = options
    self.survey = survey
    self.parse = parse
    fields = survey.fields.map { field in
      var field = field
      field.isWanted = field.isWanted && scan.columns?.contains(field.name) ?? true
      return field
    }
    rowLimit = min(options[ReadingOptions.rows] ?? .max, scan.limit ?? .max)
    keepsRejects = options[ReadingOptions.onConflict] == .reject || options[ReadingOptions.rejects] != nil
    columns = RecordColumnStates(fields, survey)
  }

  func run(
    _ progress: Progress, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> ScanReport {
    var width = 1
    while rows < rowLimit {
      let texts = try feed.next(width)
      if texts.isEmpty { break }
      let parsed = parallelMap(texts.count) { [survey, fields, keepsRejects, parse] place in
        let block = RecordBlock(survey.keys, fields, keepsRaw: keepsRejects)
        if !progress.isCancelled { block.read(texts[place].bytes, parse) }
        return (block: block, columns: block.finished())
      }
      do throws(Cancelled) { try progress.checkpoint(feed.fraction, "reading") } catch {
        throw SourceError(source: feed.path(of: file), reason: .cancelled)
      }
      for (text, parsed) in zip(texts, parsed) where rows < rowLimit {
        if try use(text, parsed.block, parsed.columns, take) == .stop { return try finish() }
      }
      if problemCount > 0, !keepsRejects { break }
      width = Self.width
    }
    return try finish()
  }

  /// Takes the rows of a block; parsed once more where the row limit lies in it, so that nothing is known of what is behind it.
  private func use(
    _ text: RecordFeed.Text, _ parsed: RecordBlock, _ finished: [Column?],
    _ give: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> ScanStep {
    if text.file != file { (file, records, lines) = (text.file, 0, 0) }
    var (block, cells) = (parsed, finished)
    if rows + parsed.rows >= rowLimit {
      block = RecordBlock(survey.keys, fields, keepsRaw: keepsRejects)
      block.read(text.bytes, rowLimit: rowLimit - rows, parse)
      cells = block.finished()
    }
    note(block)
    let chunk = columns.take(block, cells)
    rows += block.rows
    records += block.records
    lines += block.lines
    if block.rows == 0 || (problemCount > 0 && !keepsRejects) { return .more }
    return try give(chunk)
  }

  /// Takes up the records of a block that were refused, and the keys that are no column.
  private func note(_ block: RecordBlock) {
    for problem in block.problems {
      let line = lines + problem.line + 1
      problemCount += 1
      if firstProblem == nil { firstProblem = (problem, feed.path(of: file), records + problem.record + 1, line) }
      guard keepsRejects else { continue }
      let name = problem.column.map { fields[$0].name } ?? ""
      rejects.add(
        source: feed.path(of: file), line: line, column: name, reason: words(problem), raw: problem.raw)
    }
    for key in block.passedOver where passedNames.insert(key.name).inserted {
      passedOver.append((key.name, lines + key.line + 1))
    }
  }

  private func words(_ problem: RecordBlock.Problem) -> String {
    guard let column = problem.column else { return problem.words }
    return "'\(problem.words)' is not \(fields[column].type?.rawValue ?? "a value")"
  }

  private func reason(_ problem: RecordBlock.Problem, record: Int, others: Int) -> SourceError.Reason {
    guard let column = problem.column, let type = fields[column].type else {
      return .badRow(row: record, column: nil, problem: problem.words, others: others)
    }
    return .badCell(
      row: record, column: fields[column].name, text: problem.words, type: type, others: others,
      isExpected: fields[column].isExpected)
  }

  private func finish() throws(SourceError) -> ScanReport {
    var notes = self.notes
    if let first = firstProblem {
      guard keepsRejects else {
        throw SourceError(
          source: first.path, reason: reason(first.problem, record: first.record, others: problemCount - 1),
          line: first.line)
      }
      notes += try rejects.finish(options[ReadingOptions.rejects], count: problemCount)
    }
    if let name = columns.rounded {
      throw SourceError(
        source: feed.path(of: 0),
        reason: .badFormat(
          "'\(name)' has whole numbers that lose digits beside its fractions; `types: {\(name): text}` keeps every digit, "
            + "`types: {\(name): float}` rounds them"))
    }
    return ScanReport(schema: columns.schema, notes: notes, rowCount: rows, byteCount: feed.byteCount) { cells, type in
      RecordColumn.settled(cells, as: type)
    }
  }

  private var notes: [String] {
    var notes = feed.count > 1 ? ["\(feed.count) files"] : []
    if !survey.nested.isEmpty { notes.append("keys inside objects are columns: \(Self.listed(survey.nested))") }
    notes += columns.notes
    if let first = passedOver.first {
      let names = Self.listed(passedOver.map(\.name))
      notes.append(
        "keys that the first 64 KiB have not are passed over: \(names) (line \(first.line)); `types` reads them")
    }
    return notes
  }

  private static func listed(_ names: [String]) -> String {
    names.prefix(5).joined(separator: ", ") + (names.count > 5 ? " and \(names.count - 5) more" : "")
  }
}
