import Descriptions
import Expressions
import Kernels
import Plan
import Tables

/// When a number of a column counts as an outlier.
public struct OutlierRule: Sendable, Hashable {
  public enum Method: String, ChoiceValue {
    /// Further from the quartiles than `k` times their distance (Tukey, Exploratory Data Analysis, 1977).
    case iqr
    /// Further from the mean than `k` standard deviations.
    case z
    /// Further from the median than `k` times 1.4826 of the median distance from it, which is the standard deviation of normal numbers
    /// (Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993).
    case mad

    /// What is usual.
    public var k: Double {
      switch self {
      case .iqr: 1.5
      case .z: 3
      case .mad: 3.5
      }
    }
  }

  /// The median distance of a normal number from its mean is the 1/1.4826th part of the standard deviation.
  private static let normalDistance = 1.482_602_218_505_602

  public let method: Method
  public let k: Double

  public init(_ method: Method, k: Double) {
    self.method = method
    self.k = k
  }

  var words: String { "method: \(method.rawValue), k: \(Int64(exactly: k).map { "\($0)" } ?? "\(k)")" }

  /// The fences of a column by the rows of a table, in which it is a column of numbers. Throws `interrupted`.
  func fences(
    of column: String, in table: Table, _ progress: Progress
  ) throws(EngineError) -> Fences {
    guard let cells = table[column] else { throw EngineError(.column(.unknown(column))) }
    guard cells.type.isNumeric else {
      throw EngineError(.column(.wrongType(column, cells.type, for: .cleaning("outliers"))))
    }
    let count = cells.count - cells.missingCount
    let centre = Centre(of: .column(column, cells.type), table, progress)
    guard count > 0 else { return Fences(.noValue) }
    guard let (low, high, spread) = try bounds(centre, count) else { return Fences(.tooFew(count)) }
    // Most columns of counts are the same in the middle: that would make all others outliers.
    guard spread > 0 else { return Fences(.noSpread) }
    return Fences(low: low, high: high, of: cells.type)
  }

  /// The fences and what they are a multiple of; nil where so few numbers cannot lie outside.
  private func bounds(
    _ centre: Centre, _ count: Int
  ) throws(EngineError) -> (low: Double, high: Double, spread: Double)? {
    switch method {
    case .iqr:
      guard let first = try centre.quantile(0.25), let third = try centre.quantile(0.75) else { return nil }
      let spread = third - first
      return (first - k * spread, third + k * spread, spread)
    case .z:
      // The furthest that one of n numbers can be from their mean is (n - 1) / √n standard deviations.
      let furthest = Double(count - 1) / Double(count).squareRoot()
      guard furthest > k, let mean = try centre.mean() else { return nil }
      // One past the largest number has no fences.
      let sd = try centre.sd() ?? .infinity
      return (mean - k * sd, mean + k * sd, sd)
    case .mad:
      guard let median = try centre.median(), let distance = try centre.median(distanceFrom: median) else { return nil }
      let spread = distance * Self.normalDistance
      return (median - k * spread, median + k * spread, spread)
    }
  }
}

/// Statistics of one column of numbers.
private struct Centre {
  private let value: Expression
  private let table: Table
  private let progress: Progress

  init(of value: Expression, _ table: Table, _ progress: Progress) {
    self.value = value
    self.table = table
    self.progress = progress
  }

  func mean() throws(EngineError) -> Double? { try settled(.aggregate(.mean, [value])) }
  func sd() throws(EngineError) -> Double? { try settled(.aggregate(.sd, [value])) }
  func median() throws(EngineError) -> Double? { try settled(.aggregate(.median, [value])) }

  func quantile(_ part: Double) throws(EngineError) -> Double? {
    try settled(.aggregate(.quantile, [value, .literal(.float(part))]))
  }

  func median(distanceFrom centre: Double) throws(EngineError) -> Double? {
    let distance = Expression.call(.abs, [.call(.subtract, [value, .literal(.float(centre))])])
    return try settled(.aggregate(.median, [distance]))
  }

  private func settled(_ statistic: Expression) throws(EngineError) -> Double? {
    if case .literal(let cell) = try statistic.settled(on: table, progress) { return cell.number }
    return nil
  }
}
