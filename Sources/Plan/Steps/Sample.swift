import Kernels
import Tables

/// Draws rows at random without replacement and keeps them in their order.
public struct Sample: RowChooser {
  public enum Size: Sendable, Hashable {
    case rows(Int)
    /// Between 0 and 1.
    case share(Double)
  }

  private let size: Size
  private let seed: UInt64
  public let words: String

  public init(_ size: Size, seed: UInt64, words: String) {
    self.size = size
    self.seed = seed
    self.words = words
  }

  public var key: StepKey {
    switch size {
    case .rows(let rows): StepKey("sample", ["rows", "\(rows)", "\(seed)"])
    case .share(let share): StepKey("sample", ["share", "\(share)", "\(seed)"])
    }
  }
  public var reads: [String] { [] }
  public var choice: RowDependence { .rows }

  public func choose(from table: Table, _ progress: Progress) throws(EngineError) -> ChosenRows {
    let count =
      switch size {
      case .rows(let rows): min(max(0, rows), table.rowCount)
      case .share(let share): Int((Double(table.rowCount) * min(max(share, 0), 1)).rounded())
      }
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
    var random = CounterRandom(seed: seed, stream: 0x5A)
    return ChosenRows(rows: random.permutation(table.rowCount).prefix(count).sorted())
  }
}
