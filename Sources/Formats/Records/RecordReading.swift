import Descriptions
import Kernels
import Notation
import Tables

/// One reading of files of records from the first line of the first to the end of the last: blocks are parsed side by side, and their
/// rows are given in order, a chunk for each block.
final class RecordReading {
  /// A block's size, unless a line is longer.
  private static let blockSize = 1 << 20

  private let files: [BlockInput]
  private let feed: RecordFeed
  private let expectedBytes: Int?
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
  private var file: BlockInput?
  private var records = 0
  private var lines = 0

  /// `expectedBytes` is how large the files are together, where it is known.
  init(
    _ files: [BlockInput], expectedBytes: Int?, lineLimit: Int, _ options: Options, _ survey: RecordSurvey,
    _ scan: ScanRequest, _ parse: @escaping RecordParser
  ) {
    self.files = files
    self.expectedBytes = expectedBytes
    feed = RecordFeed(files, (), blockSize: Self.blockSize, window: 2 * Threads.count + 2, recordLimit: lineLimit)
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
    if rowLimit <= 0 { return try finish() }
    let isSmall = expectedBytes.map { $0 <= Self.blockSize } ?? false
    try feed.run(threads: isSmall ? 1 : Threads.count, progress) { [survey, fields, keepsRejects, parse] in
      return { _, text, _ in
        var block = RecordBlock(survey.keys, fields, keepsRaw: keepsRejects)
        if !progress.isCancelled { block.read(text.buffer, parse) }
        return ParsedRecords(block)
      }
    } check: { () throws(SourceError) in
      do throws(Cancelled) { try progress.checkpoint(feed.fraction(of: expectedBytes), "reading") } catch {
        throw SourceError(source: (file ?? files.first)?.path ?? "", reason: .cancelled)
      }
    } take: { (block) throws(SourceError) in
      if progress.isCancelled { return .stop }
      return try use(block, take)
    }
    return try finish()
  }

  /// Takes the rows of a block; parsed once more where the row limit lies in it, so that nothing is known of what is behind it.
  private func use(
    _ found: RecordFeed.Finished, _ give: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> ScanStep {
    if found.input !== file { (file, records, lines) = (found.input, 0, 0) }
    if let text = found.text, let parsed = found.parsed {
      var stands = parsed
      if rows + parsed.block.rows >= rowLimit {
        var block = RecordBlock(survey.keys, fields, keepsRaw: keepsRejects)
        block.read(text.buffer, rowLimit: rowLimit - rows, parse)
        stands = ParsedRecords(block)
      }
      if try use(stands, give) == .stop { return .stop }
    }
    if let failure = found.failure {
      guard case .tooLarge = failure.reason else { throw failure }
      throw SourceError(source: failure.source, reason: failure.reason, line: lines + 1)
    }
    return rows >= rowLimit ? .stop : .more
  }

  private func use(
    _ parsed: ParsedRecords, _ give: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> ScanStep {
    let block = parsed.block
    note(block)
    let chunk = columns.take(block, parsed.columns)
    rows += block.rows
    records += block.records
    lines += block.lines
    if problemCount > 0, !keepsRejects { return .stop }
    return block.rows == 0 ? .more : try give(chunk)
  }

  /// Takes up the records of a block that were refused, and the keys that are no column.
  private func note(_ block: RecordBlock) {
    let path = file?.path ?? ""
    for problem in block.problems {
      let line = lines + problem.line + 1
      problemCount += 1
      if firstProblem == nil { firstProblem = (problem, path, records + problem.record + 1, line) }
      guard keepsRejects else { continue }
      let name = problem.column.map { fields[$0].name } ?? ""
      rejects.add(
        source: path, line: line, column: name, reason: words(problem), raw: problem.raw)
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
        source: files.first?.path ?? "",
        reason: .badFormat(
          "'\(name)' has whole numbers that lose digits beside its fractions; \(ScriptText.code("types: {\(ScriptText.key(name)): text}")) keeps every digit, "
            + "\(ScriptText.code("types: {\(ScriptText.key(name)): float}")) rounds them"))
    }
    return ScanReport(schema: columns.schema, notes: notes, rowCount: rows, byteCount: feed.byteCount) { cells, type in
      RecordColumn.settled(cells, as: type)
    }
  }

  private var notes: [String] {
    var notes = files.count > 1 ? ["\(files.count) files"] : []
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

/// What became of a block of lines.
struct ParsedRecords: Sendable {
  let block: RecordBlock
  let columns: [Column?]

  init(_ block: RecordBlock) {
    self.block = block
    columns = block.finished()
  }
}

/// Blocks of lines, each of which is parsed by itself.
typealias RecordFeed = BlockFeed<BlockInput, Void, ParsedRecords>
