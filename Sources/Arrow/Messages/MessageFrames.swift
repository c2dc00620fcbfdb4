import Formats
import Kernels
import Tables

/// The messages of a stream one after the other, or those that a file's footer lists: each is a mark, the length of its description, the
/// description, and the body ("Encapsulated message format" of the Arrow columnar format).
protocol MessageFrames: AnyObject {
  /// The next message with its body; nil at the end.
  func next(_ progress: Progress) throws(SourceError) -> (Message, MessageBody)?
  /// How much of the bytes lies behind, 0 … 1.
  var fraction: Double { get }
}

/// What stands before the description of a message.
enum FramePrefix {
  /// Since version 0.15 a mark stands before the length, so that the description begins at a multiple of eight.
  static let mark: UInt32 = 0xFFFF_FFFF
  /// Larger descriptions are none.
  static let mostMetadata = 1 << 28

  /// The description's length; nil for the mark of the end.
  static func length(_ number: UInt32, source: String) throws(SourceError) -> Int? {
    if number == 0 { return nil }
    guard number <= UInt32(mostMetadata) else {
      throw SourceError(source: source, reason: .badFormat("a message in it claims a description of \(number) bytes"))
    }
    return Int(number)
  }
}

/// The messages of a stream in a plain file, of which only the descriptions are read here.
final class PlainStreamFrames: MessageFrames {
  private let bytes: any PositionedBytes
  private let source: String
  private var position: Int

  init(_ bytes: any PositionedBytes, from position: Int = 0, source: String) {
    self.bytes = bytes
    self.position = position
    self.source = source
  }

  var fraction: Double { Double(position) / Double(max(1, bytes.length)) }

  func next(_ progress: Progress) throws(SourceError) -> (Message, MessageBody)? {
    // A stream may end without its mark, where its writer was not told to close it.
    if position == bytes.length { return nil }
    guard let (length, prefix) = try bytes.prefix(at: position, source: source) else { return nil }
    let metadata = try bytes.exactly(length, at: position + prefix, source: source)
    let message = try Message(FlatBytes(metadata, source: source))
    let start = position + prefix + length
    guard message.bodyLength <= bytes.length - start else { throw SourceError.endsEarly(source) }
    position = start + message.bodyLength
    return (message, MessageBody(bytes: bytes, start: start, length: message.bodyLength))
  }
}

/// The messages of a stream that is read from front to back, once: bodies are taken into memory.
final class PipeFrames: MessageFrames {
  private let stream: any ByteStream
  private let source: String
  /// A body is taken so many bytes at a time: its length may be a lie.
  private static let step = 1 << 24

  init(_ stream: any ByteStream, source: String) {
    self.stream = stream
    self.source = source
  }

  var fraction: Double { stream.size.map { Double(stream.taken) / Double(max(1, $0)) } ?? 0 }

  func next(_ progress: Progress) throws(SourceError) -> (Message, MessageBody)? {
    var head = [UInt8](repeating: 0, count: 4)
    let got = try stream.fill(&head, from: 0)
    if got == 0 { return nil }
    guard got == 4 else { throw SourceError.endsEarly(source) }
    if head.littleEndianNumber == FramePrefix.mark {
      guard try stream.fill(&head, from: 0) == 4 else { throw SourceError.endsEarly(source) }
    }
    guard let length = try FramePrefix.length(head.littleEndianNumber, source: source) else { return nil }
    let message = try Message(FlatBytes(try take(length, progress), source: source))
    let body = try take(message.bodyLength, progress)
    return (message, MessageBody(bytes: MemoryStream(body), start: 0, length: body.count))
  }

  /// Exactly so many bytes.
  private func take(_ count: Int, _ progress: Progress) throws(SourceError) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      let start = bytes.count
      let more = min(Self.step, count - start)
      try progress.makeRoom(more, source: source)
      bytes.append(contentsOf: repeatElement(0, count: more))
      guard try stream.fill(&bytes, from: start) == more else { throw SourceError.endsEarly(source) }
    }
    return bytes
  }
}

/// The messages that a file's footer lists: its dictionaries, then its batches.
final class FooterFrames: MessageFrames {
  private let bytes: any PositionedBytes
  private let footer: Footer
  private var place = 0

  init(_ bytes: any PositionedBytes, _ footer: Footer) {
    self.bytes = bytes
    self.footer = footer
  }

  var fraction: Double { Double(place) / Double(max(1, footer.blocks.count)) }

  func next(_ progress: Progress) throws(SourceError) -> (Message, MessageBody)? {
    guard place < footer.blocks.count else { return nil }
    let block = footer.blocks[place]
    place += 1
    let source = footer.schema.source
    guard let (length, prefix) = try bytes.prefix(at: block.offset, source: source),
      length <= block.metadataLength - prefix
    else {
      throw SourceError(source: source, reason: .badFormat("its footer lists a message where there is none"))
    }
    let metadata = try bytes.exactly(length, at: block.offset + prefix, source: source)
    let message = try Message(FlatBytes(metadata, source: source))
    guard message.bodyLength <= block.bodyLength else { throw SourceError.endsEarly(source) }
    return (
      message,
      MessageBody(bytes: bytes, start: block.offset + block.metadataLength, length: message.bodyLength)
    )
  }
}

extension PositionedBytes {
  /// Exactly so many bytes from a place on; throws where there are fewer.
  func exactly(_ count: Int, at position: Int, source: String) throws(SourceError) -> [UInt8] {
    guard position >= 0, count >= 0, position <= length, count <= length - position else {
      throw SourceError.endsEarly(source)
    }
    return try [UInt8].filled(count) { (target, size) throws(SourceError) in
      guard try fill(target, size, at: position) == size else { throw SourceError.endsEarly(source) }
    }
  }

  /// The length of the description of the message at a place, and how many bytes stand before it; nil at the mark of the end.
  func prefix(at position: Int, source: String) throws(SourceError) -> (length: Int, prefix: Int)? {
    let first = try exactly(4, at: position, source: source).littleEndianNumber
    let isMarked = first == FramePrefix.mark
    let number = isMarked ? try exactly(4, at: position + 4, source: source).littleEndianNumber : first
    return try FramePrefix.length(number, source: source).map { ($0, isMarked ? 8 : 4) }
  }
}

extension ByteStream {
  /// Fills bytes from a place on; gives how many there were.
  func fill(_ bytes: inout [UInt8], from start: Int) throws(SourceError) -> Int {
    var result: Result<Int, SourceError> = .success(0)
    bytes.withUnsafeMutableBytes { buffer in
      guard let base = buffer.baseAddress else { return }
      do throws(SourceError) { result = .success(try fill(base + start, buffer.count - start)) } catch {
        result = .failure(error)
      }
    }
    return try result.get()
  }
}

extension [UInt8] {
  /// The number that the first four bytes are.
  var littleEndianNumber: UInt32 { prefix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) } }
}

extension SourceError {
  static func endsEarly(_ source: String) -> SourceError {
    SourceError(source: source, reason: .badFormat("it ends before all of its rows"))
  }
}

extension Progress {
  /// Asks for memory; what was refused ends the reading.
  func makeRoom(_ bytes: Int, source: String) throws(SourceError) {
    do throws(Cancelled) { try require(bytes) } catch { throw SourceError(source: source, reason: .cancelled) }
  }
}
