import Dispatch
import Glibc
import Synchronization

/// How many threads parallel loops may use; `--threads` sets it. Results never depend on it.
public enum Threads {
  private static let chosen = Atomic<Int>(0)

  /// The number that a loop started here may use: what was set, else the machine's processors; 1 within the body of a parallel
  /// loop, whose other bodies keep the processors busy.
  public static var count: Int {
    if isNested { return 1 }
    let value = chosen.load(ordering: .relaxed)
    return value > 0 ? value : max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }

  public static func set(_ count: Int) { chosen.store(max(1, count), ordering: .relaxed) }

  /// Whether this code runs within the body of a parallel loop.
  public static var isNested: Bool { pthread_getspecific(mark) != nil }

  /// Marks the threads that are within a parallel loop.
  private static let mark: pthread_key_t = {
    var key = pthread_key_t()
    pthread_key_create(&key, nil)
    return key
  }()

  /// Runs `body` as one of a parallel loop's.
  static func nested(_ body: () -> Void) {
    let before = pthread_getspecific(mark)
    pthread_setspecific(mark, UnsafeRawPointer(bitPattern: 1))
    body()
    pthread_setspecific(mark, before)
  }
}

/// Runs `body(0)` … `body(count - 1)`, at most `Threads.count` at a time, and returns when all have ended.
///
/// Indices are claimed from a shared counter, so which thread runs which index is not fixed: a body must write only
/// what belongs to its index, and reductions combine the parts in index order. A loop within a body runs on that
/// body's thread alone.
public func parallelFor(_ count: Int, _ body: @Sendable (Int) -> Void) {
  let threads = min(Threads.count, count)
  guard threads > 1 else {
    for index in 0..<max(count, 0) { body(index) }
    return
  }
  let next = Atomic<Int>(0)
  DispatchQueue.concurrentPerform(iterations: threads) { _ in
    Threads.nested {
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        if index >= count { return }
        body(index)
      }
    }
  }
}

/// Splits `0 ..< count` into chunks of a fixed size, whatever the number of threads, and runs `body` on each.
public func parallelChunks(of count: Int, size: Int = 1 << 16, _ body: @Sendable (Int, Range<Int>) -> Void) {
  let chunks = (count + size - 1) / size
  parallelFor(chunks) { chunk in
    body(chunk, chunk * size..<min(count, (chunk + 1) * size))
  }
}

/// `transform(0)` … `transform(count - 1)` run in parallel, in index order in the result.
public func parallelMap<Element: Sendable>(_ count: Int, _ transform: @Sendable (Int) -> Element) -> [Element] {
  guard count > 0 else { return [] }
  let slots = Slots<Element>(count)
  parallelFor(count) { index in slots.set(index, transform(index)) }
  return slots.take()
}

/// One place per index; each is written once, by the body that owns the index.
private final class Slots<Element: Sendable>: @unchecked Sendable {
  private let storage: UnsafeMutablePointer<Element?>
  private let count: Int

  init(_ count: Int) {
    self.count = count
    storage = .allocate(capacity: count)
    storage.initialize(repeating: nil, count: count)
  }

  deinit {
    storage.deinitialize(count: count)
    storage.deallocate()
  }

  func set(_ index: Int, _ value: Element) { storage[index] = value }

  func take() -> [Element] { (0..<count).compactMap { storage[$0] } }
}
