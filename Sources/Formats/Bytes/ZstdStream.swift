import CZstd
import Kernels
import Tables

/// The text inside Zstandard data (RFC 8878), frames one after another included.
///
/// Corrupt or cut data is an error value; `limit` bounds what may come out, so that a small file cannot fill memory.
final class ZstdStream: ExpandingStream {
  private var input: PackedInput
  private let context: OpaquePointer
  private let windowLimit: Int32
  private var isBetweenFrames = false
  /// Whether a frame has ended before.
  private var hasFrames = false
  /// Whether the last call filled what it was given, so that there may be more without more input.
  private var mayHoldMore = false
  private(set) var isDone = false

  /// `head` is what was already taken from `raw`.
  init(_ raw: any ByteStream, head: [UInt8], source: String, limit: Int) throws(SourceError) {
    input = PackedInput(raw, head: head, source: source, limit: limit)
    windowLimit = Self.windowLimit
    guard let context = ZSTD_createDCtx() else {
      throw input.bad("zstd could not be started")
    }
    self.context = context
    ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, windowLimit)
  }

  deinit { ZSTD_freeDCtx(context) }

  /// The binary logarithm of how far back the text may be repeated, all of which is kept: 128 MB, which every level of the program
  /// `zstd` stays within, and less, but 8 MB at least, where memory is short.
  private static var windowLimit: Int32 {
    var log: Int32 = 27
    while log > 23, 1 << Int(log) > Memory.bound / 8 { log -= 1 }
    return log
  }

  var taken: Int { input.taken }
  var size: Int? { input.size }

  func read(into target: UnsafeMutableRawPointer, _ count: Int) throws(SourceError) -> Int {
    try read(into: target, count, mayRefill: true)
  }

  func read(into target: UnsafeMutableRawPointer, _ count: Int, mayRefill: Bool) throws(SourceError) -> Int {
    while !isDone {
      if input.rest.isEmpty, isBetweenFrames || !mayHoldMore {
        if !mayRefill { return 0 }
        try input.refill()
        if input.rest.isEmpty {
          guard isBetweenFrames else { throw input.bad("the zstd data ends early") }
          isDone = true
          return 0
        }
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
    var output = ZSTD_outBuffer(dst: target, size: count, pos: 0)
    let rest = input.rest
    let (status, place) = input.buffer.withUnsafeBytes { buffer in
      var offered = ZSTD_inBuffer(src: buffer.baseAddress, size: rest.upperBound, pos: rest.lowerBound)
      return (ZSTD_decompressStream(context, &output, &offered), offered.pos)
    }
    input.rest = place..<rest.upperBound
    if ZSTD_isError(status) != 0 { throw failure(ZSTD_getErrorCode(status)) }
    isBetweenFrames = status == 0
    hasFrames = hasFrames || isBetweenFrames
    mayHoldMore = output.pos == output.size
    return output.pos
  }

  private func failure(_ code: ZSTD_ErrorCode) -> SourceError {
    switch code {
    case ZSTD_error_frameParameter_windowTooLarge:
      return input.tooLarge("zstd data that repeat what is more than \(1 << Int(windowLimit)) bytes back")
    case ZSTD_error_memory_allocation:
      return input.tooLarge("zstd data for this memory")
    case ZSTD_error_dictionary_wrong: return input.bad("the zstd data needs a dictionary")
    case ZSTD_error_prefix_unknown where hasFrames: return input.bad("there are other bytes after the zstd data")
    default: return input.bad("the zstd data is damaged")
    }
  }
}
