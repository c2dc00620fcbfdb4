import Kernels
import Plan
import Synchronization

/// What learners made of a design's columns, kept for other fits on the same columns: the candidates of a search bin once.
final class DesignCache: Sendable {
  private struct Binned: Sendable {
    let most: Int
    let seed: UInt64
    let columns: BinnedColumns
  }

  /// The latest two, for a search may change the number of bins.
  private static let kept = 2
  private let binned = Mutex<[Binned]>([])

  /// The bins of `design`, to which the cache belongs; made at the first call, while others wait for them. Throws `interrupted`.
  func binned(
    _ design: DesignMatrix, most: Int, seed: UInt64, _ progress: Progress
  ) throws(EngineError) -> BinnedColumns {
    try binned.withLock { kept throws(EngineError) -> BinnedColumns in
      if let found = kept.first(where: { $0.most == most && $0.seed == seed }) { return found.columns }
      let columns = try BinnedColumns(design, most: most, seed: seed, progress)
      kept = kept.suffix(Self.kept - 1) + [Binned(most: most, seed: seed, columns: columns)]
      return columns
    }
  }
}
