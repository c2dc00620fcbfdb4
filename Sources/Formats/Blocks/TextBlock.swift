import CVector
import Glibc

/// A stretch of a text in memory, from the start of a row: what the block before left over, then fresh bytes.
///
/// The memory before and behind may be read for a few bytes, so that parsers can load words that reach over a field's ends.
final class TextBlock: @unchecked Sendable {
  /// Bytes that may be read before the text and behind it.
  static let margin = 64

  private var memory: UnsafeMutablePointer<UInt8>
  /// Bytes between the memory's start and the fresh ones.
  private var headroom: Int
  private let size: Int
  private var start = 0
  private var end = 0
  /// Whether there may be quotes in the text.
  var hasQuotes = true

  /// `size` is how many fresh bytes there may be.
  init(size: Int) {
    self.size = size
    headroom = 1 << 14
    memory = .allocate(capacity: headroom + size + TextBlock.margin)
    memory.initialize(repeating: 0, count: headroom + size + TextBlock.margin)
    start = headroom
    end = headroom
  }

  deinit { memory.deallocate() }

  /// Where fresh bytes go.
  var freshBytes: UnsafeMutablePointer<UInt8> { memory + headroom }
  var freshCount: Int { end - headroom }

  /// The text.
  var bytes: UnsafePointer<UInt8> { UnsafePointer(memory + start) }
  var count: Int { end - start }
  var buffer: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: bytes, count: count) }

  /// Takes the bytes that were put at `freshBytes` as the text.
  func fill(_ count: Int) {
    start = headroom
    end = headroom + count
    (memory + end).update(repeating: 0, count: TextBlock.margin)
  }

  /// Puts what the block before left over in front.
  func prepend(_ rest: [UInt8]) {
    if rest.count + TextBlock.margin > headroom { widen(rest.count * 2 + TextBlock.margin) }
    start = headroom - rest.count
    rest.withUnsafeBufferPointer {
      if let base = $0.baseAddress { (memory + start).update(from: base, count: rest.count) }
    }
  }

  private func widen(_ wider: Int) {
    let target = UnsafeMutablePointer<UInt8>.allocate(capacity: wider + size + TextBlock.margin)
    target.initialize(repeating: 0, count: wider)
    (target + wider).initialize(from: memory + headroom, count: size + TextBlock.margin)
    memory.deallocate()
    memory = target
    end += wider - headroom
    headroom = wider
  }

  /// Cuts the text after `count` bytes and gives the rest.
  func cut(_ count: Int) -> [UInt8] {
    let rest = Array(UnsafeBufferPointer(start: memory + start + count, count: end - start - count))
    end = start + count
    return rest
  }

  /// Whether a quote is among the fresh bytes.
  var hasFreshQuotes: Bool { memchr(memory + headroom, Int32(FieldScanner.quote), end - headroom) != nil }

  /// The place in the text behind its last row, reading from what `mode` says of the end of the block before; 0 if no row ends in the
  /// fresh bytes. `mode` becomes what stands at the end. Without a dialect a row is a line.
  func endOfRows(_ dialect: Dialect?, hasQuotes: Bool, mode: inout Int32) -> Int {
    let fresh = memory + headroom
    var last = 0
    if let dialect, hasQuotes || mode != Int32(mlp_outside) {
      let before = start < headroom ? fresh[-1] : dialect.terminator
      let startsField = before == dialect.delimiter || before == dialect.terminator
      last = mlp_last_break(fresh, freshCount, dialect.delimiter, dialect.terminator, startsField ? 1 : 0, &mode)
    } else {
      let terminator = dialect?.terminator ?? 0x0A
      last = freshCount
      while last > 0, fresh[last - 1] != terminator { last -= 1 }
    }
    return last == 0 ? 0 : last + headroom - start
  }
}
