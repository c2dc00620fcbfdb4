import Tables

/// By what the parts of a split were drawn, for each training row: default folds follow it too.
public struct SplitKeys: Sendable {
  /// The stratum of each row, in the order of its values; every fold is to have its share of each.
  public let strata: [Int32]?
  /// The group of each row; folds keep groups whole.
  public let groups: [Int32]?
  /// The time of each row, in any unit; folds follow each other in it.
  public let times: [Double]?
  /// How far rows to learn from have to lie before those that they are judged by; nil where they may be next to them.
  public let gap: TimeGap?
  /// A number for each row that what it holds decides, where the parts were drawn by it: folds are too.
  public let hashes: [UInt64]?

  public init(
    strata: [Int32]? = nil, groups: [Int32]? = nil, times: [Double]? = nil, gap: TimeGap? = nil,
    hashes: [UInt64]? = nil
  ) {
    self.strata = strata
    self.groups = groups
    self.times = times
    self.gap = gap
    self.hashes = hashes
  }
}

/// Moments of rows, and how much of them has to lie between rows to learn from and rows to judge by.
public struct TimeGap: Sendable {
  /// In the unit of `width`; not-a-number for a row without a time.
  public let moments: [Double]
  public let width: Double

  public init(_ moments: [Double], width: Double) {
    self.moments = moments
    self.width = width
  }

  /// Those of `rows` that lie far enough before all of `next`; a row without a time does, being the oldest.
  public func kept(of rows: [Int], before next: [Int]) -> [Int] {
    let first = next.lazy.map { moments[$0] }.filter { !$0.isNaN }.min() ?? .infinity
    return rows.filter { !(first - moments[$0] < width) }
  }
}

/// Folds that were asked for or given, for each training row.
public struct SplitFolds: Sendable {
  /// 0 ..< count for each row of the train part.
  public let assignment: [Int]
  public let count: Int
  /// Whether a fold may be judged only by what was learned from earlier ones.
  public let areOrdered: Bool

  public init(assignment: [Int], count: Int, areOrdered: Bool) {
    self.assignment = assignment
    self.count = count
    self.areOrdered = areOrdered
  }
}
