import Descriptions
import Kernels
import Tables

/// One reading of typed files, one after the other: rows are numbered, cells read as the types that are wanted, and rows that do not fit
/// stop the reading or are set aside.
struct TypedReading {
  private let request: ReadingRequest
  private let options: Options
  private let scan: ScanRequest
  private let keepsRejects: Bool
  private let fileColumn: FileColumn?
  private var rowLimit: Int
  private var rows = 0
  private var byteCount = 0
  private var notes: [String] = []
  private var extent = ScanExtent()
  private var schema = Schema([])
  /// Open columns that have turned from int to float.
  private var floats: Set<String> = []

  // Of the file at hand:
  private var records = 0

  private let refused = RefusedRows()

  init(_ request: ReadingRequest, _ scan: ScanRequest) {
    self.request = request
    options = request.options
    self.scan = scan
    keepsRejects = options[ReadingOptions.onConflict] == .reject || options[ReadingOptions.rejects] != nil
    fileColumn = FileColumn(options, among: scan.columns)
    rowLimit = min(options[ReadingOptions.rows] ?? .max, scan.limit ?? .max)
  }

  /// What is known of the file at hand.
  private struct Reading {
    let path: String
    let misfits = TypedMisfits()
    /// What its columns are read as; nil where only a chunk tells.
    let columns: TypedColumns?
    let open: Set<String>
    /// The columns of all files together, where there are several.
    let agreed: Schema?
    /// The columns as the file states them; nil where only a chunk tells.
    let own: Schema?

    init(_ source: TypedSource, _ outline: TypedOutline?, _ scan: ScanRequest, as agreed: Schema?) {
      path = source.file.path
      columns = outline.map { source.columns(of: $0.schema, settled: scan.types) }
      open = outline?.open ?? []
      self.agreed = agreed
      own = outline?.schema
    }
  }

