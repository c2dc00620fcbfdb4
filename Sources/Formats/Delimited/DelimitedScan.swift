import Kernels
import Notation
import Tables

/// One reading of delimited texts, from the first data row of the first to the end of the last.
///
/// Threads parse blocks side by side; here their rows are taken in order, whatever the threads. What only the order of the rows can
/// settle is settled here: whether a column of numbers is int or float, the words' numbers, the lines of rows that do not fit.
final class DelimitedScan {
  private let inputs: [DelimitedInput]
  private let options: DelimitedOptions
  private let isSmall: Bool
  private let fileColumn: FileColumn?
  let feed: DelimitedFeed
  private let missing: MissingWords
  private var parsers: [ObjectIdentifier: BlockParser] = [:]
  private var columns: ColumnStates
  private let limit: Int
  private let expectedBytes: Int?
  private var rows = 0
  private var notes: [String]

  // Of the input at hand.
  private var input: DelimitedInput?
  private var records = 0
  private var line = 0

  /// Whether the last row of the input so far begins with a word for a total.
  private var endsInTotal = false

  private var firstCell: (problem: RowProblem, input: DelimitedInput, row: Int, line: Int)?
  private var problemCount = 0
  private var rejects = RejectedRows()

  /// `columns` are those of all inputs together; `expectedBytes` is how large these are, where it is known.
  init(
    _ inputs: [DelimitedInput], columns: [Survey.SurveyedColumn], wanted: Set<String>?, limit: Int?, notes: [String],
    expectedBytes: Int?, _ options: DelimitedOptions
  ) {
    self.inputs = inputs
    self.options = options
    self.notes = notes
    self.limit = limit ?? .max
    self.expectedBytes = expectedBytes
    fileColumn = FileColumn(options.fileColumn, among: wanted)
    let states = ColumnStates(columns, wanted: wanted, order: options.columns)
    self.columns = states
    missing = MissingWords(options.missing)
    let size = DelimitedScan.blockSize(inputs, limit: limit, options)
    isSmall = expectedBytes.map { $0 <= size } ?? false || size < DelimitedScan.usualSize
    feed = BlockFeed(
      inputs, states.kinds, blockSize: size, window: 2 * Threads.count + 2,
      recordLimit: options.recordLimit)
  }

  private static let usualSize = 1 << 20

  /// A megabyte, more where rows are long, so that a chunk has enough of them, and less where few rows are wanted.
  private static func blockSize(_ inputs: [DelimitedInput], limit: Int?, _ options: DelimitedOptions) -> Int {
    if let stated = options.blockSize { return stated }
    let rowSize = inputs.map(\.survey.rowSize).max() ?? 1
    let usual = max(usualSize, min(8 << 20, Int(rowSize * 1024)))
    guard let limit, Double(limit) * rowSize * 1.5 < Double(usual) else { return usual }
    return max(1 << 16, Int(Double(limit) * rowSize * 1.5))
  }

  /// Rows to make room for: from the texts' size and the size of the samples' rows, with a little to spare.
  var expectedRows: Int {
    guard let expectedBytes, let first = inputs.first else { return 0 }
    let estimate = Double(expectedBytes) / first.survey.rowSize * 1.05 + 64
    let bound = Double(min(expectedBytes, 2 << 30)) * 4 / Double(8 * max(1, columns.count))
    return Int(max(0, min(estimate, bound, Double(limit), 1e12)))
  }

