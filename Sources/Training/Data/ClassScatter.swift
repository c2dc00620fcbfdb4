import Learners
import Tables

/// How often the class changes from one row to the next, were some rows put in order by a number: a bound on how well any cut of
/// that number tells the classes apart, from a few of the rows.
///
/// Groups that are stretches of the ordered numbers cut all but `groups − 1` of the changes into their insides, and of a group with r
/// changes inside at least r/2 rows are not of its most frequent class. What some rows get wrong at least, all rows do.
struct ClassScatter: Sendable {
  /// The class of each row looked at.
  private let codes: [Int32]
  /// Of the last bits of a number, in which its row's class is written; numbers that differ in these alone count as the same.
  private let mask: UInt64
  /// With more changes than this a number is told to be useless.
  private let most: Int

  /// What is more than this share of all rows is not worth it.
  private static let mostShare = 0.34
  /// Rows are as many as would give so many times the changes that are asked for, had the number nothing to do with the classes.
  private static let excess = 1.3
  private static let mostClasses = 256

  /// For classes of all rows and numbers cut into at most `groups`, of which a share of `threshold` of the rows must be of their
  /// group's most frequent class. nil where it takes too many rows to rule that out.
  init?(_ codes: [Int32], classes: Int, groups: Int, threshold: Double) {
    guard classes <= Self.mostClasses else { return nil }
    var counts = [Int](repeating: 0, count: classes)
    for code in codes { counts[Int(code)] += 1 }
    let rows = Double(codes.count)
    let mixed = 1 - counts.reduce(0) { $0 + Double($1) / rows * (Double($1) / rows) }
    // One row more than the threshold bears.
    var wrong = Int(rows * (1 - threshold))
    while (rows - Double(wrong)) / rows >= threshold { wrong += 1 }
    most = groups - 1 + 2 * (wrong - 1)
    let wanted = Double(most + 1) / mixed * Self.excess
    guard wanted <= rows * Self.mostShare else { return nil }
    self.codes = Array(codes.prefix(Int(wanted) + 1))
    mask = UInt64(max(1, classes - 1).nextPowerOfTwo - 1)
  }

  /// How many of the first rows are looked at.
  var rowCount: Int { codes.count }

  /// Whether no cut of the column, which begins with the rows looked at, tells the classes apart. O(rows looked at).
  func rulesOut(_ column: DesignColumn) -> Bool {
    var numbers = [Double](unsafeUninitializedCapacity: codes.count) { buffer, count in
      guard let base = buffer.baseAddress else { return }
      column.read(0..<codes.count, into: base)
      count = marked(base)
    }
    guard numbers.count > most else { return false }
    InterpolationSort.sort(&numbers)
    return changes(numbers) > most
  }

  /// Writes each row's class into its number; gives how many are numbers, which come first.
  private func marked(_ numbers: UnsafeMutablePointer<Double>) -> Int {
    var kept = 0
    for (row, code) in codes.enumerated() {
      // Minus zero is zero.
      let number = numbers[row] + 0
      numbers[kept] = Double(bitPattern: number.bitPattern & ~mask | UInt64(UInt32(bitPattern: code)))
      kept &+= number.isFinite ? 1 : 0
    }
    return kept
  }

  /// Changes between neighbours of which neither has a like: in what order likes stand is not known.
  private func changes(_ sorted: [Double]) -> Int {
    var (changes, last) = (0, sorted[0].bitPattern)
    var isAlone = sorted.count > 1 && (last ^ sorted[1].bitPattern) & ~mask != 0
    for place in 1..<sorted.count {
      let own = sorted[place].bitPattern
      let next = place + 1 < sorted.count ? sorted[place + 1].bitPattern : ~own
      let isLike = (own ^ last) & ~mask == 0
      let isOwnAlone = !isLike && (own ^ next) & ~mask != 0
      changes &+= isAlone && isOwnAlone && (own ^ last) & mask != 0 ? 1 : 0
      (isAlone, last) = (isOwnAlone, own)
    }
    return changes
  }
}

extension Int {
  /// The least power of two above it.
  fileprivate var nextPowerOfTwo: Int { 1 << (Int.bitWidth - leadingZeroBitCount) }
}
