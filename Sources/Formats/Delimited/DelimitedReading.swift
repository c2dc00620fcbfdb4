import Kernels
import Tables

/// One reading of a delimited file from its first data row to its end.
///
/// While the blocks of one batch are parsed side by side, the next batch is read. Where a block starts is a guess that
/// its left neighbour confirms by ending there in the middle of nothing; where the guess was wrong the neighbour's
/// parse goes on instead, so that the rows are those of reading from front to back, whatever the threads.
final class DelimitedReading {
  private let source: String
  private let options: DelimitedOptions
  private let survey: Survey
  private let stream: SampledStream
  private let columns: [ColumnAssembly]
  private var parsers: [BlockParser] = []
  private var trustsQuotes = true
  /// The batch at hand is a single block and the last.
  private var isSmall = false
  private var rows = 0
  private var records = 0
  private var line: Int
  private var firstProblem: (problem: RowProblem, row: Int, line: Int)?
  private var problemCount = 0
  private var rejects: RejectedRows

  init(_ source: String, _ stream: SampledStream, _ survey: Survey, _ options: DelimitedOptions, wanted: Set<String>?) {
    self.source = source
    self.options = options
    self.survey = survey
    self.stream = stream
    line = survey.firstLine
    rejects = RejectedRows(source)
    let expected = DelimitedReading.expectedRows(stream, survey, options)
    columns = survey.columns.map { column in
      ColumnAssembly(column, isWanted: wanted?.contains(column.name) ?? true, expectedRows: expected)
    }
  }

  /// Rows to make room for: from the file's size and the size of the sample's rows, with a tenth to spare, but never
  /// so many that the room asked for is out of proportion.
  private static func expectedRows(_ stream: SampledStream, _ survey: Survey, _ options: DelimitedOptions) -> Int {
    guard let size = stream.size, !stream.isCompressed, !survey.columns.isEmpty else { return 0 }
    let estimate = Double(size) / survey.rowSize * 1.1 + 64
    let bound = Double(min(size, 2 << 30)) * 4 / Double(8 * survey.columns.count)
    let limit = Double(options.rows ?? .max)
    return Int(max(0, min(estimate, bound, limit, 1e12)))
  }

  func read(_ progress: Progress) throws(SourceError) -> SourceRows {
    stream.skip(survey.dataStart)
    var current = Batch()
    var next = Batch()
    current.fill(from: stream)
    while true {
      if let failure = current.failure { throw failure }
      let rest = try parse(current, next)
      let isDone = current.isLast || rows >= options.rows ?? .max
      let fraction = stream.size.map { min(1, Double(stream.taken) / Double(max(1, $0))) } ?? 0
      do throws(Cancelled) { try progress.checkpoint(fraction, "reading") } catch { throw failed(.cancelled) }
      if isDone { break }
      guard current.end - rest <= options.recordLimit else {
        throw failed(.tooLarge("a row longer than \(options.recordLimit) bytes; is a quote never closed?"), line: line)
      }
      next.prepend(current.bytes + rest, current.end - rest)
      swap(&current, &next)
    }
    return try finish()
  }

  /// Parses a batch while the next is read, and gives the place from which rows are left over.
  private func parse(_ batch: Batch, _ next: Batch) throws(SourceError) -> Int {
    let cuts = batch.cuts(terminator: survey.dialect.terminator, trustsQuotes: trustsQuotes)
    let kinds = columns.map(\.kind)
    while parsers.count <= cuts.count { parsers.append(BlockParser(survey, options, kinds: kinds, capacity: capacity)) }
    isSmall = batch.isLast && cuts.count == 1
    let box = ReadingBox(parsers, stream)
    each(cuts.count + 1) { task in
      if task == 0 {
        if !batch.isLast { next.fill(from: box.stream) }
        return
      }
      let end = task < cuts.count ? cuts[task] : batch.end
      let isFinal = batch.isLast && task == cuts.count
      box.parsers[task - 1].parse(batch.bytes, from: cuts[task - 1], to: end, isFinal: isFinal, kinds: kinds)
    }
    return try collect(confirmed(batch, cuts, kinds))
  }