  func run(
    _ progress: Progress, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> ScanReport {
    try checkpoint(progress)
    let threads = isSmall && options.blockSize == nil ? 1 : Threads.count
    if rows >= limit { return try finish() }
    let (options, missing, blockSize) = (options, missing, feed.blockSize)
    try feed.run(threads: threads, progress) {
      let worker = BlockWorker(options, missing, blockSize)
      return { worker.parse($0, $1, isFinal: $2) }
    } check: { () throws(SourceError) in
      try checkpoint(progress)
    } take: { (block) throws(SourceError) in
      try use(block, take)
    }
    return try finish()
  }

  private func checkpoint(_ progress: Progress) throws(SourceError) {
    do throws(Cancelled) { try progress.checkpoint(feed.fraction(of: expectedBytes), "reading") } catch {
      throw failed(.cancelled)
    }
  }

  private func failed(_ reason: SourceError.Reason, line: Int? = nil) -> SourceError {
    SourceError(source: (input ?? inputs.first)?.path ?? "", reason: reason, line: line)
  }

  /// Takes the rows of a block, and says whether more are wanted.
  private func use(
    _ block: DelimitedFeed.Finished, _ give: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> ScanStep {
    if input !== block.input {
      noteTotal()
      input = block.input
      records = 0
      line = block.input.survey.firstLine
    }
    if let text = block.text, let isTotal = TotalsRow.isLast(in: text, block.input.survey.dialect) {
      endsInTotal = isTotal
    }
    if let parsed = block.parsed {
      let stands = settled(block, parsed)
      note(stands, block.input)
      var taken = columns.take(stands, block.input)
      if let fileColumn { taken = fileColumn.added(to: taken, of: block.input.path) }
      if columns.haveChanged { feed.use(columns.kinds) }
      rows += stands.rows
      records += stands.records
      line += stands.lines
      if stands.rows > 0, firstCell == nil || options.rejectsRows, try give(taken) == .stop { return .stop }
    }
    if let failure = block.failure {
      if case .tooLarge = failure.reason { throw failed(failure.reason, line: line) }
      throw failure
    }
    return rows >= limit ? .stop : .more
  }

  /// The block as it stands when all before it is known: parsed once more where the row limit lies in it, or where whole numbers that
  /// would lose digits and fractions meet, so that it is known which of them came first.
  private func settled(_ block: DelimitedFeed.Finished, _ parsed: ParsedBlock) -> ParsedBlock {
    let isStrict = columns.needOrder(parsed, block.input)
    guard isStrict || rows + parsed.rows >= limit, let text = block.text else { return parsed }
    let parser = parser(for: block.input)
    let kinds = block.input.places.map { columns.kinds[$0] }
    parser.parse(text, isFinal: block.isFinal, kinds: kinds, rowLimit: limit - rows, isStrict: isStrict)
    return parser.result()
  }

  private func parser(for input: DelimitedInput) -> BlockParser {
    if let known = parsers[ObjectIdentifier(input)] { return known }
    let kinds = input.places.map { columns.kinds[$0] }
    let made = BlockParser(input.survey, options, missing, kinds: kinds, blockSize: feed.blockSize)
    parsers = [ObjectIdentifier(input): made]
    return made
  }

  /// Takes up the rows of a block that were refused.
  private func note(_ block: ParsedBlock, _ input: DelimitedInput) {
    problemCount += block.problemCount
    if firstCell == nil, let first = block.problems.first {
      firstCell = (first, input, records + first.record + 1, line + first.line)
    }
    guard options.rejectsRows else { return }
    for problem in block.problems { rejects.add(problem, input.survey, source: input.path, line: line + problem.line) }
  }

  private func finish() throws(SourceError) -> ScanReport {
    if let first = firstCell {
      guard options.rejectsRows else {
        let reason = first.problem.reason(first.input.survey, row: first.row, others: problemCount - 1)
        throw SourceError(
          source: first.input.path, reason: reason, line: first.line,
          remedy: first.problem.remedy ?? footer(from: first.row, first.problem, first.input))
      }
      notes += try rejects.finish(options.rejects, count: problemCount)
    }
    if rows < limit { noteTotal() }
    let (reader, order, zone) = (options.reader, options.dates, options.zone)
    return ScanReport(
      schema: fileColumn?.added(to: columns.schema) ?? columns.schema, notes: notes + columns.notes, rowCount: rows,
      byteCount: feed.byteCount
    ) { cells, type in OpenColumn.settled(cells, as: type, reader, order, zone) }
  }
}

extension DelimitedScan {
  /// More lines than these at the end are more than remarks.
  private static let mostFooter = 20

  /// The option that leaves out the last lines, where all of them, from a row on, are refused and do not look like rows.
  private func footer(from row: Int, _ problem: RowProblem, _ source: DelimitedInput) -> SourceError.Remedy? {
    let count = records - row + 1
    guard source === input, rows < limit, problemCount == count, count <= Self.mostFooter else { return nil }
    if case .fields = problem.kind { return .footer(count) }
    return problem.isTotal ? .footer(count) : nil
  }

  /// Says that an input's last row sums up the others.
  private func noteTotal() {
    if endsInTotal, let input, records > 1, problemCount == 0 {
      let file = inputs.count > 1 ? " of \(input.path)" : ""
      notes.append("the last row\(file) begins as a total; `footer: 1` leaves it out")
    }
    endsInTotal = false
  }
}

/// A delimited text of a reading.
final class DelimitedInput: BlockInput, @unchecked Sendable {
  let survey: Survey
  /// For each column of the text its place among those of the reading.
  let places: [Int]

  init(
    path: String, survey: Survey, places: [Int], stream: SampledStream? = nil,
    open: @escaping @Sendable () throws(SourceError) -> SampledStream
  ) {
    self.survey = survey
    self.places = places
    super.init(path: path, start: survey.dataStart, survey.dialect, stream: stream, open: open)
  }
}

/// Blocks of delimited texts; what the rows so far tell is how the cells of each column are to be taken.
typealias DelimitedFeed = BlockFeed<DelimitedInput, [CellKind], ParsedBlock>

/// Parses one block after the other.
private final class BlockWorker {
  private let options: DelimitedOptions
  private let missing: MissingWords
  private let blockSize: Int
  private var parser: BlockParser?
  private var input: DelimitedInput?

  init(_ options: DelimitedOptions, _ missing: MissingWords, _ blockSize: Int) {
    self.options = options
    self.missing = missing
    self.blockSize = blockSize
  }

  func parse(_ claim: DelimitedFeed.Claim, _ text: TextBlock, isFinal: Bool) -> ParsedBlock {
    let kinds = claim.input.places.map { claim.setting[$0] }
    let parser = parser(for: claim.input, kinds)
    parser.parse(text, isFinal: isFinal, kinds: kinds)
    return parser.result()
  }

  private func parser(for next: DelimitedInput, _ kinds: [CellKind]) -> BlockParser {
    if let parser, let input, input === next || input.survey.isParsed(like: next.survey) { return parser }
    let made = BlockParser(next.survey, options, missing, kinds: kinds, blockSize: blockSize)
    parser = made
    input = next
    return made
  }
}
