import Formats
import Tables

/// The end of a file: its schema, and where its messages are.
struct Footer {
  /// A message: where it begins, and how long its description (with what stands before it) and its body are.
  struct Block {
    let offset: Int
    let metadataLength: Int
    let bodyLength: Int
  }

  /// What a file begins with, two bytes following, and ends with.
  static let magic = Array("ARROW1".utf8)
  /// Where the first message of a file begins.
  static let firstMessage = 8

  let schema: ArrowSchema
  /// Of the dictionaries, then of the batches.
  let blocks: [Block]

  /// Reads the end of a file. Throws `badFormat` where there is none, or it lists what the file does not hold.
  init(_ bytes: any PositionedBytes, source: String) throws(SourceError) {
    let tail = Self.magic.count + 4
    guard bytes.length >= Self.firstMessage + tail else { throw SourceError.endsEarly(source) }
    let end = try bytes.exactly(tail, at: bytes.length - tail, source: source)
    guard end.suffix(Self.magic.count).elementsEqual(Self.magic) else { throw SourceError.endsEarly(source) }
    let length = Int(end.littleEndianNumber)
    guard length > 0, length <= FramePrefix.mostMetadata, length <= bytes.length - tail - Self.firstMessage else {
      throw SourceError.endsEarly(source)
    }
    let start = bytes.length - tail - length
    let flat = FlatBytes(try bytes.exactly(length, at: start, source: source), source: source)
    let table = try FlatTable(root: flat)
    guard let schema = try table.table(1) else { throw flat.damaged }
    self.schema = try ArrowSchema(schema)
    let dictionaries = try Self.blocks(try table.list(2, elementSize: 24), before: start)
    blocks = dictionaries + (try Self.blocks(try table.list(3, elementSize: 24), before: start))
    // Each message is listed once: a short file must not be read again and again.
    var left = start
    for block in blocks {
      left -= block.metadataLength + block.bodyLength
      guard left >= 0 else { throw flat.damaged }
    }
  }

  private static func blocks(_ list: FlatList?, before end: Int) throws(SourceError) -> [Block] {
    guard let list else { return [] }
    var blocks: [Block] = []
    blocks.reserveCapacity(list.count)
    for place in 0..<list.count {
      let offset: Int64 = try list.number(of: place)
      let metadata: Int32 = try list.number(of: place, offset: 8)
      let body: Int64 = try list.number(of: place, offset: 16)
      guard offset >= 0, metadata > 0, body >= 0, offset <= end, Int(metadata) <= end - Int(offset),
        body <= end - Int(offset) - Int(metadata)
      else { throw list.bytes.damaged }
      blocks.append(Block(offset: Int(offset), metadataLength: Int(metadata), bodyLength: Int(body)))
    }
    return blocks
  }
}
