import Expressions
import Synchronization
import Tables

/// Tells a source which rows filters leave out, by what it knows of them before it reads them, and counts what is passed over, so that
/// nothing is missing from what is said of the rows.
///
/// Rows are passed over only where it is certain how many of them a filter leaves out because its condition is missing.
public final class FilterScreen: RowScreen {
  /// The conditions that alone decide which rows a filter keeps, as far as the filters are of that kind.
  private let tests: [Expression]
  private let counts: Mutex<[Passed]>

  /// Rows that reach a filter unread, together.
  public struct Passed: Sendable {
    public var rows = 0
    /// How many of them it keeps: all, where a later one leaves them out.
    public var kept = 0
    /// For how many of them its condition is missing.
    public var missingTests = 0
    /// By column how many cells are missing.
    public var missing: [String: Int] = [:]
  }

  /// nil where the first filter does not go by a condition alone.
  public init?(_ filters: [any RowChooser]) {
    tests = filters.map(\.test).prefix { $0 != nil }.compactMap { $0 }
    counts = Mutex([Passed](repeating: Passed(), count: filters.count))
    if tests.isEmpty { return nil }
  }

  /// What was passed over, for each filter.
  public var passed: [Passed] { counts.withLock { $0 } }

  public func passesOver(_ rows: RowsOutline) -> Bool {
    for (place, test) in tests.enumerated() {
      let truth = test.possibleTruth(of: rows)
      if truth.canBeTrue {
        // Which rows the next filter sees is known only where this one keeps all.
        if truth.canBeFalse || truth.canBeMissing { return false }
        continue
      }
      guard let missing = truth.missing else { return false }
      note(rows, leftOutAt: place, missing)
      return true
    }
    return false
  }

  private func note(_ rows: RowsOutline, leftOutAt last: Int, _ missingTests: Int) {
    counts.withLock { counts in
      for place in 0...last {
        counts[place].rows += rows.rowCount
        if place < last { counts[place].kept += rows.rowCount } else { counts[place].missingTests += missingTests }
        for (name, bounds) in rows.bounds { counts[place].missing[name, default: 0] += bounds.missing }
      }
    }
  }
}
