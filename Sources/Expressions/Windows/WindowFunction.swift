import Tables

/// Functions of a row that read the rows around it, in an order that is stated, within a part of the rows that agree in some columns.
/// No model contains one: what they give is a column of the rows at hand.
///
/// The raw value is the name in scripts.
public enum WindowFunction: String, Sendable, Hashable, CaseIterable {
  /// 1, 2, 3 …
  case rowNumber = "row_number"
  /// 1 and how many rows come before; rows that are equal in the order share it.
  case rank
  /// 1 and how many different ones come before.
  case denseRank = "dense_rank"
  /// The number of one of n parts of nearly equal size, the larger ones first.
  case ntile
  /// The cell n rows before, and n rows behind.
  case lag, lead
  /// The cell less the one n rows before.
  case diff
  // Of the last n rows, this one included.
  case rollingMean = "rolling_mean"
  case rollingSum = "rolling_sum"
  case rollingMin = "rolling_min"
  case rollingMax = "rolling_max"
  case rollingSd = "rolling_sd"
  // Of all rows up to this one.
  case cumSum = "cum_sum"
  case cumMean = "cum_mean"
  case cumMin = "cum_min"
  case cumMax = "cum_max"
  case cumCount = "cum_count"

  /// The function of that name.
  public static func named(_ name: String) -> WindowFunction? { WindowFunction(rawValue: name) }

  /// How many arguments it takes.
  public var arity: ClosedRange<Int> {
    switch self {
    case .rowNumber, .rank, .denseRank: 0...0
    case .ntile, .cumSum, .cumMean, .cumMin, .cumMax, .cumCount: 1...1
    case .lag, .lead, .diff: 1...2
    case .rollingMean, .rollingSum, .rollingMin, .rollingMax, .rollingSd: 2...3
    }
  }

  /// The place of the first argument that is a whole number from 1 up, written as a literal; nil where there is none.
  public var firstCount: Int? {
    switch self {
    case .ntile: 0
    case .lag, .lead, .diff, .rollingMean, .rollingSum, .rollingMin, .rollingMax, .rollingSd: 1
    case .rowNumber, .rank, .denseRank, .cumSum, .cumMean, .cumMin, .cumMax, .cumCount: nil
    }
  }

  /// The type of the result for arguments of these types; nil where it does not take them.
  public func result(_ types: [ColumnType]) -> ColumnType? {
    guard arity.contains(types.count), !types.contains(.vector) else { return nil }
    if let firstCount, types.dropFirst(firstCount).contains(where: { $0 != .int }) { return nil }
    guard let first = types.first else { return .int }
    let isNumber = first.isNumeric || first == .bool
    switch self {
    case .rowNumber, .rank, .denseRank, .ntile, .cumCount: return .int
    case .lag, .lead: return first
    case .diff: return first == .text || first == .bool ? nil : Function.subtract.result([first, first])
    case .rollingMean, .rollingSd, .cumMean: return isNumber ? .float : nil
    case .rollingSum, .cumSum: return isNumber ? (first == .float ? .float : .int) : nil
    case .rollingMin, .rollingMax, .cumMin, .cumMax: return first.isNumeric || first.isTemporal ? first : nil
    }
  }

  /// The numbers of rows among its arguments: how far back, over how many, of which so many at least hold a value. nil where one is no
  /// literal from 1 up, or more are to hold a value than there are.
  public func counts(_ arguments: [Expression]) -> [Int]? {
    guard let firstCount else { return [] }
    var counts: [Int] = []
    for argument in arguments.dropFirst(firstCount) {
      guard case .literal(.int(let value)) = argument, value >= 1, value <= Int64(Int32.max) else { return nil }
      counts.append(Int(value))
    }
    return counts.count == 2 && counts[1] > counts[0] ? nil : counts
  }
}
