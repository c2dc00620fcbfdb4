import Kernels
import Plan
import Tables

/// Leaves out the rows with an outlier in one of some columns, by fences of the rows at hand. A missing cell is none.
public struct OutlierRows: RowChooser {
  private let columns: [String]
  private let rule: OutlierRule
  /// Of each column, once they are settled.
  private let fences: [Fences]?

  public init(_ columns: [String], _ rule: OutlierRule) { self.init(columns, rule, fences: nil) }

  private init(_ columns: [String], _ rule: OutlierRule, fences: [Fences]?) {
    self.columns = columns
    self.rule = rule
    self.fences = fences
  }

  public var words: String { "outliers \(columns.joined(separator: ", ")), \(rule.words), do: drop" }

  public var key: StepKey { StepKey("outliers", columns.sorted() + [rule.words, "drop"]) }
  public var reads: [String] { columns }
  public var choice: RowDependence { .statistics }

  public func settled(on table: Table, _ progress: Progress) throws(EngineError) -> any RowChooser {
    var fences: [Fences] = []
    for column in columns { fences.append(try rule.fences(of: column, in: table, progress)) }
    return OutlierRows(columns, rule, fences: fences)
  }

  public func choose(from table: Table, _ progress: Progress) throws(EngineError) -> ChosenRows {
    var isKept = [Bool](repeating: true, count: table.rowCount)
    var reasons: [Int] = []
    for (name, fences) in zip(columns, fences ?? []) {
      try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
      guard let column = table[name] else { throw EngineError(.column(.unknown(name))) }
      let outside = fences.outside(of: column)
      reasons += [outside.below, outside.above]
      if outside.below + outside.above > 0 { fences.mark(column, in: &isKept) }
    }
    return ChosenRows(rows: isKept.indices.filter { isKept[$0] }, reasons: reasons)
  }

  public func remark(_ count: ChoiceCount) -> RowRemark? {
    guard let fences else { return nil }
    let found = fences.enumerated().map { place, fences in
      let counts = count.reasons.dropFirst(2 * place).prefix(2)
      return Fenced(
        columns[place], .left, low: fences.low, high: fences.high, open: fences.open, below: counts.first ?? 0,
        above: counts.count == 2 ? counts.last ?? 0 : 0)
    }
    return .outliers(found)
  }
}
