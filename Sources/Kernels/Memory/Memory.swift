import CMemory
import Glibc
import Synchronization

/// Thrown where data would need more memory than may be used.
public struct OutOfMemory: Error, Sendable, Equatable {
  /// Bytes that were asked for.
  public let wanted: Int
  /// Bytes that this process may use in all.
  public let bound: Int

  public init(wanted: Int, bound: Int) {
    self.wanted = wanted
    self.bound = bound
  }
}

/// The one place that is asked before memory is taken whose size comes from data.
///
/// What is in use is what the system says of this process, so nothing has to be given back here. Where more is asked for than there is,
/// what is kept for later (`KeptMemory`) goes to files first. A bound that `--memory` sets is one of
/// resident memory; without it three quarters of the machine's memory count, or of what the control group of this process may use. A
/// limit of the address space (`ulimit -v`) is kept too.
public enum Memory {
  private static let chosen = Atomic<Int>(0)
  /// Below this nobody is asked: it cannot be what fills a machine.
  private static let small = 1 << 20

  /// Sets the bound in bytes.
  public static func set(bound: Int) { chosen.store(max(1, bound), ordering: .relaxed) }

  /// Bytes of resident memory that this process may use: less than it may have addresses, some of which hold nothing.
  public static var bound: Int {
    let value = chosen.load(ordering: .relaxed)
    return min(value > 0 ? value : machine, addressBound)
  }

  private static let addressBound = addressLimit.map { $0 / 4 * 3 } ?? .max

  private static let machine: Int = {
    let pages = Int(sysconf(Int32(_SC_PHYS_PAGES)))
    return max(1 << 28, min(pages * pageSize, ControlGroup.memoryLimit ?? .max) / 4 * 3)
  }()

  /// How much more than the bound may be in use for a moment before work is ended that did not ask: what is asked for is judged
  /// beforehand, and a bound that was chosen small leaves the program itself room.
  private static var overrunBound: Int {
    let value = chosen.load(ordering: .relaxed)
    return value > 0 ? value + max(value / 2, 512 << 20) : machine
  }

  /// What the system refused since this was last asked.
  static var refusal: OutOfMemory? {
    let bytes = Int(clamping: mlp_take_refusal())
    return bytes > 0 ? OutOfMemory(wanted: bytes, bound: addressLimit ?? bound) : nil
  }

  /// What is in use past all bounds, whoever took it; nil while there is room. About 2 µs.
  static var overrun: OutOfMemory? {
    let (address, resident, _) = use
    if resident > overrunBound { return OutOfMemory(wanted: resident, bound: bound) }
    if let limit = addressLimit, address > limit - limit / 32 { return OutOfMemory(wanted: address, bound: limit) }
    return nil
  }

  private static let pageSize = max(1, Int(sysconf(Int32(_SC_PAGESIZE))))

  /// The limit of the address space; nil where there is none.
  private static let addressLimit: Int? = {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0, limit.rlim_cur < UInt64(Int.max) else {
      return nil
    }
    return Int(limit.rlim_cur)
  }()

  /// What the program itself and the chunk at work may take beside a bound: the smallest that can be chosen is less than that.
  private static let working = 128 << 20

  /// Asks for `bytes` on top of what is in use. About 2 µs; for less than a megabyte nothing.
  public static func require(_ bytes: Int) throws(OutOfMemory) { try require(bytes, beside: 0) }

  /// Whether there is room for `bytes` on top of what is in use, without that anything has to make it.
  public static func hasRoom(for bytes: Int) -> Bool {
    if exceeded(by: bytes, beside: 0) == nil { return true }
    mlp_release_memory()
    return exceeded(by: bytes, beside: 0) == nil
  }

  /// The same for cells at work, which are not kept: a chunk's, where rows come chunk by chunk.
  public static func requireWorking(_ bytes: Int) throws(OutOfMemory) { try require(bytes, beside: working) }

  private static func require(_ bytes: Int, beside more: Int) throws(OutOfMemory) {
    guard bytes >= small, exceeded(by: bytes, beside: more) != nil else { return }
    // What was freed may still count: the allocator keeps it for later.
    mlp_release_memory()
    if exceeded(by: bytes, beside: more) == nil { return }
    MemoryShelf.shared.makeRoom { bytes > bound + more ? 0 : bytes + resident - bound - more }
    if let limit = exceeded(by: bytes, beside: more) { throw OutOfMemory(wanted: bytes, bound: limit) }
  }

  /// The bound that so many bytes more would break.
  private static func exceeded(by bytes: Int, beside more: Int) -> Int? {
    let (address, resident, _) = use
    if bytes > bound + more - resident { return bound }
    if let limit = addressLimit, bytes > limit - address { return limit }
    return nil
  }

  /// Gives back to the system what was freed.
  public static func release() { mlp_release_memory() }

  /// Bytes of resident memory in use.
  public static var resident: Int { use.resident }

  /// Bytes of files that are mapped and resident, beside those.
  static var residentOfFiles: Int { use.files }

  /// How many bytes would have to go for nothing to be past all bounds of resident memory.
  static var overrunBytes: Int { resident - overrunBound }

  /// What is mapped from files (the program itself, its libraries) is left out: the system takes such pages back when it needs them, and
  /// how many of them are there depends on the machine.
  private static var use: (address: Int, resident: Int, files: Int) {
    let descriptor = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return (0, 0, 0) }
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: 128)
    let count = read(descriptor, &buffer, buffer.count)
    var numbers = [0, 0, 0]
    var place = 0
    for byte in buffer.prefix(max(0, count)) {
      if byte == 0x20 {
        place += 1
        if place == 3 { break }
      } else if byte >= 0x30, byte <= 0x39 {
        numbers[place] = numbers[place] &* 10 &+ Int(byte - 0x30)
      }
    }
    return (numbers[0] * pageSize, max(0, numbers[1] - numbers[2]) * pageSize, numbers[2] * pageSize)
  }
}
