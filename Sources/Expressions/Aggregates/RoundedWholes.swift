import Notation
import Tables

extension Column {
  /// How many ints are there that floats do not hold. O(rows), a vector at a time where there are none.
  public var roundedCount: Int {
    guard case .int(let cells) = self, cells.values.withUnsafeBufferPointer(WholeNumber.anyWide) else { return 0 }
    return cells.values.indices.reduce(0) { count, row in
      count + (WholeNumber.isRounded(cells.values[row]) && cells.isValid(row) ? 1 : 0)
    }
  }
}

extension Expression {
  /// How many ints of a table the statistics inside take as floats that do not hold them, each column once.
  public func roundedByStatistics(of table: Table) -> Int {
    var names: Set<String> = []
    collectFloatStatistics(into: &names)
    return names.reduce(0) { $0 + (table[$1]?.roundedCount ?? 0) }
  }

  /// The columns of which there is a statistic that is a float.
  private func collectFloatStatistics(into names: inout Set<String>) {
    switch self {
    case .column, .literal, .missing: break
    case .aggregate(_, let arguments):
      for argument in arguments {
        if type == .float, case .column(let name, .int) = argument { names.insert(name) }
        argument.collectFloatStatistics(into: &names)
      }
    case .call(_, let arguments), .window(_, let arguments):
      for argument in arguments { argument.collectFloatStatistics(into: &names) }
    }
  }
}
