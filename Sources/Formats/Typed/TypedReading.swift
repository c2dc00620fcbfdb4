import Descriptions
import Kernels
import Tables

/// One reading of typed files, one after the other: rows are numbered, cells read as the types that are wanted, and rows that do not fit
/// stop the reading or are set aside.
struct TypedReading {
  private let options: Options
  private let scan: ScanRequest
  private let keepsRejects: Bool
  private var rowLimit: Int
  private var rows = 0
  private var byteCount = 0
  private var notes: [String] = []
  private var schema = Schema([])

  // Of the file at hand:
  private var records = 0

  private let refused = RefusedRows()

  init(_ request: ReadingRequest, _ scan: ScanRequest) {
    options = request.options
    self.scan = scan
    keepsRejects = options[ReadingOptions.onConflict] == .reject || options[ReadingOptions.rejects] != nil
    rowLimit = min(options[ReadingOptions.rows] ?? .max, scan.limit ?? .max)
  }

  /// Reads a file; `agreed` are the columns of all files together, where there are several. Gives whether another is wanted.
  mutating func run(
    _ source: TypedSource, as agreed: Schema?, _ progress: Progress, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> ScanStep {
    records = 0
    let kept = try source.file.outline().map { source.columns(of: $0.schema, settled: scan.types) }
    let wanted = kept.map { Set($0.schema.fields.map(\.name)) }
    let read = wanted.map { names in scan.columns.map { names.intersection($0) } ?? names } ?? scan.columns
    var step = ScanStep.more
    // Where rows may be refused more may be wanted than there are in the limit.
    let limit = keepsRejects ? nil : rowLimit == .max ? nil : rowLimit - rows
    let request = TypedRequest(columns: read, limit: limit, refused: keepsRejects ? refused : nil)
    let report = try source.file.scan(request, progress) { (chunk) throws(SourceError) in
      do throws(Cancelled) { try progress.checkpoint() } catch {
        throw SourceError(source: source.file.path, reason: .cancelled)
      }
      let columns = kept ?? source.columns(of: chunk.schema, settled: scan.types)
      step = try use(chunk, columns, agreed, source.file.path, take)
      return step
    }
    byteCount += report.byteCount
    for note in report.notes where !notes.contains(note) { notes.append(note) }
    let own = source.columns(of: report.schema, settled: scan.types).schema
    schema = agreed.map(restricted) ?? restricted(own)
    return rows >= rowLimit ? .stop : step
  }

  private func restricted(_ schema: Schema) -> Schema {
    Schema(schema.fields.filter { scan.columns?.contains($0.name) ?? true })
  }

  private mutating func use(
    _ chunk: Table, _ columns: TypedColumns, _ agreed: Schema?, _ path: String,
    _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> ScanStep {
    let wanted = restricted(agreed ?? columns.schema).fields
    var misfits: [Int: (column: Field, text: String, isExpected: Bool)] = [:]
    var made: [(String, Column)] = []
    for field in wanted {
      guard let column = chunk[field.name] else {
        made.append((field.name, .missing(field.type, count: chunk.rowCount)))
        continue
      }
      let read = RetypedColumn(column, as: field.type)
      made.append((field.name, read.column))
      for misfit in read.misfits where misfits[misfit.row] == nil {
        misfits[misfit.row] = (field, misfit.text, columns.expected.contains(field.name))
      }
    }
    var table = Table(made, rowCount: chunk.rowCount)
    if !misfits.isEmpty { table = try without(misfits, of: table, chunk, path) }
    records += chunk.rowCount
    if table.rowCount > rowLimit - rows { table = table.head(rowLimit - rows) }
    rows += table.rowCount
    if table.rowCount == 0 { return .more }
    return try take(table) == .stop || rows >= rowLimit ? .stop : .more
  }

  /// The rows that fit; throws the first that does not, unless they are set aside.
  private mutating func without(
    _ misfits: [Int: (column: Field, text: String, isExpected: Bool)], of table: Table, _ chunk: Table, _ path: String
  ) throws(SourceError) -> Table {
    for row in misfits.keys.sorted() {
      guard let misfit = misfits[row] else { continue }
      guard keepsRejects else {
        throw SourceError(
          source: path,
          reason: .badCell(
            row: records + row + 1, column: misfit.column.name, text: misfit.text, type: misfit.column.type,
            others: misfits.count - 1, isExpected: misfit.isExpected))
      }
      refused.add(
        source: path, line: records + row + 1, column: misfit.column.name,
        reason: "'\(misfit.text)' is not \(misfit.column.type.rawValue)",
        raw: Array(chunk.columns.map { $0[row].description }.joined(separator: ",").utf8))
    }
    return table.take((0..<table.rowCount).filter { misfits[$0] == nil })
  }

  mutating func finish() throws(SourceError) -> ScanReport {
    notes += try refused.finish(options[ReadingOptions.rejects])
    return ScanReport(schema: schema, notes: notes, rowCount: rows, byteCount: byteCount)
  }

  /// Says something of the files together.
  mutating func note(_ words: String) { notes.append(words) }
}
