import Glibc

/// Asks the system to back large memory by large pages, of which two hundred cost what thousands of small ones do.
public enum HugePages {
  private static let size = 2 << 20

  /// Advises for the room of an array that is about to be filled; nothing happens where there is little of it.
  public static func advise<Value>(_ array: inout [Value]) {
    let bytes = array.capacity * MemoryLayout<Value>.stride
    guard bytes >= 4 * size else { return }
    array.withUnsafeMutableBufferPointer { buffer in
      advise(UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: bytes))
    }
  }

  /// The same for memory of any kind.
  public static func advise(_ memory: UnsafeMutableRawBufferPointer) {
    guard memory.count >= 4 * size, let base = memory.baseAddress else { return }
    let start = (Int(bitPattern: base) + size - 1) / size * size
    let end = (Int(bitPattern: base) + memory.count) / size * size
    guard end > start, let first = UnsafeMutableRawPointer(bitPattern: start) else { return }
    madvise(first, end - start, MADV_HUGEPAGE)
  }
}
