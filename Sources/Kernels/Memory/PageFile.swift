import Glibc

/// Pages of memory that are whole within a run of bytes.
struct PageRun {
  static let pageSize = max(1, Int(sysconf(Int32(_SC_PAGESIZE))))
  /// A mapping of its own is not worth less.
  private static let least = 128 << 10

  let address: UInt
  let byteCount: Int

  /// nil where they are few.
  init?(within bytes: UnsafeRawBufferPointer) {
    guard bytes.count >= Self.least, let base = bytes.baseAddress else { return nil }
    let size = UInt(Self.pageSize)
    let (first, end) = (UInt(bitPattern: base), UInt(bitPattern: base) + UInt(bytes.count))
    address = (first + size - 1) / size * size
    byteCount = Int(end / size * size - address)
  }

  fileprivate var start: UnsafeMutableRawPointer? { UnsafeMutableRawPointer(bitPattern: address) }

  /// Lets the system have the pages, which are those of a file that holds all of their bytes: whoever reads one has it read again.
  func drop() { madvise(start, byteCount, MADV_DONTNEED) }
}

/// A file without a name that takes pages of memory.
///
/// It is gone when the last of its mappings is: nothing is left of it where the process is killed.
final class PageFile {
  private let descriptor: Int32
  private var size = 0

  /// nil where the folder takes none.
  init?(in folder: String) {
    do throws(FileError) { descriptor = try UnplacedFile.nameless(inFolder: folder) } catch { return nil }
  }

  deinit { close(descriptor) }

  /// Writes pages whose bytes do not change, and maps the file in their place: a reader finds the same bytes there at any moment, and a
  /// writer, once there may be one, a copy of the page that it writes. False where the system refuses; the memory is then as it was.
  func take(_ run: PageRun) -> Bool {
    guard let start = run.start, write(UnsafeRawBufferPointer(start: start, count: run.byteCount)) else { return false }
    let (access, kind) = (PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED)
    guard mmap(start, run.byteCount, access, kind, descriptor, off_t(size)) != MAP_FAILED else { return false }
    size += run.byteCount
    TemporaryFolder.count(run.byteCount)
    return true
  }

  private func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var written = 0
    while written < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
      let count = pwrite(descriptor, rest.baseAddress, rest.count, off_t(size + written))
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return false }
      written += count
    }
    return true
  }
}
