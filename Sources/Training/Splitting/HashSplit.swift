import Kernels
import Plan
import Tables

/// Parts that what a row holds decides, so that the same row comes into the same part in another table too: a hash of its cells, taken
/// for a number from 0 to 1, falls into the stretch of a part.
enum HashSplit {
  /// A number for each row: of its group where there is one, else of all its cells but the label, whatever the order of the columns.
  /// A missing cell counts for nothing, so that a column without a value changes no part.
  static func hashes(
    _ request: SplitRequest, _ chosen: FittedRecipe, _ kept: RowList, _ label: String?, seed: UInt64,
    _ progress: Progress
  ) -> [UInt64] {
    let names = request.group.map { [$0] } ?? chosen.names.filter { $0 != label }
    var hashes = [UInt64](repeating: 0, count: kept.count)
    for name in names {
      guard let column = chosen[name]?.gathered.take(kept) else { continue }
      // The group may be called otherwise in another table.
      let salt = request.group == nil ? self.salt(name) : 0
      let cells = RowHashes([column], rows: RowList(0..<column.count), progress).values
      for row in hashes.indices where column.isValid(row) { hashes[row] &+= mixed(cells[row] ^ salt) }
    }
    let random = CounterRandom(seed: seed, stream: 0x4A51)
    return hashes.map { random.bits(at: $0) }
  }

  /// The part of each row. The sealed part comes first and the train part last: a larger train part leaves the other rows of the test
  /// part where they are.
  static func parts(_ hashes: [UInt64], _ shares: SplitShares) -> [UInt8] {
    hashes.map { hash in
      let place = Double(hash >> 11) * 0x1p-53
      return place < shares.test ? 2 : place < shares.test + shares.valid ? 1 : 0
    }
  }

  /// The fold of each row, which does not hang on its part.
  static func folds(_ hashes: [UInt64], count: Int) -> [Int] {
    hashes.map { Int(mixed($0).multipliedFullWidth(by: UInt64(count)).high) }
  }

  /// FNV-1a over the bytes of a name.
  private static func salt(_ name: String) -> UInt64 {
    name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  /// The finaliser of SplitMix64 (Steele, Lea & Flood 2014).
  private static func mixed(_ bits: UInt64) -> UInt64 {
    var z = bits &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
