import Kernels
import Synchronization

/// Bytes in memory that is used again and again, with a margin behind them that may be read: decoders load whole words.
final class RawBuffer {
  /// Bytes behind the last that may be read, and written over.
  static let margin = 64
  /// Memory is taken in multiples of this.
  private static let step = 1 << 12

  private(set) var base: UnsafeMutablePointer<UInt8>
  /// How many bytes there are.
  private(set) var count = 0
  private var capacity = 0

  init() { base = .allocate(capacity: Self.margin) }

  deinit { base.deallocate() }

  /// Makes it so many bytes long, of which the first `kept` stay; the others are anything. Throws `tooLarge` where memory is short.
  func resize(to wanted: Int, keeping kept: Int = 0) throws(ParquetFailure) {
    if wanted > capacity { try grow(wanted, kept) }
    count = wanted
    (base + wanted).update(repeating: 0, count: Self.margin)
  }

  /// Gives its memory back; no byte is left.
  func release() {
    base.deallocate()
    base = .allocate(capacity: Self.margin)
    (count, capacity) = (0, 0)
  }

  /// Held by the thread that asks for much memory and takes it, so that no other is promised the same.
  private static let room = Mutex<Void>(())
  private static let large = 1 << 24

  private func grow(_ wanted: Int, _ kept: Int) throws(ParquetFailure) {
    if wanted < Self.large { return try take(wanted, kept) }
    let failure = Self.room.withLock { _ -> ParquetFailure? in
      do throws(ParquetFailure) { try take(wanted, kept) } catch { return error }
      return nil
    }
    if let failure { throw failure }
  }

  private func take(_ wanted: Int, _ kept: Int) throws(ParquetFailure) {
    do throws(OutOfMemory) { try Memory.requireWorking(wanted) } catch {
      throw .tooLarge("\(wanted) bytes at once")
    }
    let (padded, overflow) = wanted.addingReportingOverflow(Self.step - 1)
    guard !overflow else { throw .tooLarge("\(wanted) bytes at once") }
    // What grows a little at a time doubles.
    capacity = max(padded / Self.step * Self.step, kept > 0 ? min(2 * capacity, wanted + (1 << 24)) : 0)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity + Self.margin)
    larger.update(from: base, count: kept)
    base.deallocate()
    base = larger
  }

  /// The bytes.
  var buffer: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }
}

/// Some bytes of a page, of which the first are taken one after the other. Behind them a margin may be read.
struct ByteCursor {
  private(set) var at: UnsafePointer<UInt8>
  /// How many bytes are left.
  private(set) var count: Int

  init(_ at: UnsafePointer<UInt8>, _ count: Int) {
    self.at = at
    self.count = count
  }

  /// All of a buffer.
  init(_ buffer: RawBuffer) { self.init(UnsafePointer(buffer.base), buffer.count) }

  /// Passes over bytes that are there.
  @inline(__always)
  mutating func skip(_ length: Int) {
    at += length
    count &-= length
  }

  /// The next bytes; throws where there are not so many.
  mutating func take(_ length: Int, _ what: @autoclosure () -> String) throws(ParquetFailure) -> ByteCursor {
    guard length >= 0, length <= count else { throw .damaged("\(what()) end early") }
    let taken = ByteCursor(at, length)
    skip(length)
    return taken
  }

  /// A whole number of four bytes, the least first.
  mutating func word32(_ what: @autoclosure () -> String) throws(ParquetFailure) -> UInt32 {
    guard count >= 4 else { throw .damaged("\(what()) end early") }
    let value = UnsafeRawPointer(at).loadUnaligned(as: UInt32.self)
    skip(4)
    return value
  }

  /// A whole number of seven bits a byte (LEB128).
  mutating func varint(_ what: @autoclosure () -> String) throws(ParquetFailure) -> UInt64 {
    var (value, shift) = (UInt64(0), UInt64(0))
    while count > 0, shift < 64 {
      let byte = at[0]
      skip(1)
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    throw .damaged(count > 0 ? "\(what()) have a number of more than 64 bits" : "\(what()) end early")
  }

  /// The same with the sign in the lowest bit.
  mutating func zigzag(_ what: @autoclosure () -> String) throws(ParquetFailure) -> Int64 {
    let value = try varint(what())
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }
}
