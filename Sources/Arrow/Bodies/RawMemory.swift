import Tables

/// Bytes that are written once and then read by several threads.
final class RawMemory: @unchecked Sendable {
  let base: UnsafeMutableRawPointer
  let count: Int

  init(count: Int) {
    base = .allocate(byteCount: max(1, count), alignment: 64)
    self.count = count
  }

  deinit { base.deallocate() }

  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }
}

extension Array where Element: BitwiseCopyable {
  /// So many elements, the bytes of which `fill` puts in their place.
  static func filled(
    _ count: Int, _ fill: (UnsafeMutableRawPointer, Int) throws(SourceError) -> Void
  ) throws(SourceError) -> [Element] {
    if count == 0 { return [] }
    var failure: SourceError?
    let elements = [Element](unsafeUninitializedCapacity: count) { buffer, size in
      guard let base = buffer.baseAddress else { return }
      do throws(SourceError) {
        try fill(UnsafeMutableRawPointer(base), count * MemoryLayout<Element>.stride)
        size = count
      } catch { failure = error }
    }
    if let failure { throw failure }
    return elements
  }
}
