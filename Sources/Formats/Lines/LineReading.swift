import Kernels
import Tables

/// One reading of a file of lines: blocks are parsed side by side, and their rows are given in order, a chunk for each block.
final class LineReading {
  private let path: String
  private let stream: SampledStream
  private let beginning: LineBeginning
  private let lineLimit: Int
  private let wanted: [Int]
  private let rowLimit: Int
  private let refused: RefusedRows?

  // What the blocks so far have given:
  private var rows = 0
  private var records = 0
  private var lines: Int
  private var infinite: [Int]

  init(_ path: String, _ stream: SampledStream, _ beginning: LineBeginning, lineLimit: Int, _ request: TypedRequest) {
    self.path = path
    self.stream = stream
    self.beginning = beginning
    self.lineLimit = lineLimit
    let columns = beginning.grammar.columns
    wanted = columns.indices.filter { request.takes(columns[$0].name) }
    rowLimit = request.limit ?? .max
    refused = request.refused
    lines = beginning.lines
    infinite = wanted.map { _ in 0 }
  }

  func run(
    _ progress: Progress, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> TypedReport {
    guard rowLimit > 0 else { return report(byteCount: 0) }
    let (grammar, wanted, keepsRaw) = (beginning.grammar, wanted, refused != nil)
    nonisolated(unsafe) let stream = stream
    let input = BlockInput(path: path, start: beginning.offset, nil, stream: stream) { stream }
    let feed = BlockFeed<BlockInput, Void, LineBlock>(
      [input], (), blockSize: beginning.blockSize, window: 2 * Threads.count + 2, recordLimit: lineLimit)
    let size = stream.positions?.length
    let isSmall = size.map { $0 <= beginning.blockSize } ?? false
    try feed.run(threads: isSmall ? 1 : Threads.count, progress) {
      return { _, text, _ in
        let text = progress.isCancelled ? UnsafeBufferPointer(start: nil, count: 0) : text.buffer
        return LineBlock(text, grammar, wanted: wanted, keepsRaw: keepsRaw, progress)
      }
    } check: { () throws(SourceError) in
      do throws(Cancelled) { try progress.checkpoint(feed.fraction(of: size), "reading") } catch {
        throw SourceError(source: path, reason: .cancelled)
      }
    } take: { (found) throws(SourceError) in
      progress.isCancelled ? .stop : try use(found, progress, take)
    }
    return report(byteCount: feed.byteCount)
  }

  private typealias Finished = BlockFeed<BlockInput, Void, LineBlock>.Finished

  /// Takes the rows of a block; parsed once more where the row limit lies in it, so that nothing is known of what is behind it.
  private func use(
    _ found: Finished, _ progress: Progress, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> ScanStep {
    if let text = found.text, var block = found.parsed {
      if block.rows >= rowLimit - rows {
        block = LineBlock(
          text.buffer, beginning.grammar, wanted: wanted, keepsRaw: refused != nil, rowLimit: rowLimit - rows,
          progress)
      }
      if try use(block, take) == .stop || rows >= rowLimit { return .stop }
    }
    if let failure = found.failure {
      guard case .tooLarge = failure.reason else { throw failure }
      throw SourceError(source: failure.source, reason: failure.reason, line: lines + 1)
    }
    return .more
  }

  private func use(
    _ block: LineBlock, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> ScanStep {
    for problem in block.problems {
      guard let refused else { throw failure(problem) }
      let (column, words) = words(problem.fault)
      refused.add(source: path, line: lines + problem.line + 1, column: column, reason: words, raw: problem.raw)
    }
    rows += block.rows
    records += block.records
    lines += block.lines
    for place in infinite.indices { infinite[place] += block.infinite[place] }
    if block.rows == 0 { return .more }
    let names = wanted.map { beginning.grammar.columns[$0].name }
    return try take(Table(names: names, columns: block.columns, rowCount: block.rows))
  }

  private func words(_ fault: LineFault) -> (column: String, String) {
    switch fault {
    case .line(let words): return ("", words)
    case .cell(let place, let text):
      let column = beginning.grammar.columns[place]
      return (column.name, "'\(text)' is not \(column.type.rawValue)")
    }
  }

  private func failure(_ problem: LineBlock.Problem) -> SourceError {
    let row = records + problem.record + 1
    let line = lines + problem.line + 1
    switch problem.fault {
    case .line(let words):
      return SourceError(source: path, reason: .badRow(row: row, column: nil, problem: words, others: 0), line: line)
    case .cell(let place, let text):
      let column = beginning.grammar.columns[place]
      return SourceError(
        source: path, reason: .badCell(row: row, column: column.name, text: text, type: column.type, others: 0),
        line: line)
    }
  }

  private func report(byteCount: Int) -> TypedReport {
    let columns = wanted.map { beginning.grammar.columns[$0] }
    let notes = zip(columns, infinite).compactMap { column, count -> String? in
      let cells = count == 1 ? "1 infinite number is" : "\(count) infinite numbers are"
      return count == 0 ? nil : "column '\(column.name)': \(cells) missing"
    }
    return TypedReport(
      schema: Schema(columns.map { Field($0.name, $0.type) }), byteCount: byteCount, notes: beginning.notes + notes)
  }
}
