import Kernels
import Plan

/// Divides rows into a part to train on, one to judge by and a sealed one. The same for the same seed, on any machine.
public enum Splitter {
  /// The parts by chance; by `strata`, so that each stratum has its share in every part; by `groups`, so that no group is in two
  /// parts; or by `time`, the oldest rows to train on, rows of one time together.
  ///
  /// `strata`, `groups` and `time` have an entry a row; strata are codes from 0 on. Strata and groups may be combined; time stands alone. A row without a
  /// time (not-a-number) counts as the oldest. A stratum with a single row goes to the train part. O(rows log rows).
  ///
  /// Throws `emptyPart` when a part with a share would get no row, `badOption` for a combination that is not possible.
  public static func parts(
    rowCount: Int, shares: SplitShares, strata: [Int32]? = nil, groups: [Int32]? = nil, time: [Double]? = nil,
    seed: UInt64
  ) throws(EngineError) -> SplitParts {
    if time != nil, strata != nil || groups != nil {
      throw EngineError(.option(.combined("time", with: ["stratify", "group"])))
    }
    let assigned: [UInt8]
    if let time {
      assigned = TimeSplit.assign(time, shares)
    } else if let groups {
      assigned = GroupSplit.assign(groups, strata, quotas: shares.all, seed: seed)
    } else {
      assigned = StratifiedSplit.assign(rowCount: rowCount, strata, shares, seed: seed)
    }
    return try checked(assigned, shares, unit: groups == nil ? (time == nil ? .row : .time) : .group)
  }

  /// The parts that rows were assigned. Throws `emptyPart` when one with a share has no row.
  static func checked(_ assigned: [UInt8], _ shares: SplitShares, unit: RowUnit) throws(EngineError)
    -> SplitParts
  {
    var parts: [[Int]] = [[], [], []]
    for (row, part) in assigned.enumerated() { parts[Int(part)].append(row) }
    for (part, share) in shares.all.enumerated() where share > 0 && parts[part].isEmpty {
      throw EngineError(.rows(.emptyPart(SplitShares.names[part], unit, share: share)))
    }
    return SplitParts(train: parts[0], valid: parts[1], test: parts[2])
  }
}