  /// Reads a file; `agreed` are the columns of all files together, where there are several. Gives whether another is wanted.
  mutating func run(
    _ source: TypedSource, as agreed: Schema?, _ progress: Progress, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> ScanStep {
    records = 0
    let outline = try source.file.arrived(progress)
    let reading = Reading(source, outline, scan, as: agreed)
    if agreed == nil, let outline { try source.check(outline.schema.fields.map(\.name)) }
    var step = ScanStep.more
    let report = try source.file.scan(wanted(reading), progress) { (chunk) throws(SourceError) in
      do throws(Cancelled) { try progress.checkpoint() } catch {
        throw SourceError(source: source.file.path, reason: .cancelled)
      }
      step = try use(chunk, reading, source, take)
      return step
    }
    byteCount += report.byteCount
    extent += report.extent
    for note in report.notes where !notes.contains(note) { notes.append(note) }
    let own = source.columns(of: report.schema, settled: scan.types).schema
    schema = settled(restricted(agreed ?? own))
    return rows >= rowLimit ? .stop : step
  }

  /// What is asked of a file.
  private func wanted(_ reading: Reading) -> TypedRequest {
    let asked = options[ReadingOptions.columns].map(Set.init)
    var columns = asked.map { names in scan.columns.map(names.intersection) ?? names } ?? scan.columns
    if let known = reading.columns?.schema.fields.map(\.name) { columns?.formIntersection(known) }
    if let fileColumn { columns?.remove(fileColumn.name) }
    // Where rows may be refused more may be wanted than there are in the limit.
    let limit = keepsRejects || rowLimit == .max ? nil : rowLimit - rows
    return TypedRequest(
      columns: columns, limit: limit, refused: keepsRejects ? refused : nil,
      types: TypedColumns.stated(request, scan.types), misfits: reading.misfits,
      screen: isAsStored(reading) && limit == nil && !keepsRejects ? scan.screen : nil)
  }

  /// How much of a file would be read and passed over; nil where that is not known before.
  func extent(of source: TypedSource, as agreed: Schema?) throws(SourceError) -> ScanExtent? {
    guard let outline = try source.file.outline() else { return nil }
    return try source.file.extent(wanted(Reading(source, outline, scan, as: agreed)))
  }

  /// Whether the columns that are read have the types that the file states, so that what it says of their cells is true of what becomes
  /// of them.
  private func isAsStored(_ reading: Reading) -> Bool {
    guard let own = reading.own, let known = reading.columns else { return false }
    return (reading.agreed ?? known.schema).fields.allSatisfy { field in
      scan.columns.map { !$0.contains(field.name) } ?? false || own[field.name] == field.type
    }
  }

  private func restricted(_ schema: Schema) -> Schema {
    Schema(schema.fields.filter { scan.columns?.contains($0.name) ?? true })
  }

  private func settled(_ schema: Schema) -> Schema {
    Schema(schema.fields.map { floats.contains($0.name) ? Field($0.name, .float) : $0 })
  }

  private mutating func use(
    _ chunk: Table, _ reading: Reading, _ source: TypedSource, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> ScanStep {
    let columns = reading.columns ?? source.columns(of: chunk.schema, settled: scan.types)
    for name in reading.open where columns.stated[name] == nil && chunk[name]?.type == .float { floats.insert(name) }
    var misfits = ChunkMisfits(reading.misfits.take(), chunk, columns.expected)
    var made: [(String, Column)] = []
    for field in settled(restricted(reading.agreed ?? columns.schema)).fields {
      guard let column = chunk[field.name] else {
        made.append((field.name, .missing(field.type, count: chunk.rowCount)))
        continue
      }
      let read = Self.read(column, as: field.type, isStated: columns.stated[field.name] != nil)
      made.append((field.name, read.column))
      misfits.add(read.misfits, of: field)
    }
    var table = Table(made, rowCount: chunk.rowCount)
    if !misfits.isEmpty { table = try without(misfits, of: table, chunk, reading.path) }
    records += chunk.rowCount
    if table.rowCount > rowLimit - rows { table = table.head(rowLimit - rows) }
    rows += table.rowCount
    if table.rowCount == 0 { return .more }
    if let fileColumn { table = fileColumn.added(to: table, of: reading.path) }
    return try take(table) == .stop || rows >= rowLimit ? .stop : .more
  }

  /// Nobody asked for floats where whole numbers are only beside them: those lose no digit.
  private static func read(_ column: Column, as type: ColumnType, isStated: Bool) -> RetypedColumn {
    if case .int(let cells) = column, type == .float, !isStated { return RetypedColumn(wholeNumbers: cells) }
    return RetypedColumn(column, as: type)
  }

  /// The rows that fit; throws the first that does not, unless they are set aside.
  private mutating func without(
    _ misfits: ChunkMisfits, of table: Table, _ chunk: Table, _ path: String
  ) throws(SourceError) -> Table {
    for (row, misfit) in misfits.inOrder {
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
    return table.take((0..<table.rowCount).filter { !misfits.contains($0) })
  }

  mutating func finish() throws(SourceError) -> ScanReport {
    if let words = extent.words { notes.append(words) }
    notes += try refused.finish(options[ReadingOptions.rejects])
    return ScanReport(
      schema: fileColumn?.added(to: schema) ?? schema, notes: notes, rowCount: rows, byteCount: byteCount)
  }

  /// Says something of the files together.
  mutating func note(_ words: String) { notes.append(words) }
}

/// The rows of a chunk that do not fit, each with its first cell that does not.
private struct ChunkMisfits {
  private var byRow: [Int: (column: Field, text: String, isExpected: Bool)] = [:]
  private let expected: Set<String>

  init(_ told: [TypedMisfit], _ chunk: Table, _ expected: Set<String>) {
    self.expected = expected
    for misfit in told where byRow[misfit.row] == nil {
      let type = chunk[misfit.column]?.type ?? .text
      byRow[misfit.row] = (Field(misfit.column, type), misfit.text, expected.contains(misfit.column))
    }
  }

  mutating func add(_ misfits: [RetypedColumn.Misfit], of field: Field) {
    for misfit in misfits where byRow[misfit.row] == nil {
      byRow[misfit.row] = (field, misfit.text, expected.contains(field.name))
    }
  }

  var isEmpty: Bool { byRow.isEmpty }
  var count: Int { byRow.count }
  func contains(_ row: Int) -> Bool { byRow[row] != nil }

  var inOrder: [(row: Int, misfit: (column: Field, text: String, isExpected: Bool))] {
    byRow.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
