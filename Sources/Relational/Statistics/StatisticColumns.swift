import Expressions
import Kernels
import Tables

extension GroupStatistics {
  /// The statistic of each group, and for how many it is past what its type holds.
  func column(of call: StatisticCall, _ progress: Progress) throws(Cancelled) -> (column: Column, overflows: Int) {
    guard let first = call.values.first else {
      let counts = parts[.rows] as? RowCounts
      return (ints { counts?.counts[$0] ?? 0 }, 0)
    }
    let place = place(call)
    let valid = parts[.valid(place)] as? ValidCounts
    switch call.aggregate {
    case .count: return (ints { valid?[$0] ?? 0 }, 0)
    case .countMissing: return (ints { valid?.missingCount($0) ?? 0 }, 0)
    case .sum: return sums(place, first.type, valid)
    case .mean: return means(place, first.type, valid)
    case .var, .sd:
      let squares = parts[.squares(place)] as? SquareSums
      return floats(valid, least: 2) { group, _ in squares?.statistic(call.aggregate, group) }
    case .median, .quantile:
      let numbers = parts[.numbers(place)] as? NumberGathering
      return (.float(Cells(try numbers?.quantiles(call.part, progress) ?? [], filler: 0)), 0)
    case .correlation:
      let pairs = parts[.pairs(place, self.place(call, 1))] as? PairGathering
      return (.float(Cells(try pairs?.correlations(progress) ?? [], filler: 0)), 0)
    case .first, .last:
      let ends = parts[.end(place, isLast: call.aggregate == .last)] as? EndCells
      return (ends?.column() ?? .missing(first.type, count: groupCount), 0)
    case .any, .all: return (truths(place, valid, isAny: call.aggregate == .any), 0)
    case .countDistinct:
      let tally = parts[.tally(place)] as? ValueTally
      return (.int(Cells(tally?.distinct() ?? [])), 0)
    case .mode, .min, .max: return (chosen(place, valid, call.aggregate, first.type), 0)
    }
  }

  private func ints(_ value: (Int) -> Int) -> Column { .int(Cells((0..<groupCount).map { Int64(value($0)) })) }

  /// A float for each group that has so many values at least.
  private func floats(
    _ valid: ValidCounts?, least: Int, _ value: (_ group: Int, _ count: Int) -> Double?
  ) -> (column: Column, overflows: Int) {
    var overflows = 0
    let cells = (0..<groupCount).map { group -> Double? in
      guard let count = valid?[group], count >= least else { return nil }
      if let found = value(group, count), found.isFinite { return found }
      overflows += 1
      return nil
    }
    return (.float(Cells(cells, filler: 0)), overflows)
  }

  private func means(_ place: Int, _ type: ColumnType, _ valid: ValidCounts?) -> (column: Column, overflows: Int) {
    if type == .bool {
      let trues = parts[.trues(place)] as? TrueCounts
      return floats(valid, least: 1) { Double(trues?.counts[$0] ?? 0) / Double($1) }
    }
    if let wholes = parts[.wholes(place)] as? WholeSums, type == .int {
      return floats(valid, least: 1) { wholes.mean($0, count: $1) }
    }
    let sums = parts[.sums(place)] as? NumberSums
    return floats(valid, least: 1) { sums?.mean($0, count: $1) }
  }

  private func sums(_ place: Int, _ type: ColumnType, _ valid: ValidCounts?) -> (column: Column, overflows: Int) {
    if let sums = parts[.sums(place)] as? NumberSums, type == .float {
      return floats(valid, least: 1) { group, _ in sums.total(group) }
    }
    let (wholes, trues) = (parts[.wholes(place)] as? WholeSums, parts[.trues(place)] as? TrueCounts)
    var overflows = 0
    let cells = (0..<groupCount).map { group -> Int64? in
      guard valid?[group] ?? 0 > 0 else { return nil }
      if let trues, type == .bool { return Int64(trues.counts[group]) }
      if let total = wholes?.total(group) { return total }
      overflows += 1
      return nil
    }
    return (.int(Cells(cells, filler: 0)), overflows)
  }

  private func truths(_ place: Int, _ valid: ValidCounts?, isAny: Bool) -> Column {
    let trues = parts[.trues(place)] as? TrueCounts
    return .bool(
      Cells(
        (0..<groupCount).map { group in
          let count = trues?.counts[group] ?? 0
          return isAny ? count > 0 : count == valid?[group] ?? 0
        }))
  }

  private func chosen(_ place: Int, _ valid: ValidCounts?, _ aggregate: Aggregate, _ type: ColumnType) -> Column {
    if let tally = parts[.tally(place)] as? ValueTally, aggregate == .mode || type == .text {
      return tally.chosen(aggregate == .mode ? .mostFrequent : aggregate == .min ? .least : .greatest, type)
    }
    func cells<Value>(_ value: (Int) -> Value) -> [Value?] {
      (0..<groupCount).map { valid?[$0] ?? 0 > 0 ? value($0) : nil }
    }
    let state = parts[.extreme(place, isGreatest: aggregate == .max)]
    if let numbers = state as? NumberExtremes { return .float(Cells(cells { numbers.values[$0] }, filler: 0)) }
    guard let wholes = (state as? WholeExtremes)?.values else { return .missing(type, count: groupCount) }
    switch type {
    case .bool: return .bool(Cells(cells { wholes[$0] != 0 }, filler: false))
    case .date: return .date(Cells(cells { Int32(clamping: wholes[$0]) }, filler: 0))
    case .datetime: return .datetime(Cells(cells { wholes[$0] }, filler: 0))
    case .int: return .int(Cells(cells { wholes[$0] }, filler: 0))
    case .float, .text, .vector: return .missing(type, count: groupCount)
    }
  }
}
