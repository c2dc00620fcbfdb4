import Kernels
import Synchronization
import Tables

/// A place for rows that are kept as long as a value refers to them. Where others need the memory that they take, they make room in it.
public final class CollectedRows: Sendable {
  /// Rows with the memory of those that are many.
  private struct Kept {
    let rows: Collected
    let memory: KeptMemory?
  }

  private let kept = Mutex<Kept?>(nil)

  public init() {}

  public var current: Collected? { kept.withLock { $0?.rows } }

  public func keep(_ collected: Collected) {
    let new = Kept(rows: collected, memory: collected.rows.memory)
    kept.withLock { $0 = new }
  }

  /// Gives the rows up: whoever asks for them again has them computed anew.
  public func release() { kept.withLock { $0 = nil } }
}

extension Rows {
  /// Of a table that is smaller than this nobody would notice that it goes.
  private static let least = 1 << 20

  fileprivate var memory: KeptMemory? {
    guard case .whole(let table) = self, table.byteCount >= Self.least else { return nil }
    return KeptMemory { take in table.eachRun(take) }
  }
}
