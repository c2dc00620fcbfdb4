import Glibc

/// Memory of plain numbers, set to zero, aligned for vectors. The system is asked for large pages, which are faulted in a
/// hundredth of the time.
final class BlockMemory<Element: BitwiseCopyable>: @unchecked Sendable {
  let base: UnsafeMutablePointer<Element>
  private let bytes: Int

  /// Throws nothing and traps on nothing: nil when the system has no such memory.
  init?(_ count: Int) {
    let (size, isTooLarge) = max(count, 1).multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
    guard !isTooLarge,
      let start = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), start != MAP_FAILED
    else { return nil }
    if size >= 1 << 22 { madvise(start, size, MADV_HUGEPAGE) }
    bytes = size
    base = start.bindMemory(to: Element.self, capacity: count)
  }

  deinit { munmap(base, bytes) }
}
