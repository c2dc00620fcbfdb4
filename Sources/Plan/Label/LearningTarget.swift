/// What is to be learned of some rows, with the weight of each.
public struct LearningTarget: Sendable, Equatable {
  public enum Values: Sendable, Equatable {
    /// A number a row.
    case numbers([Double])
    /// A class a row as a code in 0 ..< count, in the order of the model's classes.
    case classes([Int32], count: Int)
  }

  public let values: Values
  /// How much each row counts; nil when all count 1.
  public let weights: [Double]?

  /// `weights`, where there are some, has a place a row.
  public init(_ values: Values, weights: [Double]? = nil) {
    self.values = values
    self.weights = weights
  }

  public static func numbers(_ values: [Double]) -> LearningTarget { LearningTarget(.numbers(values)) }
  public static func classes(_ codes: [Int32], count: Int) -> LearningTarget {
    LearningTarget(.classes(codes, count: count))
  }

  public var count: Int {
    switch values {
    case .numbers(let values): values.count
    case .classes(let codes, _): codes.count
    }
  }

  /// 0 for numbers.
  public var classCount: Int { if case .classes(_, let count) = values { count } else { 0 } }
}
