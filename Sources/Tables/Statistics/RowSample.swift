/// Keys of rows drawn evenly by the numbers of the rows: at most 2^18 of them, the same ones however the rows were cut into parts.
///
/// Of each four rows one may be drawn, and the hash of the four says which and how rare it is; the rarest stay (Vitter's reservoir
/// with fixed draws). A quantile of the sample is off by √(p (1 − p) / count) of the rows, one standard error.
struct RowSample: Sendable {
  private static let most = 1 << 18

  private(set) var keys: [UInt64] = []
  private var rarities: [UInt8] = []
  /// Rows less rare than this are not kept.
  private var least: UInt8 = 0

  /// Adds the rows of `rows` that are drawn and have a key.
  mutating func add(_ rows: Range<Int>, _ key: (Int) -> UInt64?) {
    for four in rows.lowerBound >> 2..<(rows.upperBound + 3) >> 2 {
      let hash = KeyTally.hash(UInt64(truncatingIfNeeded: four))
      let rarity = UInt8(truncatingIfNeeded: hash.leadingZeroBitCount)
      let row = four << 2 | Int(truncatingIfNeeded: hash & 3)
      guard rarity >= least, rows.contains(row), let key = key(row) else { continue }
      keys.append(key)
      rarities.append(rarity)
    }
    thin()
  }

  mutating func merge(_ other: RowSample) {
    least = max(least, other.least)
    keys += other.keys
    rarities += other.rarities
    drop()
    thin()
  }

  private mutating func thin() {
    while keys.count > Self.most {
      least += 1
      drop()
    }
  }

  private mutating func drop() {
    var kept = 0
    for place in keys.indices where rarities[place] >= least {
      keys[kept] = keys[place]
      rarities[kept] = rarities[place]
      kept += 1
    }
    keys.removeLast(keys.count - kept)
    rarities.removeLast(rarities.count - kept)
  }

  /// The standard error of the rank of a median, as a share of the rows.
  var rankError: Double { keys.isEmpty ? 1 : 0.5 / Double(keys.count).squareRoot() }
}
