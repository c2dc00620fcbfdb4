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

/// What is to be learned.
public enum Target: Sendable, Equatable {
  /// A number a row.
  case numbers([Double])
  /// A class a row as a code in 0 ..< count, in the order of the model's classes.
  case classes([Int32], count: Int)

  public var count: Int {
    switch self {
    case .numbers(let values): values.count
    case .classes(let codes, _): codes.count
    }
  }

  /// 0 for numbers.
  public var classCount: Int { if case .classes(_, let count) = self { count } else { 0 } }

  /// The targets of `rows`, in that order.
  public func take(_ rows: [Int]) -> Target {
    switch self {
    case .numbers(let values): .numbers(rows.map { values[$0] })
    case .classes(let codes, let count): .classes(rows.map { codes[$0] }, count: count)
    }
  }
}

/// The features of some rows, column by column, with what is to be learned.
public struct DesignMatrix: Sendable {
  public let features: [DesignFeature]
  /// One array per feature, each as long as there are rows.
  public let columns: [[Double]]
  public let rowCount: Int
  public let target: Target

  /// Columns and target must be of one length.
  public init(features: [DesignFeature], columns: [[Double]], target: Target) {
    precondition(features.count == columns.count, "a column per feature")
    precondition(columns.allSatisfy { $0.count == target.count }, "features and target differ in length")
    self.features = features
    self.columns = columns
    self.target = target
    rowCount = target.count
  }

  /// The design of `rows`, in that order. O(rows × features).
  public func take(_ rows: [Int]) -> DesignMatrix {
    DesignMatrix(
      features: features, columns: columns.map { column in rows.map { column[$0] } }, target: target.take(rows))
  }
}
