import Synchronization

/// Counts how often each sealed test part was opened in this run.
public final class OpeningLedger: Sendable {
  private let all = Mutex<[UInt64: Int]>([:])

  public init() {}

  /// One more opening; gives how many there have been.
  public func record(_ mark: UInt64) -> Int {
    all.withLock {
      $0[mark, default: 0] += 1
      return $0[mark, default: 0]
    }
  }

  /// How often each part was opened.
  public var counts: [UInt64: Int] { all.withLock { $0 } }

  /// The same in words, whatever order the parts were opened in.
  public var words: String {
    counts.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
  }

  /// The parts opened since, each as often as it was.
  public func openings(since before: [UInt64: Int]) -> [UInt64] {
    counts.sorted { $0.key < $1.key }.flatMap { part, count in
      [UInt64](repeating: part, count: count - before[part, default: 0])
    }
  }
}
