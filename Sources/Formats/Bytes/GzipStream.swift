import CZlib
import Tables

/// The text inside gzip data (RFC 1952), members one after another included.
///
/// Corrupt or cut data is an error value; `limit` bounds what may come out, so that a small file cannot fill memory.
final class GzipStream: ExpandingStream {
  private let raw: any ByteStream
  private let source: String
  private let limit: Int
  private var stream = z_stream()
  private var input: [UInt8]
  private var inputAt = 0
  private var inputEnd: Int
  private var given = 0
  private var isOpen = false
  private var isBetweenMembers = false
  /// Whether the last member has ended and the file with it.
  private(set) var isDone = false

  /// `head` is what was already taken from `raw`.
  init(_ raw: any ByteStream, head: [UInt8], source: String, limit: Int) throws(SourceError) {
    self.raw = raw
    self.source = source
    self.limit = limit
    input = head
    inputEnd = head.count
    // 15 window bits, plus 16 for the gzip wrapper.
    guard inflateInit2_(&stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw SourceError(source: source, reason: .badFormat("zlib could not be started"))
    }
    isOpen = true
  }

  deinit { if isOpen { inflateEnd(&stream) } }

  var taken: Int { raw.taken }
  var size: Int? { raw.size }

  func read(into target: UnsafeMutableRawPointer, _ count: Int) throws(SourceError) -> Int {
    try read(into: target, count, mayRefill: true)
  }

  func read(into target: UnsafeMutableRawPointer, _ count: Int, mayRefill: Bool) throws(SourceError) -> Int {
    while !isDone {
      if isBetweenMembers {
        if inputAt == inputEnd, !mayRefill, inputEnd == input.count { return 0 }
        try nextMember()
        continue
      }
      if inputAt == inputEnd {
        if !mayRefill { return 0 }
        try refill()
        if inputEnd == 0 { throw bad("the gzip data ends early") }
      }
      let got = try expand(into: target, count)
      if got > 0 {
        given += got
        if given > limit { throw SourceError(source: source, reason: .tooLarge("more than \(limit) bytes expanded")) }
        return got
      }
    }
    return 0
  }

  private func refill() throws(SourceError) {
    if input.count < 1 << 16 { input = [UInt8](repeating: 0, count: 1 << 16) }
    inputAt = 0
    var filled: Result<Int, SourceError> = .success(0)
    input.withUnsafeMutableBytes { buffer in
      guard let base = buffer.baseAddress else { return }
      do throws(SourceError) { filled = .success(try raw.read(into: base, buffer.count)) } catch {
        filled = .failure(error)
      }
    }
    inputEnd = try filled.get()
  }

  private func expand(into target: UnsafeMutableRawPointer, _ count: Int) throws(SourceError) -> Int {
    let room = UInt32(min(count, 1 << 30))
    let offered = inputEnd - inputAt
    let status = input.withUnsafeMutableBufferPointer { buffer in
      stream.next_in = buffer.baseAddress.map { $0 + inputAt }
      stream.avail_in = UInt32(offered)
      stream.next_out = target.assumingMemoryBound(to: UInt8.self)
      stream.avail_out = room
      return inflate(&stream, Z_NO_FLUSH)
    }
    inputAt += offered - Int(stream.avail_in)
    let got = Int(room - stream.avail_out)
    switch status {
    case Z_OK, Z_BUF_ERROR: return got
    case Z_STREAM_END:
      isBetweenMembers = true
      return got
    default: throw bad("the gzip data is damaged")
    }
  }

  /// After a member: the end of the file, zeros that pad it, or another member.
  private func nextMember() throws(SourceError) {
    while true {
      if inputAt == inputEnd { try refill() }
      if inputEnd == 0 {
        isDone = true
        return
      }
      if input[inputAt] != 0 { break }
      inputAt += 1
    }
    guard input[inputAt] == 0x1F, inflateReset(&stream) == Z_OK else {
      throw bad("there are other bytes after the gzip data")
    }
    isBetweenMembers = false
  }

  private func bad(_ words: String) -> SourceError { SourceError(source: source, reason: .badFormat(words)) }
}
