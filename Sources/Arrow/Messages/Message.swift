import Tables

/// A message of a file or a stream: what it is, and where its body is.
struct Message {
  enum Content {
    case schema(ArrowSchema)
    case dictionary(DictionaryHead)
    case batch(BatchHead)
  }

  let content: Content
  let bodyLength: Int

  /// From the bytes of a `Message` (Message.fbs). Throws `badFormat` for one that is damaged, or holds something that is no table.
  init(_ bytes: FlatBytes) throws(SourceError) {
    let table = try FlatTable(root: bytes)
    let version: Int16 = try table.number(0, otherwise: 0)
    // Counted from 0: 3 is V4, 4 is V5.
    guard (3...4).contains(version) else {
      throw SourceError(
        source: bytes.source,
        reason: .badFormat("it is of version \(Int(version) + 1) of Arrow's metadata, and 4 and 5 are read"))
    }
    let kind: UInt8 = try table.number(1, otherwise: 0)
    let bodyLength: Int64 = try table.number(3, otherwise: 0)
    guard let header = try table.table(2), bodyLength >= 0 else { throw bytes.damaged }
    self.bodyLength = Int(bodyLength)
    switch kind {
    case 1: content = .schema(try ArrowSchema(header))
    case 2: content = .dictionary(try DictionaryHead(header, isBeforeV5: version < 4))
    case 3: content = .batch(try BatchHead(header, isBeforeV5: version < 4))
    case 4, 5: throw SourceError(source: bytes.source, reason: .badFormat("it holds a tensor, not a table"))
    default: throw bytes.damaged
    }
  }
}

/// What a message says of the rows in its body.
struct BatchHead: Sendable {
  let rowCount: Int
  private let nodes: FlatList?
  private let buffers: FlatList?
  private let variadicCounts: FlatList?
  let codec: BodyCodec?
  /// Whether it is laid out as before version 5.
  let isBeforeV5: Bool
  let bytes: FlatBytes

  /// More rows than that are none of which memory holds a bit.
  private static let rowLimit = 1 << 40

  init(_ table: FlatTable, isBeforeV5: Bool) throws(SourceError) {
    bytes = table.bytes
    self.isBeforeV5 = isBeforeV5
    let rowCount: Int64 = try table.number(0, otherwise: 0)
    guard rowCount >= 0, rowCount <= Self.rowLimit else { throw bytes.damaged }
    self.rowCount = Int(rowCount)
    nodes = try table.list(1, elementSize: 16)
    buffers = try table.list(2, elementSize: 16)
    codec = try table.table(3).map(BodyCodec.init)
    variadicCounts = try table.list(4, elementSize: 8)
  }

  var nodeCount: Int { nodes?.count ?? 0 }
  var bufferCount: Int { buffers?.count ?? 0 }

  /// How many cells a node has, and how many of them are missing.
  func node(_ place: Int) throws(SourceError) -> (length: Int, missing: Int) {
    guard let nodes else { throw bytes.damaged }
    let (length, missing): (Int64, Int64) = (try nodes.number(of: place), try nodes.number(of: place, offset: 8))
    return (Int(length), Int(missing))
  }

  func buffer(_ place: Int) throws(SourceError) -> BufferSpan {
    guard let buffers else { throw bytes.damaged }
    let (offset, length): (Int64, Int64) = (try buffers.number(of: place), try buffers.number(of: place, offset: 8))
    guard offset >= 0, length >= 0 else { throw bytes.damaged }
    return BufferSpan(offset: Int(offset), length: Int(length))
  }

  /// How many buffers hold the values of the views that come `place`-th among the nodes with views.
  func variadicCount(_ place: Int) throws(SourceError) -> Int {
    guard let variadicCounts else { throw bytes.damaged }
    let count: Int64 = try variadicCounts.number(of: place)
    guard count >= 0, count <= bufferCount else { throw bytes.damaged }
    return Int(count)
  }
}

/// Where a buffer is in the body of a message.
struct BufferSpan: Sendable {
  let offset: Int
  let length: Int
}

/// What a message says of a dictionary's values in its body.
struct DictionaryHead: Sendable {
  let id: Int64
  let values: BatchHead
  /// Whether they come behind those that were there before, in place of them.
  let isDelta: Bool

  init(_ table: FlatTable, isBeforeV5: Bool) throws(SourceError) {
    id = try table.number(0, otherwise: 0)
    guard let values = try table.table(1) else { throw table.bytes.damaged }
    self.values = try BatchHead(values, isBeforeV5: isBeforeV5)
    isDelta = try table.number(2, otherwise: UInt8(0)) != 0
  }
}
