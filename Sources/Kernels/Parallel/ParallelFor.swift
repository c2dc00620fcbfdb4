import Dispatch
import Glibc
import Synchronization

/// How many threads parallel loops may use; `--threads` sets it. Results never depend on it.
public enum Threads {
  private static let chosen = Atomic<Int>(0)

  /// The number in force: what was set, else the machine's processors.
  public static var count: Int {
    let value = chosen.load(ordering: .relaxed)
    return value > 0 ? value : max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }

  public static func set(_ count: Int) { chosen.store(max(1, count), ordering: .relaxed) }
}

/// Runs `body(0)` … `body(count - 1)`, at most `Threads.count` at a time, and returns when all have ended.
///
/// Indices are claimed from a shared counter, so which thread runs which index is not fixed: a body must write only
/// what belongs to its index, and reductions combine the parts in index order.
public func parallelFor(_ count: Int, _ body: @Sendable (Int) -> Void) {
  let threads = min(Threads.count, count)
  guard threads > 1 else {
    for index in 0..<max(count, 0) { body(index) }
    return
  }
  let next = Atomic<Int>(0)
  DispatchQueue.concurrentPerform(iterations: threads) { _ in
    while true {
      let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
      if index >= count { return }
      body(index)
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
