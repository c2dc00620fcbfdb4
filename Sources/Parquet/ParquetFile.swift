import Formats
import Kernels
import Tables

/// A Parquet file as a table: what its footer states, and its rows as pages give them.
struct ParquetFile: TypedFile {
  /// Where less is read, one thread is enough.
  private static let smallBytes = 1 << 19

  let path: String
  /// The file's bytes, where they are in memory.
  private let bytes: [UInt8]?
  /// The columns that texts are asked of.
  private let texts: Set<String>
  /// Tests ask for other chunks than are usual.
  private let layout: ChunkLayout?

  init(path: String, bytes: [UInt8]? = nil, texts: Set<String> = [], layout: ChunkLayout? = nil) {
    self.path = path
    self.bytes = bytes
    self.texts = texts
    self.layout = layout
  }

  func outline() throws(SourceError) -> TypedOutline? {
    if bytes == nil, try !PositionedFile.isRepeatable(path) { return nil }
    let file = try opened()
    return TypedOutline(schema: file.columns.schema, rowCount: file.metadata.rowCount, notes: file.columns.notes)
  }

  private struct Opened {
    let bytes: FileBytes
    let metadata: FileMetadata
    let columns: FileColumns
  }

  private func opened() throws(SourceError) -> Opened {
    let positioned: any PositionedBytes
    if let bytes { positioned = MemoryStream(bytes) } else { positioned = try PositionedFile.open(path) }
    let bytes = FileBytes(positioned)
    do throws(ParquetFailure) {
      let metadata = try Footer.read(bytes)
      return Opened(bytes: bytes, metadata: metadata, columns: try FileColumns(metadata, texts: texts))
    } catch {
      throw error.error(path)
    }
  }

  func scan(
    _ wanted: TypedRequest, _ progress: Progress, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> TypedReport {
    let file = try opened()
    let columns = file.columns.columns.filter { wanted.takes($0.name) }
    let names = columns.map(\.name)
    let chosen = GroupChoice(file.metadata, columns, wanted.limit == nil ? wanted.screen : nil)
    let rowCount = min(max(0, wanted.limit ?? .max), file.metadata.rowCount - chosen.extent.passedRows)
    let layout = layout ?? ChunkLayout(columns, file.metadata)
    let feed = ColumnFeed(columns, chosen.groups, rowCount: rowCount, layout, file.bytes, progress)
    var found = columns.map { _ in PartFindings() }
    var done = 0
    try feed.run(threads: isSmall(columns, file) ? 1 : Threads.count) { () throws(SourceError) in
      do throws(Cancelled) { try progress.checkpoint(Double(done) / Double(max(1, rowCount)), "reading") } catch {
        throw SourceError(source: path, reason: .cancelled)
      }
    } take: { (chunk) throws(SourceError) in
      var made: [Column] = []
      made.reserveCapacity(names.count)
      for (place, part) in chunk.parts.enumerated() {
        guard let part else { continue }
        do throws(ParquetFailure) {
          let part = try part.get()
          found[place] += part.found
          made.append(part.column)
        } catch {
          throw error.error(path, in: "'\(names[place])' in row group \(chunk.groupNumber)")
        }
      }
      done += chunk.rowCount
      return try take(Table(names: names, columns: made, rowCount: chunk.rowCount))
    }
    let bytes = file.metadata.footer.count + found.reduce(0) { $0 + $1.byteCount }
    return TypedReport(
      schema: Schema(columns.map { Field($0.name, $0.rule.type) }), byteCount: bytes,
      notes: file.columns.notes + notes(names, found), extent: chosen.extent)
  }

  func extent(_ wanted: TypedRequest) throws(SourceError) -> ScanExtent? {
    if bytes == nil, try !PositionedFile.isRepeatable(path) { return nil }
    let file = try opened()
    let columns = file.columns.columns.filter { wanted.takes($0.name) }
    return GroupChoice(file.metadata, columns, wanted.limit == nil ? wanted.screen : nil).extent
  }

  private func isSmall(_ columns: [ReadColumn], _ file: Opened) -> Bool {
    var bytes = 0
    for group in file.metadata.groups {
      for column in columns {
        bytes += max(0, min(group.chunks[column.leaf.place].uncompressedSize, Self.smallBytes))
        if bytes >= Self.smallBytes { return false }
      }
    }
    return true
  }

  private func notes(_ names: [String], _ found: [PartFindings]) -> [String] {
    zip(names, found).flatMap { name, found in
      var notes: [String] = []
      if found.infinite > 0 {
        let cells =
          found.infinite == 1
          ? "1 number that is infinite or none is" : "\(found.infinite) numbers that are infinite or none are"
        notes.append("column '\(name)': \(cells) missing")
      }
      if found.isCut { notes.append("column '\(name)': moments are cut to microseconds") }
      return notes
    }
  }
}
