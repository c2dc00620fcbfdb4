import Display
import Plan
import Tables

extension StageNote {
  /// The step with what there is to say of it: `filter age > 3: 10 rows → 8 (2 false, 0 missing)`.
  public var words: String { "\(step ?? "load"): \(remark.words)" }
}

extension StageRemark {
  fileprivate var words: String {
    switch self {
    case .notANumber(let count):
      count == 1 ? "1 result has no value and is missing" : "\(count) results have no value and are missing"
    case .rounded(let count):
      "\(counted(count, "whole number")) beyond 2^53 lost digits: a float holds no more"
    case .takenAsUTC(let count, let all): "\(count) of \(all) times have no offset and are taken as UTC"
    case .chosen(let before, let after, let remark):
      "\(counted(before, "row")) → \(after)" + (remark.map { " (\($0.words))" } ?? "")
    case .filled(let columns): columns.words
    case .chained(let rounds, let isSettled):
      "\(counted(rounds, "round")) of chained equations" + (isSettled ? "" : ", which had not come to rest")
    case .filledFromAbove(let column, let count, let left):
      "\(column): \(count) filled from above" + (left > 0 ? ", \(left) \(left == 1 ? "has" : "have") none above" : "")
    case .categories(let count): count == 1 ? "1 category" : "\(count) categories"
    case .scaled(let centre, let divisor): "(x - \(NumberText.figure(centre))) / \(NumberText.figure(divisor))"
    case .changed(let changes): changes.words
    case .fenced(let fenced): fenced.words
    case .joined(let counts): counts.words
    case .united(let counts): counts.words
    case .grouped(let rows, let groups, let missing):
      "\(counted(rows, "row")) → \(counted(groups, "group"))" + Self.keys(missing)
    case .leftOut(let counts):
      "missing cells are left out: " + counts.map { "\($0.name) \($0.count)" }.joined(separator: ", ")
    case .partitioned(let count): "more groups than memory holds: they went through \(count) files"
    case .reshaped(let rows, let left, let columns):
      "\(counted(rows, "row")) → \(left) × \(counted(columns, "column"))"
    case .unnamed(let column, let missing, let others): Self.unnamed(column, missing, others)
    case .made(let count, let tried): "\(counted(count, "row")) kept of \(tried) that were tried"
    case .source(let words): words
    }
  }

  private static func keys(_ missing: [ColumnCount]) -> String {
    if missing.isEmpty { return "" }
    let counts = missing.map { "\($0.name) in \(counted($0.count, "row"))" }.joined(separator: ", ")
    return " (missing is a group of its own: \(counts))"
  }

  private static func unnamed(_ column: String, _ missing: Int, _ others: Int) -> String {
    let parts = [
      missing > 0 ? "'\(column)' is missing in \(counted(missing, "row"))" : nil,
      others > 0 ? "\(counted(others, "row")) \(others == 1 ? "has" : "have") another '\(column)'" : nil,
    ]
    return parts.compactMap { $0 }.joined(separator: ", ") + ": left out"
  }
}

extension RowRemark {
  fileprivate var words: String {
    switch self {
    case .repeated(let count): "\(count) repeated"
    case .condition(let wrong, let missing): "\(wrong) false, \(missing) missing"
    case .outliers(let columns): columns.map { "\($0.column): \($0.words)" }.joined(separator: "; ")
    case .near(let groups): groups.words
    }
  }
}

extension ModelNote {
  /// In one line, for the result of `train`.
  public var words: String {
    switch self {
    case .stage(let note): note.words
    case .leftOut(let leftOut): leftOut.words
    case .categoriesKept(let name, let kept, let all):
      "\(name): the \(kept) most frequent of \(all) categories are told apart, the others count as unseen"
    case .learner(let words), .kept(let words): words
    case .searchCutShort(let done, let all):
      "the search was interrupted after \(done) of \(all) trials: the best of these is kept"
    case .orderedFolds: "each fold was judged by what was learned from earlier rows"
    }
  }
}
