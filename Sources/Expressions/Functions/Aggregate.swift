import Tables

/// Statistics over the rows at hand. Missing cells are skipped; with no value at all the statistic is missing (a count is 0, `any`
/// is false, `all` is true).
///
/// The raw value is the name in scripts.
public enum Aggregate: String, Sendable, Hashable, CaseIterable {
  /// `count()`: the rows; `count(x)`: the cells that hold a value.
  case count
  case sum, mean, median, min, max
  /// The sample standard deviation (n − 1).
  case sd
  /// The sample variance (n − 1).
  case `var`
  /// `quantile(x, q)`, q a literal from 0 to 1; between two values it interpolates.
  case quantile
  /// The most frequent value; of several the smallest.
  case mode
  case countDistinct = "count_distinct"
  /// The first value that is not missing.
  case first
  /// The last value that is not missing.
  case last
  case countMissing = "count_missing"
  case any, all
  /// Pearson's r over the rows where both have a value.
  case correlation

  /// The aggregate of that name. `min` and `max` name row functions too: one argument aggregates, two or more are per row.
  public static func named(_ name: String) -> Aggregate? { Aggregate(rawValue: name) }

  /// How many arguments it takes.
  public var arity: ClosedRange<Int> {
    switch self {
    case .count: 0...1
    case .quantile, .correlation: 2...2
    case .sum, .mean, .median, .min, .max, .sd, .var, .mode, .countDistinct, .first, .last, .countMissing, .any, .all:
      1...1
    }
  }

  /// The type of the statistic for arguments of these types; nil where it does not take them.
  public func result(_ types: [ColumnType]) -> ColumnType? {
    guard arity.contains(types.count), !types.contains(.vector) else { return nil }
    let areNumbers = types.allSatisfy { $0.isNumeric || $0 == .bool }
    switch self {
    case .count, .countDistinct, .countMissing: return .int
    case .sum: return areNumbers ? (types == [.float] ? .float : .int) : nil
    case .mean, .median, .sd, .var, .correlation: return areNumbers ? .float : nil
    case .quantile: return areNumbers && types[1].isNumeric ? .float : nil
    case .min, .max, .mode, .first, .last: return types[0]
    case .any, .all: return types[0] == .bool ? .bool : nil
    }
  }
}
