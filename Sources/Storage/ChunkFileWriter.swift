import Glibc
import Kernels
import Tables

/// Writes a chunk file from front to back.
public final class ChunkFileWriter {
  private let path: String
  private let descriptor: Int32
  /// What takes its place when it is whole; nil for a file that never has a name.
  private let placed: UnplacedFile?
  private var isFinished = false
  private var offset = 0
  private var schema: Schema?
  private var chunkRows: [Int] = []
  private var missing: [Int] = []
  private var blocks: [[ChunkFile.Block]] = []

  /// A file without a name in the folder for temporary files, gone when nothing uses it any more.
  public init(temporaryIn folder: String) throws(ChunkFileError) {
    path = folder
    placed = nil
    do throws(FileError) { descriptor = try UnplacedFile.nameless(inFolder: folder) } catch { throw .file(error) }
  }

  /// A file that takes its place at `path` when it is whole. Nothing is left of one that is given up before.
  public init(at path: String) throws(ChunkFileError) {
    self.path = path
    let file: UnplacedFile
    do throws(FileError) { file = try UnplacedFile(at: path) } catch { throw .file(error) }
    placed = file
    descriptor = file.descriptor
  }

  deinit {
    if placed == nil, !isFinished { close(descriptor) }
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
    isFinished = true
    let descriptor = placed?.handOn() ?? descriptor
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
    do throws(FileError) { try placed?.place() } catch { throw .file(error) }
  }

  private func write(_ bytes: [UInt8]) throws(ChunkFileError) {
    do throws(FileError) { try writeAll(bytes, to: descriptor, path: path) } catch { throw .file(error) }
    offset += bytes.count
    if placed == nil { TemporaryFolder.count(bytes.count) }
  }
}
