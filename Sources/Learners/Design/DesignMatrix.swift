import Plan
import Tables

/// What a learner sees of one place of the feature vector.
public struct DesignFeature: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// A number; missing is not-a-number, if the learner asked for missing values as they are.
    case number
    /// Category codes 0 ..< count as doubles; -1 for a category not seen when the codes were made, not-a-number for missing.
    case category(count: Int)
  }

  /// The column's name, with the category behind it for a one-hot place: `plan=gold`.
  public let name: String
  /// The raw or derived column the place comes from.
  public let column: String
  public let kind: Kind

  public init(name: String, column: String, kind: Kind) {
    self.name = name
    self.column = column
    self.kind = kind
  }
}

/// The features of some rows, column by column, with what is to be learned.
public struct DesignMatrix: Sendable {
  /// One for each place of the feature vector.
  public let features: [DesignFeature]
  /// Columns side by side make up the vector.
  public let columns: [DesignColumn]
  /// The first place of each column.
  public let starts: [Int]
  public let rowCount: Int
  /// nil where nothing is to be learned but the features themselves.
  public let target: LearningTarget?
  /// What learners made of the columns, for the next fit on them.
  let cache = DesignCache()

  /// Columns and target must be of one length, and their places as many as there are features. `rowCount` matters only where there
  /// are neither.
  public init(features: [DesignFeature], columns: [DesignColumn], target: LearningTarget?, rowCount: Int = 0) {
    let rows = target?.count ?? columns.first?.rowCount ?? rowCount
    precondition(features.count == columns.reduce(0) { $0 + $1.width }, "a feature per place")
    precondition(columns.allSatisfy { $0.rowCount == rows }, "features and target differ in length")
    self.features = features
    self.columns = columns
    self.target = target
    self.rowCount = rows
    var next = 0
    starts = columns.map { column in
      defer { next += column.width }
      return next
    }
  }

  /// A column of numbers, or of codes as numbers, for each feature.
  public init(features: [DesignFeature], columns: [[Double]], target: LearningTarget?) {
    precondition(features.count == columns.count, "a column per feature")
    self.init(
      features: features,
      columns: zip(features, columns).map { feature, values in
        switch feature.kind {
        case .number: DesignColumn(feature.column, numbers: values)
        case .category(let count): DesignColumn(feature.column, .category(count: count), codes: values.map(Self.code))
        }
      }, target: target)
  }

  private static func code(_ value: Double) -> Int32 {
    value.isNaN ? DesignColumn.missingCode : Int32(exactly: value) ?? DesignColumn.unseenCode
  }

  /// Every place as numbers, one-hot columns as zeros and ones. O(rows × places) in time and memory.
  var densePlaces: [[Double]] {
    columns.flatMap { column -> [[Double]] in
      guard case .oneHot(let count) = column.kind, let codes = column.codes else { return [column.numbers] }
      var places = [[Double]](repeating: [Double](repeating: 0, count: codes.count), count: count)
      for (row, code) in codes.enumerated() where code >= 0 { places[Int(code)][row] = 1 }
      return places
    }
  }

  /// The feature vector of one row.
  public func vector(ofRow row: Int) -> [Double] {
    columns.flatMap { column -> [Double] in
      var value = 0.0
      guard case .oneHot(let count) = column.kind, let codes = column.codes else {
        column.read(row..<row + 1, into: &value)
        return [value]
      }
      return (0..<count).map { codes[row] == Int32($0) ? 1 : 0 }
    }
  }
}
