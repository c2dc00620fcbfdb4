import Kernels

/// Quartiles and histogram of a column's numbers, exactly, from a second look at them: a sample of the rows tells between which keys
/// each quartile lies, so that few numbers have to be kept beside the counts (Floyd & Rivest 1975).
struct QuartileSearch: Sendable {
  /// How far the ends of a window are from the sample's quantile, in standard errors of its rank.
  private static let margin = 6.0

  /// The keys between two, of which there are few; equal ones at the ends are only counted.
  private struct Window: Sendable {
    let low: UInt64
    let high: UInt64
    var below = 0
    var atLow = 0
    var atHigh = 0
    var between: [UInt64] = []

    /// The key at a rank among all; nil where it is outside. `between` is in order.
    func key(at rank: Int) -> UInt64? {
      var rest = rank - below
      if rest < 0 { return nil }
      if rest < atLow { return low }
      rest -= atLow
      if rest < between.count { return between[rest] }
      return rest - between.count < atHigh ? high : nil
    }
  }

  private let kind: OrderedKey
  private let count: Int
  private let shares: [Double]
  private var windows: [Window]
  private var histogram: NumberHistogram.Builder?

  /// nil where quartiles follow from what is counted, or there is no sample to begin with.
  init?(_ summary: OrderedSummary) {
    guard summary.hasMoments, summary.tally.isPastLimit, !summary.sample.keys.isEmpty else {
      return nil
    }
    (kind, count, shares) = (summary.kind, summary.valid, summary.depth.shares)
    histogram = NumberHistogram.Builder(kind.number(summary.low), kind.number(summary.high))
    var sorted = summary.sample.keys
    KeySort.sort(&sorted)
    windows = shares.map { share in
      let place = share * Double(sorted.count - 1)
      let spread = Self.margin * (share * (1 - share) * Double(sorted.count)).squareRoot() + 2
      let (low, high) = (Int(place - spread), Int(place + spread) + 1)
      return Window(low: low < 0 ? 0 : sorted[low], high: high >= sorted.count ? .max : sorted[high])
    }
  }

  /// Looks at cells again. O(cells).
  mutating func add(_ column: Column, _ progress: Progress) throws(Cancelled) {
    var block = OrderedKey.Block()
    for start in stride(from: 0, to: column.count, by: OrderedKey.Block.rows) {
      try progress.checkpoint()
      block.read(column, start..<min(column.count, start + OrderedKey.Block.rows))
      for place in windows.indices { Self.add(block.keys, to: &windows[place]) }
      histogram?.add(block.numbers)
    }
  }

  private static func add(_ keys: UnsafeBufferPointer<UInt64>, to window: inout Window) {
    let (low, high) = (window.low, window.high)
    var (below, atLow, atHigh, kept) = (0, 0, 0, 0)
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: keys.count + 1) { between in
      for key in keys {
        below &+= key < low ? 1 : 0
        atLow &+= key == low ? 1 : 0
        atHigh &+= key == high ? 1 : 0
        between[kept] = key
        kept &+= key > low && key < high ? 1 : 0
      }
      window.between.append(contentsOf: between[0..<kept])
    }
    window.below += below
    window.atLow += atLow
    // The ends of a window are one key where that is frequent.
    window.atHigh += low == high ? 0 : atHigh
  }

  /// nil where a quartile lies outside its window, which one sample in a hundred million does.
  func found() -> (quantiles: [Double], histogram: NumberHistogram?)? {
    var values: [Double] = []
    let last = count - 1
    for (share, window) in zip(shares, windows) {
      var window = window
      KeySort.sort(&window.between)
      let rank = Int(Double(last) * share)
      guard let low = window.key(at: rank), let high = window.key(at: min(last, rank + 1)) else { return nil }
      // As many keys before and behind as there are, of which none is asked for.
      let (before, behind) = (rank, last - rank - 1)
      let counted = [(low, before + 1), (high, behind + 1)].filter { $0.1 > 0 }
      values += OrderStatistics.quantiles(counted, total: count, kind, [share])
    }
    return (values, histogram?.result)
  }
}
