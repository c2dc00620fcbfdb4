import Glibc
import Kernels
import Tables

/// What a chunk file holds and where: the columns with their types, and for each chunk its rows and blocks.
struct ChunkDirectory {
  let schema: Schema
  let chunkRows: [Int]
  let missing: [Int]
  let blocks: [[ChunkFile.Block]]

  /// The types by their place in this list, which is part of the file.
  private static let types: [ColumnType] = [.bool, .int, .float, .text, .date, .datetime, .vector]
  static let endSize = 32
  private static let ending: UInt64 = 0x444E_4543_504C_4D31

  var bytes: [UInt8] {
    var writer = BlockWriter()
    writer.write(schema.fields.map(\.name))
    for field in schema.fields { writer.write(UInt64(Self.types.firstIndex(of: field.type) ?? 0)) }
    for count in missing { writer.write(UInt64(count)) }
    writer.write(UInt64(chunkRows.count))
    for (rows, chunk) in zip(chunkRows, blocks) {
      writer.write(UInt64(rows))
      for block in chunk {
        writer.write(block.offset)
        writer.write(block.length)
        writer.write(block.hash)
      }
    }
    return writer.bytes
  }

  /// The last bytes of a file whose directory is that block.
  static func end(_ directory: ChunkFile.Block) -> [UInt8] {
    var writer = BlockWriter()
    writer.write(directory.offset)
    writer.write(directory.length)
    writer.write(directory.hash)
    writer.write(ending)
    return writer.bytes
  }

  init(schema: Schema, chunkRows: [Int], missing: [Int], blocks: [[ChunkFile.Block]]) {
    self.schema = schema
    self.chunkRows = chunkRows
    self.missing = missing
    self.blocks = blocks
  }

  init(_ bytes: UnsafeRawBufferPointer) throws(BlockDamage) {
    var reader = BlockReader(bytes)
    let names = try reader.words()
    var fields: [Field] = []
    for name in names {
      let type = try reader.word()
      guard type < UInt64(Self.types.count) else { throw BlockDamage() }
      fields.append(Field(name, Self.types[Int(type)]))
    }
    guard Set(names).count == names.count else { throw BlockDamage() }
    schema = Schema(fields)
    var missing: [Int] = []
    for _ in names { missing.append(try Self.count(&reader)) }
    self.missing = missing
    var rows: [Int] = []
    var blocks: [[ChunkFile.Block]] = []
    for _ in 0..<(try reader.size()) {
      rows.append(try Self.count(&reader))
      var chunk: [ChunkFile.Block] = []
      for _ in names {
        chunk.append(
          ChunkFile.Block(offset: try reader.word(), length: try reader.word(), hash: try reader.word()))
      }
      blocks.append(chunk)
    }
    chunkRows = rows
    self.blocks = blocks
  }

  /// A number of rows, at most 2⁴⁰.
  private static func count(_ reader: inout BlockReader) throws(BlockDamage) -> Int {
    let count = try reader.word()
    guard count < 1 << 40 else { throw BlockDamage() }
    return Int(count)
  }

  /// Where a file's directory is, by its last bytes.
  static func place(_ end: UnsafeRawBufferPointer) throws(BlockDamage) -> ChunkFile.Block {
    var reader = BlockReader(end)
    let block = ChunkFile.Block(offset: try reader.word(), length: try reader.word(), hash: try reader.word())
    guard try reader.word() == ending else { throw BlockDamage() }
    return block
  }
}

extension ChunkFile {
  /// The file at `path`, which a writer finished. Throws `damaged` for one that is cut off, changed or of another kind.
  public static func open(path: String) throws(ChunkFileError) -> ChunkFile {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .file(FileError(path: path, errno: errno)) }
    do throws(ChunkFileError) {
      let directory = try readDirectory(of: descriptor, path)
      return ChunkFile(
        schema: directory.schema, chunkRows: directory.chunkRows, missing: directory.missing, blocks: directory.blocks,
        descriptor: descriptor, path: path)
    } catch {
      close(descriptor)
      throw error
    }
  }

  private static func readDirectory(of descriptor: Int32, _ path: String) throws(ChunkFileError) -> ChunkDirectory {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .file(FileError(path: path, errno: errno)) }
    let size = Int(status.st_size)
    guard size >= beginning.count + ChunkDirectory.endSize else { throw .damaged(path: path) }
    let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: ChunkDirectory.endSize, alignment: 8)
    defer { scratch.deallocate() }
    let head = UnsafeMutableRawBufferPointer(rebasing: scratch[0..<beginning.count])
    try fill(head, from: 0, of: descriptor, path)
    guard head.elementsEqual(beginning) else { throw .damaged(path: path) }
    try fill(scratch, from: UInt64(size - ChunkDirectory.endSize), of: descriptor, path)
    do throws(BlockDamage) {
      let place = try ChunkDirectory.place(UnsafeRawBufferPointer(scratch))
      let bytes: UnsafeMutableRawBufferPointer
      do throws(ChunkFileError) { bytes = try Self.bytes(place, of: descriptor, path) } catch { throw BlockDamage() }
      defer { bytes.deallocate() }
      return try ChunkDirectory(UnsafeRawBufferPointer(rebasing: bytes[0..<Int(place.length)]))
    } catch {
      throw .damaged(path: path)
    }
  }
}
