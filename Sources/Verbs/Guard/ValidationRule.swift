import Diagnostics
import Expressions
import Kernels
import Plan
import Tables

/// One rule of a validation.
enum ValidationRule: Sendable {
  case condition(Expression, words: String, range: SourceRange)
  case unique([String], words: String, range: SourceRange)

  var words: String {
    switch self {
    case .condition(_, let words, _), .unique(_, let words, _): words
    }
  }

  var key: StepKey {
    switch self {
    case .condition(let expression, _, _): StepKey("condition", [expression.display])
    case .unique(let columns, _, _): StepKey("unique", columns)
    }
  }

  var range: SourceRange {
    switch self {
    case .condition(_, _, let range), .unique(_, _, let range): range
    }
  }

  var columns: [String] {
    switch self {
    case .condition(let expression, _, _): expression.columns
    case .unique(let columns, _, _): columns
    }
  }

  /// Whether it is decided for each row by itself.
  var isOfEachRow: Bool { if case .condition(let expression, _, _) = self { !expression.isFitted } else { false } }

  /// The rows for which the rule is false, in order, and how many it is missing for.
  func failures(in table: Table, _ progress: Progress) throws(EngineError) -> (rows: [Int], missing: Int) {
    switch self {
    case .unique(let columns, _, _):
      guard columns.allSatisfy({ table[$0] != nil }) else { throw EngineError(.column(.unreadable(by: words))) }
      let found = try RepeatedValues(columns, of: .whole(table)).found(progress)
      return ((0..<table.rowCount).filter { found.repeated[$0] }, found.missing)
    case .condition(let expression, let words, _):
      let settled = try expression.settled(on: table, progress)
      guard case .bool(let cells) = try settled.column(over: table, progress) else {
        throw EngineError(.column(.notTruth(.rule, words: words)))
      }
      return ((0..<cells.count).filter { cells[$0] == false }, cells.missingCount)
    }
  }
}
