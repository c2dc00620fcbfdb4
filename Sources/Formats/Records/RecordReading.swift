import Descriptions
import Kernels
import Notation
import Tables

/// One reading of files of records from the first record of the first to the end of the last: blocks are parsed side by side, and their
/// rows are given in order, a chunk for each block.
final class RecordReading {
  private let files: [RecordInput]
  private let feed: RecordFeed
  private let expectedBytes: Int?
  private let options: Options
  private let survey: RecordSurvey
  private let fields: [RecordField]
  private let rowLimit: Int
  private let keepsRejects: Bool
  private let fileColumn: FileColumn?

  // What the rows so far have settled:
  private var columns: RecordColumnStates
  private var rows = 0
  private var problemCount = 0
  private var firstProblem: SourceError?
  private var rejects = RejectedRows()
  private var passedOver: [(name: String, line: Int)] = []
  private var passedNames: Set<String> = []

  // Of the file at hand:
  private var file: RecordInput?
  private var records = 0
  /// Where the block at hand begins.
  private var position = TextPosition(line: 0, column: 0)

  /// `expectedBytes` is how large the files are together, where it is known.
  init(
    _ files: [RecordInput], expectedBytes: Int?, recordLimit: Int, _ options: Options, _ survey: RecordSurvey,
    _ scan: ScanRequest
  ) {
    self.files = files
    self.expectedBytes = expectedBytes
    self.options = options
    self.survey = survey
    fields = survey.fields.map { field in
      var field = field
      field.isWanted = field.isWanted && scan.columns?.contains(field.name) ?? true
      return field
    }
    rowLimit = min(options[ReadingOptions.rows] ?? .max, scan.limit ?? .max)
    keepsRejects = options[ReadingOptions.onConflict] == .reject || options[ReadingOptions.rejects] != nil
    fileColumn = FileColumn(options, among: scan.columns)
    columns = RecordColumnStates(fields, survey)
    feed = BlockFeed(
      files, columns.cellKinds, blockSize: Self.blockSize(fields, survey), window: 2 * Threads.count + 2,
      recordLimit: recordLimit)
  }

  private static let usualSize = 1 << 20

  /// A megabyte; less where records have few of many keys, so that a block's cells are not many times its text.
  private static func blockSize(_ fields: [RecordField], _ survey: RecordSurvey) -> Int {
    let cells = fields.reduce(0) { $0 + ($1.isWanted ? 8 : 0) }
    let rows = Double(16 * usualSize) / Double(max(1, cells))
    return max(1 << 16, min(usualSize, Int(min(rows * survey.recordSize, 1e9))))
  }

