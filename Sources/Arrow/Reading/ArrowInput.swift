import Formats
import Kernels
import Synchronization
import Tables

/// What is read, opened: its schema, and the messages that follow it.
struct ArrowInput {
  let schema: ArrowSchema
  let frames: any MessageFrames
  private let counted: CountedBytes?
  private let stream: HeadedStream?

  /// Of a plain file or bytes in memory, be they a file with a footer or a stream.
  init(_ bytes: any PositionedBytes, source: String) throws(SourceError) {
    let counted = CountedBytes(bytes)
    self.counted = counted
    stream = nil
    let head = try counted.exactly(min(Footer.firstMessage, counted.length), at: 0, source: source)
    try Self.refuse(head, source)
    if head.starts(with: Footer.magic) {
      let footer = try Footer(counted, source: source)
      schema = footer.schema
      frames = FooterFrames(counted, footer)
    } else {
      frames = PlainStreamFrames(counted, source: source)
      schema = try Self.schema(frames, source)
    }
  }

  /// Of a stream that is read once. A file with a footer is one too, between what it begins with and its footer.
  init(pipe: any ByteStream, source: String) throws(SourceError) {
    var head = [UInt8](repeating: 0, count: Footer.firstMessage)
    let count = try pipe.fill(&head, from: 0)
    head.removeLast(head.count - count)
    try Self.refuse(head, source)
    let stream = HeadedStream(head.starts(with: Footer.magic) ? [] : head, pipe)
    self.stream = stream
    counted = nil
    frames = PipeFrames(stream, source: source)
    schema = try Self.schema(frames, source)
  }

  var byteCount: Int { counted?.count ?? stream?.taken ?? 0 }

  /// The columns that are read. Throws `badFormat` where there are some, but none that can be.
  func columns(_ source: String) throws(SourceError) -> [ArrowSchema.Column] {
    if schema.columns.isEmpty, let note = schema.notes.first {
      throw SourceError(source: source, reason: .badFormat("none of its columns can be read; \(note)"))
    }
    return schema.columns
  }

  private static func schema(_ frames: any MessageFrames, _ source: String) throws(SourceError) -> ArrowSchema {
    guard let (message, _) = try frames.next(Progress()), case .schema(let schema) = message.content else {
      throw SourceError(source: source, reason: .badFormat("it does not begin with a schema"))
    }
    return schema
  }

  /// Says what a file is that is none of Arrow.
  private static func refuse(_ head: [UInt8], _ source: String) throws(SourceError) {
    func refusal(_ words: String) -> SourceError { SourceError(source: source, reason: .badFormat(words)) }
    if head.isEmpty { throw refusal("it is empty") }
    if head.starts(with: "FEA1".utf8) {
      throw refusal(
        "it is of version 1 of Feather; pyarrow's `feather.read_table` and `write_feather` make version 2 of it")
    }
    if head.starts(with: [0x1F, 0x8B]) || head.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
      throw refusal("it is compressed as a whole; Arrow's files are compressed within")
    }
    if head.starts(with: "PAR1".utf8) { throw refusal("it is a Parquet file") }
    // A stream begins with a mark, or before version 0.15 with the length of a short description.
    let number = head.littleEndianNumber
    guard head.count >= 8,
      head.starts(with: Footer.magic) || number == FramePrefix.mark || (1..<1 << 24).contains(number)
    else { throw refusal("it is no Arrow file and no Arrow stream") }
  }
}

/// Bytes of which it is counted how many were read.
private final class CountedBytes: PositionedBytes {
  private let bytes: any PositionedBytes
  private let read = Atomic<Int>(0)

  init(_ bytes: any PositionedBytes) { self.bytes = bytes }

  var length: Int { bytes.length }
  var count: Int { read.load(ordering: .relaxed) }

  func fill(_ target: UnsafeMutableRawPointer, _ count: Int, at position: Int) throws(SourceError) -> Int {
    let filled = try bytes.fill(target, count, at: position)
    read.wrappingAdd(filled, ordering: .relaxed)
    return filled
  }
}

/// A stream of which the first bytes were taken already.
private final class HeadedStream: ByteStream {
  private let head: [UInt8]
  private let rest: any ByteStream
  private var given = 0

  init(_ head: [UInt8], _ rest: any ByteStream) {
    self.head = head
    self.rest = rest
  }

  var taken: Int { rest.taken }
  var size: Int? { rest.size }

  func read(into target: UnsafeMutableRawPointer, _ count: Int) throws(SourceError) -> Int {
    let wanted = min(count, head.count - given)
    guard wanted > 0 else { return try rest.read(into: target, count) }
    UnsafeMutableRawBufferPointer(start: target, count: wanted).copyBytes(from: head[given..<given + wanted])
    given += wanted
    return wanted
  }
}
