import Formats
import Kernels
import Synchronization
import Tables

/// The buffers of one batch, of which any stretch is read when it is wanted and nothing else is.
///
/// Of a plain buffer the stretch is read from the file straight to its place. A compressed one is expanded as a whole: straight to its
/// place where one chunk takes all of it, else once for the chunks that share it.
final class BatchBody: Sendable {
  private let body: MessageBody
  private let codec: BodyCodec?
  /// Whether several chunks are made of the batch.
  private let isShared: Bool
  private let source: String
  private let progress: Progress
  /// What was expanded, by where it is in the body; each with a lock of its own, as other buffers are expanded at the same time.
  private let expansions = Mutex<[Int: Expansion]>([:])

  private final class Expansion: Sendable {
    let memory = Mutex<RawMemory?>(nil)
  }

  init(_ body: MessageBody, _ codec: BodyCodec?, isShared: Bool, source: String, _ progress: Progress) {
    self.body = body
    self.codec = codec
    self.isShared = isShared
    self.source = source
    self.progress = progress
  }

  /// What stands before a compressed buffer: how many bytes it has expanded, -1 where it is not compressed.
  private static let prefixSize = 8

  /// A buffer as it stands in the body.
  private enum Stored {
    case plain(start: Int, length: Int)
    case compressed(start: Int, length: Int, expanded: Int, BodyCodec)

    var length: Int {
      switch self {
      case .plain(_, let length): length
      case .compressed(_, _, let expanded, _): expanded
      }
    }
  }

  private var damaged: SourceError {
    SourceError(source: source, reason: .badFormat("a buffer of its rows is damaged"))
  }

  private func stored(_ span: BufferSpan) throws(SourceError) -> Stored {
    guard span.offset <= body.length, span.length <= body.length - span.offset else { throw damaged }
    let start = body.start + span.offset
    guard let codec, span.length > 0 else { return .plain(start: start, length: span.length) }
    guard span.length >= Self.prefixSize else { throw damaged }
    let claimed = try [Int64].filled(1) { (target, size) throws(SourceError) in try read(target, size, at: start) }[0]
    let (first, length) = (start + Self.prefixSize, span.length - Self.prefixSize)
    let expanded = Int(Int64(littleEndian: claimed))
    if expanded == -1 { return .plain(start: first, length: length) }
    let (most, isBeyond) = length.multipliedReportingOverflow(by: codec.mostRatio)
    guard expanded >= 0, isBeyond || expanded <= most else { throw damaged }
    return .compressed(start: first, length: length, expanded: expanded, codec)
  }

  /// How many bytes a buffer holds, expanded.
  func length(_ span: BufferSpan) throws(SourceError) -> Int { try stored(span).length }

  /// Puts `count` bytes of a buffer, from `offset` on, at `target`. Throws `badFormat` where it has fewer.
  func fill(
    _ target: UnsafeMutableRawPointer, _ count: Int, _ span: BufferSpan, at offset: Int
  ) throws(SourceError) {
    let stored = try stored(span)
    guard offset <= stored.length, count <= stored.length - offset else {
      throw SourceError(source: source, reason: .badFormat("a buffer of it is too short for its rows"))
    }
    if count == 0 { return }
    switch stored {
    case .plain(let start, _): try read(target, count, at: start + offset)
    case .compressed(let start, let length, let expanded, let codec):
      if !isShared, offset == 0, count == expanded {
        return try expand(start, length, into: target, expanded, codec)
      }
      let memory = try expansion(span, stored)
      target.copyMemory(from: memory.base + offset, byteCount: count)
    }
  }

  /// A buffer as a whole, kept for the chunks that share it.
  func whole(_ span: BufferSpan) throws(SourceError) -> RawMemory { try expansion(span, try stored(span)) }

  private func expansion(_ span: BufferSpan, _ stored: Stored) throws(SourceError) -> RawMemory {
    let expansion = expansions.withLock { known in
      let found = known[span.offset] ?? Expansion()
      known[span.offset] = found
      return found
    }
    let result: Result<RawMemory, SourceError> = expansion.memory.withLock { memory in
      if let memory, memory.count == stored.length { return .success(memory) }
      do throws(SourceError) {
        let made = try taken(stored)
        memory = made
        return .success(made)
      } catch { return .failure(error) }
    }
    return try result.get()
  }

  private func taken(_ stored: Stored) throws(SourceError) -> RawMemory {
    try progress.makeRoom(stored.length, source: source)
    let memory = RawMemory(count: stored.length)
    switch stored {
    case .plain(let start, let length): try read(memory.base, length, at: start)
    case .compressed(let start, let length, let expanded, let codec):
      try expand(start, length, into: memory.base, expanded, codec)
    }
    return memory
  }

  private func expand(
    _ start: Int, _ length: Int, into target: UnsafeMutableRawPointer, _ count: Int, _ codec: BodyCodec
  ) throws(SourceError) {
    if count == 0 { return }
    try progress.makeRoom(length, source: source)
    let compressed = RawMemory(count: length)
    try read(compressed.base, length, at: start)
    guard codec.expand(compressed.bytes, into: target, count) else {
      throw SourceError(source: source, reason: .badFormat("the compressed bytes of a buffer are damaged"))
    }
  }

  private func read(_ target: UnsafeMutableRawPointer, _ count: Int, at position: Int) throws(SourceError) {
    guard try body.bytes.fill(target, count, at: position) == count else { throw SourceError.endsEarly(source) }
  }
}
