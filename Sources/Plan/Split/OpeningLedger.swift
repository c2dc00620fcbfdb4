import Synchronization

/// Counts how often each sealed test part was opened in this run.
public final class OpeningLedger: Sendable {
  private let counts = Mutex<[UInt64: Int]>([:])

  public init() {}

  /// One more opening; gives how many there have been.
  public func record(_ mark: UInt64) -> Int {
    counts.withLock {
      $0[mark, default: 0] += 1
      return $0[mark, default: 0]
    }
  }
}
