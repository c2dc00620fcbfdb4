import CVector
import Glibc
import Kernels
import Packaging
import Synchronization

/// The hash of a file's bytes: SHA-256 over its size and the SHA-256 states of its leaves of 64 KiB, the last filled up with zeros, so
/// that leaves are hashed eight at a time and on every core.
enum ContentHash {
  private static let leaf = 1 << 16
  /// What is read at a time.
  private static let stretch = 16 * 8 * leaf

  /// nil where the file cannot be read, changes meanwhile, or the work is cancelled. O(bytes), about 1 s a gigabyte.
  static func of(_ identity: FileIdentity, _ progress: Progress) -> [UInt8]? {
    let descriptor = open(identity.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    guard identity == Self.identity(descriptor, identity.path) else { return nil }
    let size = Int(identity.size)
    let isWhole = Atomic<Bool>(true)
    let states = parallelMap((size + stretch - 1) / stretch) { place -> [UInt32] in
      if progress.isCancelled { isWhole.store(false, ordering: .relaxed) }
      guard isWhole.load(ordering: .relaxed) else { return [] }
      progress.report(Double(place) * Double(stretch) / Double(max(1, size)), "hashing \(identity.path)")
      let start = place * stretch
      guard let states = hashed(descriptor, start, min(stretch, size - start)) else {
        isWhole.store(false, ordering: .relaxed)
        return []
      }
      return states
    }
    guard isWhole.load(ordering: .relaxed), identity == Self.identity(descriptor, identity.path) else { return nil }
    var all = ByteWriter()
    all.int(size)
    for word in states.joined() { all.fixed(word) }
    return SHA256.digest(all.bytes)
  }

  private static func identity(_ descriptor: Int32, _ path: String) -> FileIdentity? {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    return FileIdentity(path, status)
  }

  private static func hashed(_ descriptor: Int32, _ start: Int, _ count: Int) -> [UInt32]? {
    let step = 8 * leaf
    let room = (count + step - 1) / step * step
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: max(room, 1), alignment: 64)
    defer { bytes.deallocate() }
    guard let base = bytes.baseAddress else { return nil }
    var done = 0
    while done < count {
      let read = pread(descriptor, base + done, count - done, off_t(start + done))
      if read < 0, errno == EINTR { continue }
      if read <= 0 { return nil }
      done += read
    }
    memset(base + done, 0, room - done)
    var states = [UInt32](repeating: 0, count: room / leaf * 8)
    states.withUnsafeMutableBufferPointer { states in
      guard let target = states.baseAddress else { return }
      for place in stride(from: 0, to: room, by: step) {
        mlp_leaf_hashes(base + place, Int64(leaf), target + place / leaf * 8)
      }
    }
    return states
  }
}
