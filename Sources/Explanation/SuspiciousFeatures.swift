import Learners
import Plan
import Tables

/// Single features that all but decide the label: more often a leak than luck.
public struct SuspiciousFeatures: Sendable {
  public struct Finding: Sendable, Equatable {
    public let column: String
    /// The share of rows whose class the feature alone tells, or the share of a number's variance that it explains.
    public let share: Double
  }

  /// A feature is suspicious from this share on, when the label is not that easy without it.
  static let threshold = 0.98
  /// Numbers are cut into this many groups of about equal size.
  static let groupCount = 32

  public let findings: [Finding]

  /// Looks at every column of `rows` but those named in `except`, each alone.
  public init(_ rows: Table, target: LearningTarget, except: Set<String>) {
    var findings: [Finding] = []
    for (name, column) in zip(rows.names, rows.columns) where !except.contains(name) {
      guard let groups = Self.groups(of: column), let share = Self.share(groups, target) else { continue }
      findings.append(Finding(column: name, share: share))
    }
    self.findings = findings
  }

  /// A group for each row: the category, or the place among about equal parts of the ordered numbers. nil when there are too many
  /// groups for the rows to say anything.
  private static func groups(of column: Column) -> [Int]? {
    if case .vector = column { return nil }
    let ranks = column.ranks
    let distinct = (ranks.max() ?? -1) + 1
    guard distinct > 1, column.count >= 50 else { return nil }
    if case .text = column { return distinct * 10 <= column.count ? ranks : nil }
    guard distinct > groupCount else { return ranks }
    var counts = [Int](repeating: 0, count: distinct)
    for rank in ranks where rank >= 0 { counts[rank] += 1 }
    var group = [Int](repeating: 0, count: distinct)
    var before = 0
    let valid = max(column.count - column.missingCount, 1)
    for rank in 0..<distinct {
      group[rank] = before * groupCount / valid
      before += counts[rank]
    }
    return ranks.map { $0 < 0 ? -1 : group[$0] }
  }

  private static func share(_ groups: [Int], _ target: LearningTarget) -> Double? {
    switch target.values {
    case .classes(let codes, let count):
      let majority = purity([Int](repeating: 0, count: codes.count), codes, count)
      let share = purity(groups, codes, count)
      return share >= threshold && majority < 0.95 ? share : nil
    case .numbers(let values):
      let share = explained(groups, values)
      return share >= 0.995 ? share : nil
    }
  }

  /// The share of rows that are of their group's most frequent class.
  private static func purity(_ groups: [Int], _ codes: [Int32], _ count: Int) -> Double {
    let places = (groups.max() ?? 0) + 2
    var counts = [Int](repeating: 0, count: places * count)
    for (group, code) in zip(groups, codes) { counts[(group + 1) * count + Int(code)] += 1 }
    var right = 0
    for place in 0..<places { right += counts[place * count..<(place + 1) * count].max() ?? 0 }
    return Double(right) / Double(max(codes.count, 1))
  }

  /// The share of the variance that lies between groups.
  private static func explained(_ groups: [Int], _ values: [Double]) -> Double {
    let places = (groups.max() ?? 0) + 2
    var sums = [Double](repeating: 0, count: places)
    var counts = [Double](repeating: 0, count: places)
    for (group, value) in zip(groups, values) {
      sums[group + 1] += value
      counts[group + 1] += 1
    }
    let mean = values.reduce(0, +) / Double(max(values.count, 1))
    let total = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let between = zip(sums, counts).reduce(0) { sum, group in
      group.1 > 0 ? sum + group.1 * (group.0 / group.1 - mean) * (group.0 / group.1 - mean) : sum
    }
    return total > 0 ? between / total : 0
  }
}