  /// A loop over threads, unless there is so little that waking them would take longer than the work.
  private func each(_ count: Int, _ body: @Sendable (Int) -> Void) {
    if isSmall {
      for index in 0..<count { body(index) }
    } else {
      parallelFor(count, body)
    }
  }

  /// The parsers whose rows stand, in order.
  private func confirmed(_ batch: Batch, _ cuts: [Int], _ kinds: [CellKind]) -> [BlockParser] {
    for place in 0..<cuts.count - 1 where parsers[place].consumed != cuts[place + 1] {
      let again = parsers[place + 1]
      again.parse(batch.bytes, from: parsers[place].consumed, to: batch.end, isFinal: batch.isLast, kinds: kinds)
      trustsQuotes.toggle()
      return Array(parsers[0...place + 1])
    }
    return Array(parsers[0..<cuts.count])
  }

  /// Rows a parser makes room for at first: what a segment probably holds, and no more than it can hold, a row of n
  /// columns taking n bytes at least.
  private var capacity: Int {
    let likely = Double(Batch.segmentSize) / survey.rowSize * 1.3
    let possible = Double(Batch.segmentSize / max(1, survey.columns.count))
    return Int(min(likely, possible)) + 16
  }

  private func collect(_ blocks: [BlockParser]) throws(SourceError) -> Int {
    var taken: [Int] = []
    for block in blocks {
      let wanted = min(block.rows, (options.rows ?? .max) - rows)
      note(block, goodRows: wanted, isCut: rows + wanted >= options.rows ?? .max)
      taken.append(wanted)
      rows += wanted
      records += block.records
      line += block.lines
    }
    let box = ReadingBox(blocks, stream)
    let counts = taken
    let columns = columns
    each(columns.count) { place in
      for (block, count) in zip(box.parsers, counts) { columns[place].append(block.columns[place], rows: count) }
    }
    return blocks.last?.consumed ?? 0
  }

  /// Takes up the refused rows of a block that come before the last of its wanted rows.
  private func note(_ block: BlockParser, goodRows: Int, isCut: Bool) {
    let problems =
      isCut ? block.problems.enumerated().filter { $1.record - $0 < goodRows }.map(\.element) : block.problems
    problemCount += isCut ? problems.count : block.problemCount
    if firstProblem == nil, let first = problems.first {
      firstProblem = (first, records + first.record + 1, line + first.line)
    }
    guard options.rejectsRows else { return }
    for problem in problems { rejects.add(problem, survey, line: line + problem.line) }
  }

  private func finish() throws(SourceError) -> SourceRows {
    var notes = survey.notes
    if let first = firstProblem {
      guard options.rejectsRows else {
        throw failed(first.problem.reason(survey, row: first.row, others: problemCount - 1), line: first.line)
      }
      notes += try rejects.finish(options.rejects, count: problemCount)
    }
    parsers = []
    let columns = columns
    let finished = isSmall ? columns.map { $0.finish() } : parallelMap(columns.count) { columns[$0].finish() }
    var named = zip(survey.names, finished).compactMap { name, column in column.map { (name, $0) } }
    if let order = options.columns {
      let places = Dictionary(order.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
      named.sort { (places[$0.0] ?? 0) < (places[$1.0] ?? 0) }
    }
    return SourceRows(table: Table(named, rowCount: rows), notes: notes)
  }

  private func failed(_ reason: SourceError.Reason, line: Int? = nil) -> SourceError {
    SourceError(source: source, reason: reason, line: line)
  }
}

/// Hands the parsers and the stream to a parallel loop, each task of which touches only its own.
private struct ReadingBox: @unchecked Sendable {
  let parsers: [BlockParser]
  let stream: SampledStream

  init(_ parsers: [BlockParser], _ stream: SampledStream) {
    self.parsers = parsers
    self.stream = stream
  }
}
