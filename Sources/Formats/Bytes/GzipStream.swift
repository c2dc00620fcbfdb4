import CZlib
import Tables

/// The text inside gzip data (RFC 1952), members one after another included.
///
/// Corrupt or cut data is an error value; `limit` bounds what may come out, so that a small file cannot fill memory.
final class GzipStream: ExpandingStream {
  private var input: PackedInput
  private var stream = z_stream()
  private var isOpen = false
  private var isBetweenMembers = false
  /// Whether the last member has ended and the file with it.
  private(set) var isDone = false

  /// `head` is what was already taken from `raw`.
  init(_ raw: any ByteStream, head: [UInt8], source: String, limit: Int) throws(SourceError) {
    input = PackedInput(raw, head: head, source: source, limit: limit)
    // 15 window bits, plus 16 for the gzip wrapper.
    guard inflateInit2_(&stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw input.bad("zlib could not be started")
    }
    isOpen = true
  }

  deinit { if isOpen { inflateEnd(&stream) } }

  var taken: Int { input.taken }
  var size: Int? { input.size }

  func read(into target: UnsafeMutableRawPointer, _ count: Int) throws(SourceError) -> Int {
    try read(into: target, count, mayRefill: true)
  }

  func read(into target: UnsafeMutableRawPointer, _ count: Int, mayRefill: Bool) throws(SourceError) -> Int {
    while !isDone {
      if isBetweenMembers {
        if input.rest.isEmpty, !mayRefill, input.rest.upperBound == input.buffer.count { return 0 }
        try nextMember()
        continue
      }
      if input.rest.isEmpty {
        if !mayRefill { return 0 }
        try input.refill()
        if input.rest.isEmpty { throw input.bad("the gzip data ends early") }
      }
      let got = try expand(into: target, count)
      if got > 0 {
        try input.count(got)
        return got
      }
    }
    return 0
  }

  private func expand(into target: UnsafeMutableRawPointer, _ count: Int) throws(SourceError) -> Int {
    let room = UInt32(min(count, 1 << 30))
    let rest = input.rest
    let offered = rest.count
    let status = input.buffer.withUnsafeMutableBufferPointer { buffer in
      stream.next_in = buffer.baseAddress.map { $0 + rest.lowerBound }
      stream.avail_in = UInt32(offered)
      stream.next_out = target.assumingMemoryBound(to: UInt8.self)
      stream.avail_out = room
      return inflate(&stream, Z_NO_FLUSH)
    }
    input.rest.removeFirst(offered - Int(stream.avail_in))
    let got = Int(room - stream.avail_out)
    switch status {
    case Z_OK, Z_BUF_ERROR: return got
    case Z_STREAM_END:
      isBetweenMembers = true
      return got
    default: throw input.bad("the gzip data is damaged")
    }
  }

  /// After a member: the end of the file, zeros that pad it, or another member.
  private func nextMember() throws(SourceError) {
    while true {
      if input.rest.isEmpty { try input.refill() }
      if input.rest.isEmpty {
        isDone = true
        return
      }
      if input.buffer[input.rest.lowerBound] != 0 { break }
      input.rest.removeFirst()
    }
    guard input.buffer[input.rest.lowerBound] == 0x1F, inflateReset(&stream) == Z_OK else {
      throw input.bad("there are other bytes after the gzip data")
    }
    isBetweenMembers = false
  }
}
