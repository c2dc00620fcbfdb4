import Glibc
import Kernels
import Tables

/// Writes a chunk file from front to back.
public final class ChunkFileWriter {
  private let path: String
  private var descriptor: Int32
  /// The name it has while it is written; nil for one without.
  private var temporary: String?
  private var offset = 0
  private var schema: Schema?
  private var chunkRows: [Int] = []
  private var missing: [Int] = []
  private var blocks: [[ChunkFile.Block]] = []

  /// A file without a name in the folder for temporary files, gone when nothing uses it any more.
  public init(temporaryIn folder: String) throws(ChunkFileError) {
    var template = Array((folder + "/mlp-rows.XXXXXX").utf8CString)
    descriptor = mkstemp(&template)
    path = folder
    guard descriptor >= 0 else { throw .file(FileError(path: folder, errno: errno)) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    unlink(template)
  }

  /// A file that takes its place at `path` when it is whole.
  public init(beside path: String) throws(ChunkFileError) {
    var template = Array((path + ".XXXXXX").utf8CString)
    descriptor = mkstemp(&template)
    self.path = path
    guard descriptor >= 0 else { throw .file(FileError(path: path, errno: errno)) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    temporary = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    if let temporary { unlink(temporary) }
  }

  /// Appends a chunk. All chunks have the columns of the first.
  public func append(_ chunk: Table) throws(ChunkFileError) {
    if schema == nil {
      schema = chunk.schema
      missing = [Int](repeating: 0, count: chunk.columns.count)
    }
    guard chunk.schema == schema else { throw .damaged(path: path) }
    let columns = chunk.columns
    let encoded = parallelMap(columns.count) { place -> (bytes: [UInt8], hash: UInt64) in
      let bytes = BlockWriter.bytes(of: columns[place])
      return (bytes, bytes.withUnsafeBytes(BlockHash.of))
    }
    var chunkBlocks: [ChunkFile.Block] = []
    for (place, block) in encoded.enumerated() {
      missing[place] += columns[place].missingCount
      chunkBlocks.append(
        ChunkFile.Block(offset: UInt64(offset), length: UInt64(block.bytes.count), hash: block.hash))
      try write(block.bytes)
    }
    chunkRows.append(chunk.rowCount)
    blocks.append(chunkBlocks)
  }

  /// The file to read. Without a chunk it has no columns.
  public func finish() -> ChunkFile {
    defer { descriptor = -1 }
    return ChunkFile(
      schema: schema ?? Schema([]), chunkRows: chunkRows, missing: missing, blocks: blocks, descriptor: descriptor,
      path: path)
  }

  /// Ends the file with a directory of its blocks and puts it in its place. It is not waited for that the disk has it: a block or a
  /// directory that a crash of the machine left out is noticed by its hash.
  public func finish(label: String) throws(ChunkFileError) {
    let directory = ChunkDirectory(
      label: label, schema: schema ?? Schema([]), chunkRows: chunkRows, missing: missing, blocks: blocks)
    try write(directory.bytes)
    guard let temporary else { return }
    guard rename(temporary, path) == 0 else { throw .file(FileError(path: path, errno: errno)) }
    self.temporary = nil
  }

  private func write(_ bytes: [UInt8]) throws(ChunkFileError) {
    do throws(FileError) { try writeAll(bytes, to: descriptor, path: path) } catch { throw .file(error) }
    offset += bytes.count
  }
}
