import Kernels

/// How many rows each stratum has. Codes are from 0 on; without strata all rows are one.
struct StratumSizes {
  let counts: [Int]

  init(rowCount: Int, _ strata: [Int32]?) {
    guard let strata else {
      counts = [rowCount]
      return
    }
    var counts = [Int](repeating: 0, count: Int(strata.max() ?? -1) + 1)
    for code in strata { counts[Int(code)] += 1 }
    self.counts = counts
  }
}

/// Deals rows out one after the other so that each stratum fills its quotas exactly and every way to do so is equally likely:
/// selection sampling (Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S), which needs neither an order of the rows
/// nor memory that grows with them.
struct QuotaDrawing {
  /// Rows still to be drawn, stratum by stratum, part by part.
  private var open: [[Int]]
  private var left: [Int]
  private let random: CounterRandom

  /// `quotas` has for each stratum the number of rows of each part.
  init(_ quotas: [[Int]], seed: UInt64) {
    open = quotas
    left = quotas.map { $0.reduce(0, +) }
    random = CounterRandom(seed: seed)
  }

  /// The part of the next row of a stratum; `row` says which draw is its own.
  mutating func draw(_ stratum: Int, _ row: Int) -> Int {
    guard left[stratum] > 0 else { return 0 }
    var place = Int(random.bits(at: UInt64(row)).multipliedFullWidth(by: UInt64(left[stratum])).high)
    left[stratum] -= 1
    var part = 0
    while place >= open[stratum][part] {
      place -= open[stratum][part]
      part += 1
    }
    open[stratum][part] -= 1
    return part
  }
}
