import Tables

/// By what the parts of a split were drawn, for each training row: default folds follow it too.
public struct SplitKeys: Sendable {
  /// The stratum of each row, in the order of its values; every fold is to have its share of each.
  public let strata: [Int32]?
  /// The group of each row; folds keep groups whole.
  public let groups: [Int32]?
  /// The time of each row, in any unit; folds follow each other in it.
  public let times: [Double]?

  public init(strata: [Int32]? = nil, groups: [Int32]? = nil, times: [Double]? = nil) {
    self.strata = strata
    self.groups = groups
    self.times = times
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
