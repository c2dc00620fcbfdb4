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
      let keys = columns.compactMap { table[$0] }
      let missing = (0..<table.rowCount).count { row in !keys.allSatisfy { $0.isValid(row) } }
      return (try repeated(columns, table, progress), missing)
    case .condition(let expression, let words, _):
      let settled = try expression.settled(on: table, progress)
      guard case .bool(let cells) = try settled.column(over: table, progress) else {
        throw EngineError(.column(.notTruth(.rule, words: words)))
      }
      return ((0..<cells.count).filter { cells[$0] == false }, cells.missingCount)
    }
  }

  /// Every row whose values stand in another row too; rows with a missing value pass.
  private func repeated(_ columns: [String], _ table: Table, _ progress: Progress) throws(EngineError) -> [Int] {
    let keys = columns.compactMap { table[$0] }
    guard keys.count == columns.count else { throw EngineError(.column(.unreadable(by: words))) }
    var first: [[Cell]: Int] = [:]
    var repeated: Set<Int> = []
    for row in 0..<table.rowCount where keys.allSatisfy({ $0.isValid(row) }) {
      if row & 0x3FF == 0 { try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() } }
      let key = keys.map { $0[row] }
      if let earlier = first[key] {
        repeated.formUnion([earlier, row])
      } else {
        first[key] = row
      }
    }
    return repeated.sorted()
  }
}
