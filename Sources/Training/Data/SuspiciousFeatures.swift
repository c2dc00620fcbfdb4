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
    let isWhole = places.count == rows
    let label = Label(target, places)
    guard !label.isOneSided else {
      findings = []
      return
    }
    let columns = design.columns
    let indices = columns.indices.filter { place in
      design.features[design.starts[place]].name == columns[place].name || columns[place].width > 1
    }
    let scatter = label.scatter
    let first = scatter.map { places.at(RowList(0..<$0.rowCount)) }
    let shares = parallelMap(indices.count) { index -> Double? in
      if progress.isCancelled { return nil }
      let column = columns[indices[index]]
      if let scatter, let first, column.kind == .number, scatter.rulesOut(isWhole ? column : column.take(first)) {
        return nil
      }
      return FeatureGroups(isWhole ? column : column.take(places)).flatMap { label.share($0) }
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
  struct Label: Sendable {
    let target: LearningTarget.Values
    /// Of numbers, the sum of the squared distances from their mean.
    let spread: Double

    init(_ target: LearningTarget, _ places: RowList) {
      switch target.values {
      case .classes(let codes, let count):
        self.target = .classes(places.gather(codes), count: count)
        spread = 0
      case .numbers(let values):
        let values = places.gather(values)
        self.target = .numbers(values)
        let mean = values.reduce(0, +) / Double(max(values.count, 1))
        spread = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      }
    }

    /// By which most numbers are found to tell nothing before all their rows are read; nil for a label of numbers.
    var scatter: ClassScatter? {
      guard case .classes(let codes, let count) = target else { return nil }
      return ClassScatter(
        codes, classes: count, groups: FeatureGroups.most(codes.count), threshold: SuspiciousFeatures.threshold)
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
      case .classes(let codes, let count): Self.purity(groups, codes, count)
      case .numbers(let values): explained(groups, values)
      }
    }

    /// The share of rows that are of their group's most frequent class; nil below the threshold.
    static func purity(_ groups: FeatureGroups, _ codes: [Int32], _ count: Int) -> Double? {
      var counts = [Int](repeating: 0, count: groups.count * count)
      let rows = Double(max(codes.count, 1))
      // Rows only add to what is not of its group's most frequent class: most features are done with after a few.
      for block in blocks(codes.count) {
        for row in block { counts[groups.code(row) * count + Int(codes[row])] += 1 }
        var right = 0
        for group in 0..<groups.count { right += counts[group * count..<(group + 1) * count].max() ?? 0 }
        let wrong = block.upperBound - right
        let share = Double(codes.count - wrong) / rows
        if share < SuspiciousFeatures.threshold { return nil }
        if block.upperBound == codes.count { return share }
      }
      return nil
    }

    /// The share of the variance that lies between groups; nil below 0.995.
    private func explained(_ groups: FeatureGroups, _ values: [Double]) -> Double? {
      var (counts, means, within) = ([Double](repeating: 0, count: groups.count), [Double](), 0.0)
      means = counts
      guard spread > 0 else { return nil }
      // Rows only add to the squared distances from their group's mean (as Welford 1962 updates them).
      for block in Self.blocks(values.count) {
        for row in block {
          let group = groups.code(row)
          counts[group] += 1
          let distance = values[row] - means[group]
          means[group] += distance / counts[group]
          within += distance * (values[row] - means[group])
        }
        let share = 1 - within / spread
        if !(share >= 0.995) { return nil }
        if block.upperBound == values.count { return share }
      }
      return nil
    }

    /// Stretches of rows after which to look whether more can matter, each as long as all before it.
    private static func blocks(_ rows: Int) -> [Range<Int>] {
      var (blocks, end): ([Range<Int>], Int) = ([], 0)
      while end < rows {
        let next = min(rows, max(128, 2 * end))
        blocks.append(end..<next)
        end = next
      }
      return blocks
    }
  }
}
