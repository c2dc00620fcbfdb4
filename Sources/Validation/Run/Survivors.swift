import Kernels
import Plan
import Tables

/// Keeps the rows that fail no rule of rows; a rule that is missing passes.
public struct Survivors: RowChooser {
  private let rules: [ValidationRule]

  public init(_ rules: [ValidationRule]) { self.rules = rules.filter { $0.test.reach != .table } }

  public var words: String { "validate " + rules.map(\.words).joined(separator: ", ") }
  public var key: StepKey { StepKey("validate", rules.map { $0.test.key.text }) }
  public var reads: [String] {
    var names: [String] = []
    for name in rules.flatMap({ $0.test.columns }) where !names.contains(name) { names.append(name) }
    return names
  }

  public var choice: RowDependence { rules.allSatisfy { $0.test.reach == .row } ? .none : .rows }

  public func choose(from table: Table, _ progress: Progress) throws(EngineError) -> ChosenRows {
    var failing = [Bool](repeating: false, count: table.rowCount)
    for rule in rules {
      var watch = try rule.test.begin(on: .whole(table), progress)
      for row in try watch.take(table, progress).rows { failing[row] = true }
    }
    return ChosenRows(rows: failing.indices.filter { !failing[$0] })
  }
}
