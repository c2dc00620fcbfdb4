import Formats
import Kernels
import Tables

/// A file or a stream of Arrow's IPC format, from the disk, from a pipe or in memory.
struct ArrowFile: TypedFile {
  private enum Origin: Sendable { case file, memory([UInt8]) }

  let path: String
  private let origin: Origin
  /// The types that were asked for: which numbers are read as text, or may be rounded, is settled by them.
  private let stated: [String: ColumnType]

  /// `path` `-` is standard input; bytes that are in memory already are read in its place.
  init(path: String, bytes: [UInt8]? = nil, stated: [String: ColumnType]) {
    self.path = path
    self.stated = stated
    origin = bytes.map(Origin.memory) ?? .file
  }

  /// After so many messages it is left open how many rows there are.
  private static let mostCounted = 1 << 10

  func outline() throws(SourceError) -> TypedOutline? {
    guard let input = try open(onlyRepeatable: true) else { return nil }
    let columns = try input.columns(path)
    let readings = try WideReading.settled(columns, try first(columns), stated: stated)
    let fields = zip(columns, readings).map { Field($0.name, WideReading.columnType(of: $0, $1)) }
    return TypedOutline(schema: Schema(fields), rowCount: try rowCount(input), notes: input.schema.notes)
  }

  /// The first batch that has rows, if some column asks for it.
  private func first(_ columns: [ArrowSchema.Column]) throws(SourceError) -> Batch? {
    let open = columns.filter { WideReading.narrowest($0.type) != nil && !WideReading.isCertain($0.type) }
    guard !open.isEmpty, let input = try self.open(onlyRepeatable: true) else { return nil }
    let feeder = ChunkFeeder(input.frames, input.schema, columns: [], limit: WideReading.sampleRows, Progress())
    return try feeder.nextTask()?.get().batch
  }

  private func rowCount(_ input: ArrowInput) throws(SourceError) -> Int? {
    var rows = 0
    for _ in 0..<Self.mostCounted {
      guard let (message, _) = try input.frames.next(Progress()) else { return rows }
      guard case .batch(let head) = message.content else { continue }
      let (sum, overflow) = rows.addingReportingOverflow(head.rowCount)
      if overflow { return nil }
      rows = sum
    }
    return nil
  }

  func scan(
    _ wanted: TypedRequest, _ progress: Progress, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> TypedReport {
    guard let input = try open(onlyRepeatable: false) else { return TypedReport(schema: Schema([]), byteCount: 0) }
    let columns = try input.columns(path).filter { wanted.takes($0.name) }
    let feeder = ChunkFeeder(input.frames, input.schema, columns: columns, limit: wanted.limit, progress)
    let reading = try ArrowReading(feeder, columns, stated: stated, source: path)
    try reading.run(progress, take)
    return TypedReport(
      schema: reading.schema, byteCount: input.byteCount, notes: input.schema.notes + reading.notes)
  }

  /// nil where only what can be read again is asked for and this cannot.
  private func open(onlyRepeatable: Bool) throws(SourceError) -> ArrowInput? {
    switch origin {
    case .memory(let bytes): return try ArrowInput(MemoryStream(bytes), source: path)
    case .file:
      if onlyRepeatable, !(try FileStream.isRepeatable(path)) { return nil }
      let file = try FileStream(path: path)
      return file.isRegular ? try ArrowInput(file, source: path) : try ArrowInput(pipe: file, source: path)
    }
  }
}
