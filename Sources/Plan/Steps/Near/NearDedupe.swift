import Expressions
import Kernels
import Tables

/// Keeps the first of the rows that are nearly the same: equal in some columns, and near each other in the texts of others, whose case,
/// blanks, punctuation and accents do not count.
///
/// A row is left out when an earlier one that is kept is near, so every row that is left out has one that stands for it, and nothing is
/// left out because of a chain of others. A row without a text in any of the columns compared is kept.
public struct NearDedupe: RowChooser {
  /// Groups that are told of, and different rows of one.
  private static let mostGroups = 10
  private static let mostOthers = 3

  private let exact: [String]
  private let near: [String]
  private let limit: NearLimit
  public let words: String

  public init(exact: [String], near: [String], _ limit: NearLimit, words: String) {
    self.exact = exact
    self.near = near
    self.limit = limit
    self.words = words
  }

  public var key: StepKey { StepKey("dedupe_near", exact.sorted() + [limit.words] + near.sorted()) }
  public var reads: [String] { exact + near.filter { !exact.contains($0) } }
  public var choice: RowDependence { .rows }

  public func choose(from table: Table, _ progress: Progress) throws(EngineError) -> ChosenRows {
    let texts = try NearTexts(of: near, beside: exact, in: table, progress)
    var search = NearSearch(texts, limit, words, progress)
    let leaders = try search.leaders()
    var rows: [Int] = []
    var others: [Int: [Int]] = [:]
    for row in 0..<table.rowCount {
      guard let text = texts.places[row], texts.firstRow[leaders[text]] != row else {
        rows.append(row)
        continue
      }
      others[texts.firstRow[leaders[text]], default: []].append(row)
    }
    return ChosenRows(rows: rows, near: groups(others, table))
  }

  /// Those with the most rows left out, the earlier of equals first.
  private func groups(_ others: [Int: [Int]], _ table: Table) -> NearGroups {
    let order = others.keys.sorted { left, right in
      let (a, b) = (others[left]?.count ?? 0, others[right]?.count ?? 0)
      return a == b ? left < right : a > b
    }
    let columns = near.compactMap { table[$0] }
    let largest = order.prefix(Self.mostGroups).map { kept -> NearGroups.Group in
      let left = others[kept] ?? []
      let own = columns.map { $0[kept] }
      var different: [[Cell]] = []
      for row in left where different.count < Self.mostOthers {
        let cells = columns.map { $0[row] }
        if cells != own, !different.contains(cells) { different.append(cells) }
      }
      return NearGroups.Group(kept: own, rows: left.count, others: different)
    }
    return NearGroups(columns: near, count: others.count, largest: largest)
  }

  public func remark(_ count: ChoiceCount) -> RowRemark? { count.near.map(RowRemark.near) }
}
