import Formats
import Kernels
import Tables

/// Makes the bytes of a file or a stream: batches of a fixed number of rows, so that they do not show how the rows came in chunks.
struct ArrowEncoder: TableEncoder {
  static let batchRows = 1 << 16
  /// Where buffers begin in a file, as the format advises.
  private static let alignment = 64

  private let columns: [WrittenColumn]
  private let isStream: Bool
  private var position = 0
  private var pieces: [TablePiece] = []
  private var waitingRows = 0
  /// The batches of a file as its footer lists them: 24 bytes each.
  private var blocks: [UInt8] = []
  private var blockCount = 0

  init(_ table: Table, isStream: Bool) {
    columns = WrittenColumn.all(table)
    self.isStream = isStream
  }

  mutating func append(_ chunk: Table, _ progress: Progress) throws(SourceError) -> [UInt8] {
    var bytes = beginning()
    var next = 0
    while next < chunk.rowCount {
      let end = min(chunk.rowCount, next + Self.batchRows - waitingRows)
      pieces.append(TablePiece(table: chunk, rows: next..<end))
      waitingRows += end - next
      next = end
      if waitingRows == Self.batchRows { try putBatch(&bytes, progress) }
    }
    return bytes
  }

  mutating func finish(_ progress: Progress) throws(SourceError) -> [UInt8] {
    var bytes = beginning()
    if waitingRows > 0 { try putBatch(&bytes, progress) }
    bytes.append(littleEndian: FramePrefix.mark)
    bytes.append(littleEndian: UInt32(0))
    if isStream { return bytes }
    let footer = FlatBuilder.message([
      .short(Self.version), .table(schema), .structs([], count: 0), .structs(blocks, count: blockCount),
    ])
    bytes.append(contentsOf: footer)
    bytes.append(littleEndian: UInt32(truncatingIfNeeded: footer.count))
    bytes.append(contentsOf: Footer.magic)
    return bytes
  }

  /// V5, counted from 0.
  private static let version: Int16 = 4

  private var schema: [FlatValue?] { [.short(0), .tables(columns.map(\.field))] }

  /// What the bytes begin with, before anything else was written.
  private mutating func beginning() -> [UInt8] {
    guard position == 0 else { return [] }
    var bytes: [UInt8] = []
    if !isStream { bytes = Footer.magic + [0, 0] }
    position = bytes.count
    put(header: 1, schema, bodyLength: 0, &bytes)
    return bytes
  }

  /// Puts a message without its body; gives how long it is.
  @discardableResult
  private mutating func put(header id: UInt8, _ header: [FlatValue?], bodyLength: Int, _ bytes: inout [UInt8]) -> Int {
    var metadata = FlatBuilder.message([
      .short(Self.version), .byte(id), .table(header), .long(Int64(bodyLength)),
    ])
    let end = position + 8 + metadata.count
    metadata.append(contentsOf: repeatElement(0, count: -end & (Self.alignment - 1)))
    bytes.append(littleEndian: FramePrefix.mark)
    bytes.append(littleEndian: UInt32(truncatingIfNeeded: metadata.count))
    bytes.append(contentsOf: metadata)
    position += 8 + metadata.count
    return 8 + metadata.count
  }

  private mutating func putBatch(_ bytes: inout [UInt8], _ progress: Progress) throws(SourceError) {
    do throws(Cancelled) { try progress.checkpoint() } catch {
      throw SourceError(source: "", reason: .cancelled)
    }
    let made = try columnBuffers()
    var (nodes, buffers): ([UInt8], [UInt8]) = ([], [])
    var (bodyLength, bufferCount) = (0, 0)
    for column in made {
      nodes.append(littleEndian: Int64(waitingRows))
      nodes.append(littleEndian: Int64(column.missingCount))
      for buffer in column.all {
        buffers.append(littleEndian: Int64(bodyLength))
        buffers.append(littleEndian: Int64(buffer.count))
        bufferCount += 1
        bodyLength += buffer.count + Self.padding(buffer.count)
      }
    }
    let start = position
    let length = put(
      header: 3,
      [.long(Int64(waitingRows)), .structs(nodes, count: made.count), .structs(buffers, count: bufferCount)],
      bodyLength: bodyLength, &bytes)
    for buffer in made.lazy.flatMap(\.all) {
      bytes.append(contentsOf: buffer)
      bytes.append(contentsOf: repeatElement(0, count: Self.padding(buffer.count)))
    }
    position += bodyLength
    list(start, length, bodyLength)
    (pieces, waitingRows) = ([], 0)
  }

  /// The buffers of all columns, made side by side.
  private func columnBuffers() throws(SourceError) -> [WrittenBuffers] {
    let (columns, pieces) = (columns, pieces)
    let made = parallelMap(columns.count) { place -> Result<WrittenBuffers, SourceError> in
      do throws(SourceError) { return .success(try columns[place].buffers(pieces)) } catch { return .failure(error) }
    }
    var buffers: [WrittenBuffers] = []
    for result in made { buffers.append(try result.get()) }
    return buffers
  }

  private static func padding(_ count: Int) -> Int { -count & (alignment - 1) }

  /// Notes a batch for the footer.
  private mutating func list(_ start: Int, _ metadataLength: Int, _ bodyLength: Int) {
    blocks.append(littleEndian: Int64(start))
    blocks.append(littleEndian: Int32(truncatingIfNeeded: metadataLength))
    blocks.append(littleEndian: Int32(0))
    blocks.append(littleEndian: Int64(bodyLength))
    blockCount += 1
  }
}
