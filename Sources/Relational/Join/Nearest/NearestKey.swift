import Descriptions
import Tables

/// What `how: asof` looks up by: the order that rows stand in, and which of its neighbours a row takes.
public struct NearestKey: Sendable {
  public enum Direction: String, ChoiceValue {
    /// The last row that is not after it.
    case backward
    /// The first row that is not before it.
    case forward
    /// The nearer of the two; of two as near the one before.
    case nearest
  }

  /// The column of the table at hand, and that of the other.
  let own: String
  let other: String
  /// The two together.
  public var key: JoinKey { JoinKey(own: own, other: other) }
  let direction: Direction
  /// How far away a row may be: in days for dates, in seconds for moments. nil for any distance.
  let tolerance: Double?

  public init(own: String, other: String, _ direction: Direction, tolerance: Double?) {
    self.own = own
    self.other = other
    self.direction = direction
    self.tolerance = tolerance
  }

  /// Whether a column of that type can be looked up by.
  public static func isOrdered(_ type: ColumnType) -> Bool {
    switch type {
    case .int, .float, .date, .datetime: true
    case .bool, .text, .vector: false
    }
  }
}
