import Descriptions
import Kernels
import Tables

/// One reading of a file of records from its first line to its end: blocks are parsed side by side and joined in order.
struct RecordReading {
  /// Blocks that are parsed at a time.
  private static let width = 8

  private let source: String
  private let options: Options
  private let survey: RecordSurvey
  private let parse: RecordParser
  private let fields: [RecordField]
  private let rowLimit: Int
  private let keepsRejects: Bool

  init(
    _ source: String, _ options: Options, _ survey: RecordSurvey, _ scan: ScanRequest, _ parse: @escaping RecordParser
  ) {
    self.source = source
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
  }

  /// What has been read so far.
  private struct State {
    var columns: [RecordColumn]
    var rows = 0
    var records = 0
    var lines = 0
    var problemCount = 0
    var firstProblem: (problem: RecordBlock.Problem, record: Int, line: Int)?
    var rejects: RejectedRows
    var passedOver: [(name: String, line: Int)] = []
    var passedNames: Set<String> = []
  }

  func read(_ blocks: LineBlocks, _ stream: SampledStream, _ progress: Progress) throws(SourceError) -> SourceRows {
    var state = State(columns: fields.map(RecordColumn.init), rejects: RejectedRows())
    var width = 1
    while state.rows < rowLimit {
      let texts = try blocks.next(width)
      if texts.isEmpty { break }
      let parsed = parallelMap(texts.count) { place in
        let block = RecordBlock(survey.keys, fields, keepsRaw: keepsRejects)
        if !progress.isCancelled { block.read(texts[place], parse) }
        return block
      }
      let fraction = stream.size.map { min(1, Double(stream.taken) / Double(max(1, $0))) } ?? 0
      do throws(Cancelled) { try progress.checkpoint(fraction, "reading") } catch {
        throw SourceError(source: source, reason: .cancelled)
      }
      for block in parsed where state.rows < rowLimit { join(block, &state) }
      if state.problemCount > 0, !keepsRejects { break }
      width = Self.width
    }
    return try finish(&state)
  }

  private func join(_ block: RecordBlock, _ state: inout State) {
    let taken = min(block.rows, rowLimit - state.rows)
    let isCut = state.rows + taken >= rowLimit
    for problem in block.problems where !isCut || problem.row < taken {
      let line = state.lines + problem.line + 1
      state.problemCount += 1
      if state.firstProblem == nil { state.firstProblem = (problem, state.records + problem.record + 1, line) }
      let name = problem.column.map { fields[$0].name } ?? ""
      if keepsRejects {
        state.rejects.add(source: source, line: line, column: name, reason: words(problem), raw: problem.raw)
      }
    }
    for key in block.passedOver where state.passedNames.insert(key.name).inserted {
      state.passedOver.append((key.name, state.lines + key.line + 1))
    }
    for place in fields.indices where fields[place].isWanted {
      state.columns[place].append(block.columns[place], rows: taken)
    }
    state.rows += taken
    state.records += block.records
    state.lines += block.lines
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

  private func finish(_ state: inout State) throws(SourceError) -> SourceRows {
    var notes = self.notes(state)
    if let first = state.firstProblem {
      guard keepsRejects else {
        throw SourceError(
          source: source, reason: reason(first.problem, record: first.record, others: state.problemCount - 1),
          line: first.line)
      }
      notes += try state.rejects.finish(options[ReadingOptions.rejects], count: state.problemCount)
    }
    let wanted = state.columns.filter(\.field.isWanted)
    for column in wanted where column.kinds.areRounded && column.field.type == .int && !column.field.isStated {
      let name = column.field.name
      throw SourceError(
        source: source,
        reason: .badFormat(
          "'\(name)' has whole numbers that lose digits beside its fractions; `types: {\(name): text}` keeps every digit, "
            + "`types: {\(name): float}` rounds them"))
    }
    let finished = parallelMap(wanted.count) { wanted[$0].finish() }
    let named = survey.ordered(zip(wanted, finished).map { ($0.field.name, $1) }) { $0.0 }
    return SourceRows(table: Table(named, rowCount: state.rows), notes: notes)
  }

  private func notes(_ state: State) -> [String] {
    var notes: [String] = []
    if !survey.nested.isEmpty { notes.append("keys inside objects are columns: \(Self.listed(survey.nested))") }
    for column in state.columns where column.field.isWanted && !column.field.isStated {
      if let why = column.kinds.whyText { notes.append("\(column.field.name): \(why)") }
    }
    if let first = state.passedOver.first {
      let names = Self.listed(state.passedOver.map(\.name))
      notes.append(
        "keys that the first 64 KiB have not are passed over: \(names) (line \(first.line)); `types` reads them")
    }
    return notes
  }

  private static func listed(_ names: [String]) -> String {
    names.prefix(5).joined(separator: ", ") + (names.count > 5 ? " and \(names.count - 5) more" : "")
  }
}