  func run(
    _ progress: Progress, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> ScanReport {
    if rowLimit <= 0 { return try finish() }
    let isSmall = expectedBytes.map { $0 <= feed.blockSize } ?? false
    let (survey, fields, blockSize, keepsRaw) = (survey, fields, feed.blockSize, keepsRejects)
    let makeParser = { @Sendable in
      RecordBlockParser(survey, fields, blockSize: blockSize, keepsRaw: keepsRaw, progress)
    }
    var own: RecordBlockParser?
    try feed.run(threads: isSmall ? 1 : Threads.count, progress) {
      let parser = makeParser()
      return { claim, text, _ in
        if progress.isCancelled { return ParsedRecords() }
        return parser.parse(text, claim.input.start.layout, kinds: claim.setting)
      }
    } check: { () throws(SourceError) in
      try check(progress)
    } take: { (block) throws(SourceError) in
      if progress.isCancelled { return .stop }
      return try use(block, take) {
        let parser = own ?? makeParser()
        own = parser
        return parser
      }
    }
    return try finish()
  }

  private func check(_ progress: Progress) throws(SourceError) {
    do throws(Cancelled) { try progress.checkpoint(feed.fraction(of: expectedBytes), "reading") } catch {
      throw SourceError(source: (file ?? files.first)?.path ?? "", reason: .cancelled)
    }
  }

  /// Takes the rows of a block; parsed once more where the row limit lies in it, so that nothing is known of what is behind it.
  private func use(
    _ found: RecordFeed.Finished, _ give: (Table) throws(SourceError) -> ScanStep, parser: () -> RecordBlockParser
  ) throws(SourceError) -> ScanStep {
    if found.input !== file {
      let start = found.input.start
      (file, records, position) = (found.input, 0, TextPosition(line: start.line, column: start.column))
    }
    if let text = found.text, let parsed = found.parsed {
      var stands = parsed
      if rows + parsed.rows >= rowLimit {
        stands = parser().parse(
          text, found.input.start.layout, kinds: columns.cellKinds, rowLimit: rowLimit - rows)
      }
      if try use(stands, give) == .stop || rows >= rowLimit { return .stop }
    }
    if let failure = found.failure {
      guard case .tooLarge = failure.reason else { throw failure }
      throw SourceError(source: failure.source, reason: failure.reason, line: position.line + 1)
    }
    return .more
  }

  private func use(
    _ block: ParsedRecords, _ give: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> ScanStep {
    note(block)
    var chunk = columns.take(block)
    if columns.haveChanged { feed.use(columns.cellKinds) }
    if let fileColumn { chunk = fileColumn.added(to: chunk, of: file?.path ?? "") }
    rows += block.rows
    records += block.records
    position = block.end.behind(line: position.line, column: position.column)
    if problemCount > 0, !keepsRejects { return .stop }
    return block.rows == 0 ? .more : try give(chunk)
  }

  /// Takes up the records of a block that were refused, and the keys that are no column.
  private func note(_ block: ParsedRecords) {
    let path = file?.path ?? ""
    problemCount += block.problemCount
    for problem in block.problems {
      let place = problem.place.behind(line: position.line, column: position.column)
      let words = problem.words(fields, file?.start.layout ?? .lines, column: place.column + 1)
      if firstProblem == nil { firstProblem = failure(problem, words, path, line: place.line + 1) }
      guard keepsRejects else { continue }
      rejects.add(
        source: path, line: place.line + 1, column: problem.misfit.map { fields[$0.column].name } ?? "", reason: words,
        raw: problem.raw)
    }
    for key in block.passedOver where passedNames.insert(key.name).inserted {
      passedOver.append((key.name, position.line + key.place.line + 1))
    }
  }

  private func failure(_ problem: RecordProblem, _ words: String, _ path: String, line: Int) -> SourceError {
    let row = records + problem.record + 1
    guard let misfit = problem.misfit, let type = fields[misfit.column].type else {
      return SourceError(
        source: path, reason: .badRow(row: row, column: nil, problem: words, others: 0), line: line)
    }
    let field = fields[misfit.column]
    return SourceError(
      source: path,
      reason: .badCell(
        row: row, column: field.name, text: misfit.text, type: type, others: 0, isExpected: field.isExpected),
      line: line)
  }

  private func finish() throws(SourceError) -> ScanReport {
    var notes = self.notes
    if let first = firstProblem {
      guard keepsRejects else { throw first.with(others: problemCount - 1) }
      notes += try rejects.finish(options[ReadingOptions.rejects], count: problemCount)
    }
    if let name = columns.rounded {
      let key = ScriptText.key(name)
      throw SourceError(
        source: files.first?.path ?? "",
        reason: .badFormat(
          "'\(name)' has whole numbers that lose digits beside its fractions; "
            + "\(ScriptText.code("types: {\(key): text}")) keeps every digit, "
            + "\(ScriptText.code("types: {\(key): float}")) rounds them"))
    }
    let schema = fileColumn?.added(to: columns.schema) ?? columns.schema
    return ScanReport(schema: schema, notes: notes, rowCount: rows, byteCount: feed.byteCount) { cells, type in
      OpenRecordColumn.settled(cells, as: type)
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

extension SourceError {
  /// The same, of a reading that has met so many other problems.
  fileprivate func with(others: Int) -> SourceError {
    switch reason {
    case .badRow(let row, let column, let problem, _):
      SourceError(
        source: source, reason: .badRow(row: row, column: column, problem: problem, others: others), line: line)
    case .badCell(let row, let column, let text, let type, _, let isExpected):
      SourceError(
        source: source,
        reason: .badCell(row: row, column: column, text: text, type: type, others: others, isExpected: isExpected),
        line: line)
    case .file, .place, .drift, .badFormat, .tooLarge, .differs, .cancelled: self
    }
  }
}

/// Blocks of records, each of which is parsed by itself; what the rows so far tell is how the cells of each column are to be kept.
typealias RecordFeed = BlockFeed<RecordInput, [CellKind], ParsedRecords>
