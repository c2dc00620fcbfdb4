import Glibc
import Kernels
import Tables

/// What ends a chunk file that has a name: where its blocks stand, with a hash of each, whose rows they are, and a hash of all that.
struct ChunkDirectory {
  let label: String
  let schema: Schema
  let chunkRows: [Int]
  let missing: [Int]
  let blocks: [[ChunkFile.Block]]

  /// Its length and its hash come last, so that a reader begins at the end.
  var bytes: [UInt8] {
    var writer = BlockWriter()
    writer.write([label] + schema.fields.flatMap { [$0.name, $0.type.rawValue] })
    for count in missing { writer.write(UInt64(count)) }
    writer.write(UInt64(chunkRows.count))
    for (rows, blocks) in zip(chunkRows, blocks) {
      writer.write(UInt64(rows))
      for block in blocks {
        writer.write(block.offset)
        writer.write(block.length)
        writer.write(block.hash)
      }
    }
    let hash = writer.bytes.withUnsafeBytes(BlockHash.of)
    let length = UInt64(writer.bytes.count)
    writer.write(length)
    writer.write(hash)
    return writer.bytes
  }

  init(label: String, schema: Schema, chunkRows: [Int], missing: [Int], blocks: [[ChunkFile.Block]]) {
    self.label = label
    self.schema = schema
    self.chunkRows = chunkRows
    self.missing = missing
    self.blocks = blocks
  }

  /// Of an open file.
  init(_ descriptor: Int32, _ path: String) throws(ChunkFileError) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .file(FileError(path: path, errno: errno)) }
    let size = UInt64(max(0, status.st_size))
    guard size >= 16 else { throw .damaged(path: path) }
    var tail: [UInt64] = [0, 0]
    do {
      let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: 16, alignment: 16)
      defer { bytes.deallocate() }
      try ChunkFile.fill(bytes, from: size - 16, of: descriptor, path)
      tail = [bytes.load(as: UInt64.self), bytes.load(fromByteOffset: 8, as: UInt64.self)].map {
        UInt64(littleEndian: $0)
      }
    }
    guard tail[0] <= size - 16 else { throw .damaged(path: path) }
    let place = ChunkFile.Block(offset: size - 16 - tail[0], length: tail[0], hash: tail[1])
    let bytes = try ChunkFile.bytes(place, of: descriptor, path)
    defer { bytes.deallocate() }
    do throws(BlockDamage) {
      var reader = BlockReader(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[0..<Int(tail[0])]))
      self = try Self.read(&reader)
    } catch {
      throw .damaged(path: path)
    }
  }

  private static func read(_ reader: inout BlockReader) throws(BlockDamage) -> ChunkDirectory {
    let words = try reader.words()
    guard let label = words.first, words.count % 2 == 1 else { throw BlockDamage() }
    var fields: [Field] = []
    for place in stride(from: 1, to: words.count, by: 2) {
      guard let type = ColumnType(rawValue: words[place + 1]) else { throw BlockDamage() }
      fields.append(Field(words[place], type))
    }
    guard Set(fields.map(\.name)).count == fields.count else { throw BlockDamage() }
    var missing: [Int] = []
    for _ in fields { missing.append(try number(&reader)) }
    var chunkRows: [Int] = []
    var blocks: [[ChunkFile.Block]] = []
    let count = try number(&reader)
    guard count < 1 << 22 else { throw BlockDamage() }
    for _ in 0..<count {
      chunkRows.append(try number(&reader))
      var row: [ChunkFile.Block] = []
      for _ in fields {
        row.append(ChunkFile.Block(offset: try reader.word(), length: try reader.word(), hash: try reader.word()))
      }
      blocks.append(row)
    }
    return ChunkDirectory(label: label, schema: Schema(fields), chunkRows: chunkRows, missing: missing, blocks: blocks)
  }

  private static func number(_ reader: inout BlockReader) throws(BlockDamage) -> Int {
    guard let number = Int(exactly: try reader.word()), number < 1 << 40 else { throw BlockDamage() }
    return number
  }
}
