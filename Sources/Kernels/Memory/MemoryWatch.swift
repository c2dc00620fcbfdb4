import CMemory
import Glibc
import Synchronization

/// Ends work that takes more memory than may be used.
///
/// Large pieces are asked for beforehand (`Memory.require`); this looks after what grows a little at a time. While work is under way a
/// thread looks every few milliseconds at what is in use, and past the bounds cancels it, with the reason, where there is nothing that
/// is kept for later and could go to a file.
public enum MemoryWatch {
  private static let interval: UInt32 = 5000
  private static let watched = Mutex<[Progress]>([])
  private static let change = Change()

  /// Runs `body`, which reports to `progress` and ends at its next checkpoint when that is refused memory.
  public static func over<Result, Failure: Error>(
    _ progress: Progress, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    mlp_keep_reserve()
    _ = (thread, reusesFreedMemory)
    watched.withLock { $0.append(progress) }
    change.signal()
    defer {
      watched.withLock { all in
        if let place = all.lastIndex(where: { $0 === progress }) { all.remove(at: place) }
      }
    }
    return try body()
  }

  /// Up to 64 MB: a small bound is for what is in use.
  private static let reusesFreedMemory: Void = mlp_reuse_freed_memory(Int32(min(64 << 20, Memory.bound / 8)))

  private static let thread: pthread_t = {
    var thread = pthread_t()
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setstacksize(&attributes, 256 << 10)
    pthread_create(
      &thread, &attributes,
      { _ in
        MemoryWatch.look()
        return nil
      }, nil)
    pthread_attr_destroy(&attributes)
    return thread
  }()

  private static func look() {
    while true {
      change.wait { watched.withLock { !$0.isEmpty } }
      usleep(interval)
      MemoryShelf.shared.keepWithinBound()
      guard let reason = Memory.refusal ?? overrun() else { continue }
      for progress in watched.withLock({ $0 }) { progress.refuse(reason) }
    }
  }

  private static func overrun() -> OutOfMemory? {
    guard Memory.overrun != nil else { return nil }
    // What was freed may still count: the allocator keeps it for later.
    Memory.release()
    if Memory.overrun != nil { MemoryShelf.shared.makeRoom { Memory.overrunBytes } }
    return Memory.overrun
  }

  /// A condition that one thread waits for without waking in between.
  private final class Change: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init() {
      pthread_mutex_init(mutex, nil)
      pthread_cond_init(condition, nil)
    }

    func signal() {
      pthread_mutex_lock(mutex)
      pthread_cond_signal(condition)
      pthread_mutex_unlock(mutex)
    }

    func wait(until isThere: () -> Bool) {
      pthread_mutex_lock(mutex)
      while !isThere() { pthread_cond_wait(condition, mutex) }
      pthread_mutex_unlock(mutex)
    }
  }
}
