import Expressions
import Plan

/// What a grouping has to say besides its groups.
struct GroupFacts {
  var rows = 0
  var groups = 0
  /// How many rows have no value in each key column.
  var missingKeys: [ColumnCount] = []
  var leftOut: [ColumnCount] = []
  /// What is to be said of the cells that were computed.
  var counts = EvaluationCounts()
  /// How many files the rows went through, where the groups would have filled the memory.
  var files = 0

  var remarks: [StageRemark] {
    var remarks = [StageRemark.grouped(from: rows, to: groups, missing: missingKeys)]
    let missing = leftOut.filter { $0.count > 0 }
    if !missing.isEmpty { remarks.append(.leftOut(missing)) }
    remarks += counts.remarks
    if files > 0 { remarks.append(.partitioned(files)) }
    return remarks
  }

  /// Takes up what statistics of some of the rows have to say.
  mutating func add(_ statistics: GroupStatistics) {
    for count in statistics.leftOut {
      if let place = leftOut.firstIndex(where: { $0.name == count.name }) {
        leftOut[place] = ColumnCount(count.name, leftOut[place].count + count.count)
      } else {
        leftOut.append(count)
      }
    }
    counts += statistics.counts
  }
}
