import Glibc
import Kernels
import Tables

/// A table in a file, chunk by chunk and in each chunk column by column, so that some columns of one chunk are read without the others.
///
/// What of a table does not fit into memory is kept in one, without a name, that goes with its last user. Where the blocks stand is in
/// memory, with a hash of each.
public final class ChunkFile: Sendable {
  /// Where a block stands.
  struct Block: Sendable {
    let offset: UInt64
    let length: UInt64
    let hash: UInt64
  }

  public let schema: Schema
  /// How many rows each chunk has.
  public let chunkRows: [Int]
  /// For each column how many of its cells are missing.
  public let missing: [Int]
  public let rowCount: Int
  let blocks: [[Block]]
  let descriptor: Int32
  private let path: String

  init(
    schema: Schema, chunkRows: [Int], missing: [Int], blocks: [[Block]], descriptor: Int32, path: String
  ) {
    self.schema = schema
    self.chunkRows = chunkRows
    self.missing = missing
    self.blocks = blocks
    self.descriptor = descriptor
    self.path = path
    rowCount = chunkRows.reduce(0, +)
  }

  deinit { close(descriptor) }

  /// A file that was written beside its place, with the label that it was given then.
  public convenience init(at path: String, label: String) throws(ChunkFileError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .file(FileError(path: path, errno: errno)) }
    let directory: ChunkDirectory
    do throws(ChunkFileError) {
      directory = try ChunkDirectory(descriptor, path)
      guard directory.label == label else { throw .damaged(path: path) }
    } catch {
      close(descriptor)
      throw error
    }
    self.init(
      schema: directory.schema, chunkRows: directory.chunkRows, missing: directory.missing, blocks: directory.blocks,
      descriptor: descriptor, path: path)
  }

  /// How many bytes the blocks of a column take.
  public func byteCount(of column: Int) -> Int {
    blocks.reduce(0) { $0 + Int(truncatingIfNeeded: min($1[column].length, UInt64(Int64.max >> 16))) }
  }

  /// Reads every block, so that damage shows before anybody builds on the rows. O(bytes).
  public func verify() throws(ChunkFileError) {
    for place in blocks.indices { _ = try chunk(place) }
  }

  /// The columns of a chunk that are named, in the table's order; nil asks for all.
  public func chunk(_ place: Int, columns: Set<String>? = nil) throws(ChunkFileError) -> Table {
    var found: [(String, Column)] = []
    for (field, block) in zip(schema.fields, blocks[place]) where columns?.contains(field.name) ?? true {
      let column = try read(block)
      guard column.type == field.type, column.count == chunkRows[place] else { throw .damaged(path: path) }
      found.append((field.name, column))
    }
    return Table(found, rowCount: chunkRows[place])
  }

  private func read(_ block: Block) throws(ChunkFileError) -> Column {
    let bytes = try Self.bytes(block, of: descriptor, path)
    defer { bytes.deallocate() }
    do throws(BlockDamage) {
      var reader = BlockReader(UnsafeRawBufferPointer(bytes))
      return try reader.column()
    } catch {
      throw .damaged(path: path)
    }
  }

  /// The bytes of a block, whose hash is right; the caller frees them.
  static func bytes(
    _ block: Block, of descriptor: Int32, _ path: String
  ) throws(ChunkFileError) -> UnsafeMutableRawBufferPointer {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .file(FileError(path: path, errno: errno)) }
    let size = UInt64(max(0, status.st_size))
    guard block.offset <= size, block.length <= size - block.offset else { throw .damaged(path: path) }
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: max(8, Int(block.length)), alignment: 16)
    let wanted = UnsafeMutableRawBufferPointer(rebasing: bytes[0..<Int(block.length)])
    do throws(ChunkFileError) {
      try fill(wanted, from: block.offset, of: descriptor, path)
      guard BlockHash.of(UnsafeRawBufferPointer(wanted)) == block.hash else { throw .damaged(path: path) }
    } catch {
      bytes.deallocate()
      throw error
    }
    return bytes
  }

  static func fill(
    _ target: UnsafeMutableRawBufferPointer, from offset: UInt64, of descriptor: Int32, _ path: String
  ) throws(ChunkFileError) {
    var done = 0
    while done < target.count {
      let count = pread(
        descriptor, target.baseAddress.map { $0 + done }, target.count - done, off_t(offset) + off_t(done))
      if count < 0 {
        if errno == EINTR { continue }
        throw .file(FileError(path: path, errno: errno))
      }
      if count == 0 { throw .damaged(path: path) }
      done += count
    }
  }
}
