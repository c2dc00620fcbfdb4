import Kernels

/// How a table's columns go together, every two of them: Pearson's and Spearman's correlations of numbers, Cramér's V of categories,
/// the correlation ratio of numbers by categories.
public struct Associations: Sendable {
  public enum Measure: String, Sendable, Hashable, CaseIterable {
    case pearson, spearman
    case cramersV = "cramers_v"
    case correlationRatio = "correlation_ratio"
  }

  /// Two columns and what goes together of them: of a correlation ratio the numbers first.
  public struct Pair: Sendable, Hashable {
    public let first: String
    public let second: String
    public let measure: Measure
    public let value: Double
  }

  public enum Kind: Sendable, Hashable { case number, category }

  /// A column that takes part.
  public struct Member: Sendable, Hashable {
    public let name: String
    public let kind: Kind
    /// Of a number, what correlations put it around.
    public let scale: CorrelationSums.Scale?
  }

  /// A column with more different values than this is no category.
  public static let mostCategories = 50

  public let members: [Member]
  private let places: [String: Int]
  /// Of each measure the values of every two members by their places, both ways; not-a-number where there is none.
  private var values: [Measure: [Double]] = [:]

  public init(_ members: [Member]) {
    self.members = members
    places = Dictionary(
      members.enumerated().map { ($0.element.name, $0.offset) }, uniquingKeysWith: { first, _ in first })
  }

  mutating func set(_ measure: Measure, _ first: String, _ second: String, _ value: Double?) {
    guard let value, let one = places[first], let other = places[second] else { return }
    let count = members.count
    values[measure, default: [Double](repeating: .nan, count: count * count)][one * count + other] = value
    values[measure]?[other * count + one] = value
  }

  public func value(_ measure: Measure, _ first: String, _ second: String) -> Double? {
    guard let one = places[first], let other = places[second] else { return nil }
    return value(measure, one, other)
  }

  private func value(_ measure: Measure, _ first: Int, _ second: Int) -> Double? {
    guard let value = values[measure]?[first * members.count + second], !value.isNaN else { return nil }
    return value
  }

  /// Every two members once, with each measure that they have.
  public var pairs: [Pair] {
    var found: [Pair] = []
    let measures = Measure.allCases.filter { values[$0] != nil }
    for first in members.indices {
      for second in members.indices.dropFirst(first + 1) {
        for measure in measures {
          guard let value = value(measure, first, second) else { continue }
          let isTurned = members[first].kind == .category && members[second].kind == .number
          let (one, other) = isTurned ? (second, first) : (first, second)
          found.append(
            Pair(first: members[one].name, second: members[other].name, measure: measure, value: value))
        }
      }
    }
    return found
  }

  /// The members among a table's columns: numbers that vary, and texts and bools of a few values. Columns in `categories` are such
  /// though they are numbers.
  public static func members(_ columns: [ColumnProfile], categories: Set<String> = []) -> [Member] {
    columns.compactMap { column in
      let distinct = column.distinct.map { $0.isApproximate ? Int.max : $0.count } ?? 0
      let isCategory = column.type == .text || column.type == .bool || categories.contains(column.name)
      if isCategory {
        return (2...mostCategories).contains(distinct) ? Member(name: column.name, kind: .category, scale: nil) : nil
      }
      guard let numbers = column.numbers, let mean = numbers.mean, let deviation = numbers.standardDeviation,
        let scale = CorrelationSums.Scale(mean: mean, deviation: deviation, hasGaps: column.missing > 0)
      else { return nil }
      return Member(name: column.name, kind: .number, scale: scale)
    }
  }
}

extension Associations {
  /// Of some rows, which are all or an even sample: every measure but Pearson's. With `label` only pairs with that column. O(members²
  /// × rows).
  public mutating func measure(_ rows: Table, label: String?, _ progress: Progress) throws(AssociationFailure) {
    let numbers = members.filter { $0.kind == .number }.map(\.name)
    let categories = members.filter { $0.kind == .category }.map(\.name)
    let codes = parallelMap(categories.count) { rows.statistics(of: categories[$0])?.codes }
    let columns = numbers.compactMap { rows[$0] }
    guard columns.count == numbers.count else { return }
    func isWanted(_ one: String, _ other: String) -> Bool { label == nil || one == label || other == label }
    try measureRanks(numbers, columns, label, progress)
    var jobs: [(first: String, second: String, ratio: Bool, one: Int, other: Int)] = []
    for (place, category) in categories.enumerated() {
      for (other, name) in categories[..<place].enumerated() where isWanted(category, name) {
        jobs.append((name, category, false, other, place))
      }
      for (other, name) in numbers.enumerated() where isWanted(category, name) {
        jobs.append((name, category, true, other, place))
      }
    }
    let wanted = jobs
    let found = parallelMap(wanted.count) { place -> Double? in
      let job = wanted[place]
      guard !progress.isCancelled, let second = codes[job.other] else { return nil }
      if job.ratio { return CategoryAssociations.correlationRatio(second, columns[job.one]) }
      return codes[job.one].flatMap { CategoryAssociations.cramersV($0, second) }
    }
    do { try progress.checkpoint() } catch { throw .cancelled(error) }
    for (job, value) in zip(wanted, found) {
      set(job.ratio ? .correlationRatio : .cramersV, job.first, job.second, value)
    }
  }

  private mutating func measureRanks(
    _ names: [String], _ columns: [Column], _ label: String?, _ progress: Progress
  ) throws(AssociationFailure) {
    do {
      if let label {
        guard let place = names.firstIndex(of: label) else { return }
        for other in names.indices where other != place {
          let found = try RankCorrelations([columns[place], columns[other]]).all(progress)
          set(.spearman, label, names[other], found[1][0])
          let scales = [label, names[other]].compactMap { name in members.first { $0.name == name }?.scale }
          var sums = try CorrelationSums(scales)
          // try? is safe: being cancelled is told by the caller's checkpoint.
          guard (try? sums.add([columns[place], columns[other]], progress)) != nil else { return }
          sums.finish()
          set(.pearson, label, names[other], sums.correlation(0, 1))
        }
        return
      }
      let found = try RankCorrelations(columns).all(progress)
      for first in found.indices {
        for (second, value) in found[first].enumerated() { set(.spearman, names[first], names[second], value) }
      }
    } catch { throw .memory(error) }
  }

  /// Pearson's correlations from sums over all rows.
  public mutating func set(_ sums: CorrelationSums) {
    let names = members.filter { $0.kind == .number }.map(\.name)
    for first in names.indices {
      for second in 0..<first { set(.pearson, names[first], names[second], sums.correlation(first, second)) }
    }
  }
}

/// Why associations are not known.
public enum AssociationFailure: Error, Sendable {
  case memory(OutOfMemory)
  case cancelled(Cancelled)
}
