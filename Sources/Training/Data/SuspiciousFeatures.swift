import Kernels
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
  /// Numbers are cut into this many groups of about equal size, or fewer where rows are few.
  static let groupCount = 32
  /// Rows that are looked at, spread evenly.
  static let mostRows = 32_768
  /// With fewer rows anything may fall into place by luck.
  static let fewestRows = 16

  public let findings: [Finding]

  /// Looks at every feature alone: a count of group × class. O(features × `mostRows`).
  init(_ design: DesignMatrix, _ target: LearningTarget, _ progress: Progress) {
    let rows = design.rowCount
    guard rows >= Self.fewestRows else {
      findings = []
      return
    }
    let places = Self.sample(rows)
    let label = Label(target, places)
    guard !label.isOneSided else {
      findings = []
      return
    }
    let columns = design.columns
    let indices = columns.indices.filter { place in
      design.features[design.starts[place]].name == columns[place].name || columns[place].width > 1
    }
    let shares = parallelMap(indices.count) { index -> Double? in
      if progress.isCancelled { return nil }
      let column = columns[indices[index]].take(places)
      return FeatureGroups(column).flatMap { label.share($0) }
    }
    findings = zip(indices, shares).compactMap { place, share in
      share.map { Finding(column: columns[place].name, share: $0) }
    }
  }

  private static func sample(_ rows: Int) -> RowList {
    guard rows > mostRows else { return RowList(0..<rows) }
    return RowList(ids: (0..<mostRows).map { Int32(truncatingIfNeeded: $0 * rows / mostRows) })
  }

  /// The label of the rows looked at.
  private struct Label: Sendable {
    let target: LearningTarget.Values

    init(_ target: LearningTarget, _ places: RowList) {
      switch target.values {
      case .classes(let codes, let count): self.target = .classes(places.gather(codes), count: count)
      case .numbers(let values): self.target = .numbers(places.gather(values))
      }
    }

    /// Whether one class has nearly all rows, so that any feature seems to tell it.
    var isOneSided: Bool {
      guard case .classes(let codes, let count) = target else { return false }
      var counts = [Int](repeating: 0, count: count)
      for code in codes { counts[Int(code)] += 1 }
      return Double(counts.max() ?? 0) >= 0.95 * Double(codes.count)
    }

    /// nil where it is not suspicious.
    func share(_ groups: FeatureGroups) -> Double? {
      switch target {
      case .classes(let codes, let count):
        let share = Self.purity(groups, codes, count)
        return share >= SuspiciousFeatures.threshold ? share : nil
      case .numbers(let values):
        let share = Self.explained(groups, values)
        return share >= 0.995 ? share : nil
      }
    }

    /// The share of rows that are of their group's most frequent class.
    private static func purity(_ groups: FeatureGroups, _ codes: [Int32], _ count: Int) -> Double {
      var counts = [Int](repeating: 0, count: groups.count * count)
      for (group, code) in zip(groups.codes, codes) { counts[Int(group) * count + Int(code)] += 1 }
      var right = 0
      for group in 0..<groups.count { right += counts[group * count..<(group + 1) * count].max() ?? 0 }
      return Double(right) / Double(max(codes.count, 1))
    }

    /// The share of the variance that lies between groups.
    private static func explained(_ groups: FeatureGroups, _ values: [Double]) -> Double {
      var sums = [Double](repeating: 0, count: groups.count)
      var counts = [Double](repeating: 0, count: groups.count)
      for (group, value) in zip(groups.codes, values) {
        sums[Int(group)] += value
        counts[Int(group)] += 1
      }
      let mean = values.reduce(0, +) / Double(max(values.count, 1))
      let total = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let between = zip(sums, counts).reduce(0) { sum, group in
        group.1 > 0 ? sum + group.1 * (group.0 / group.1 - mean) * (group.0 / group.1 - mean) : sum
      }
      return total > 0 ? between / total : 0
    }
  }
}

/// A group for each row by one feature: its category, or its place among about equal parts of the ordered numbers; missing is a group
/// of its own.
private struct FeatureGroups {
  let codes: [Int32]
  let count: Int

  /// nil when there are too many groups for the rows to say anything.
  init?(_ column: DesignColumn) {
    let rows = column.rowCount
    if let found = column.codes {
      let highest = max(found.max() ?? 0, 0)
      guard (Int(highest) + 1) * 10 <= rows else { return nil }
      // Unseen and missing come after the categories.
      codes = found.map { $0 >= 0 ? $0 : highest - $0 }
      count = Int(highest) + 3
      return
    }
    let numbers = column.numbers
    let edges = Self.edges(numbers, most: min(SuspiciousFeatures.groupCount, max(2, rows / 8)))
    guard !edges.isEmpty else { return nil }
    codes = numbers.map { number in
      if number.isNaN { return Int32(edges.count + 1) }
      var (low, high) = (0, edges.count)
      while low < high {
        let middle = (low + high) / 2
        if edges[middle] < number { low = middle + 1 } else { high = middle }
      }
      return Int32(low)
    }
    count = edges.count + 2
  }

  /// The largest values of all groups but the last, from a sorted part of the numbers.
  private static func edges(_ numbers: [Double], most: Int) -> [Double] {
    let step = max(1, numbers.count / 512)
    let sorted = stride(from: 0, to: numbers.count, by: step).map { numbers[$0] }.filter { !$0.isNaN }.sorted()
    guard let largest = sorted.last else { return [] }
    var edges: [Double] = []
    for part in 1..<most {
      let edge = sorted[min(sorted.count - 1, part * sorted.count / most)]
      if edge < largest, edges.last.map({ $0 < edge }) ?? true { edges.append(edge) }
    }
    return edges
  }
}
