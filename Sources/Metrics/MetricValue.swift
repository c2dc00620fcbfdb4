import Plan

/// What a metric says of answers.
public enum MetricValue: Sendable, Hashable {
  case value(Double)
  /// A mean over some of the classes, because the others have no value of their own; the reason is that of one of them.
  case partial(Double, classes: Int, of: Int, Undefined)
  /// There is no value, and why.
  case undefined(Undefined)

  /// nil where it is undefined.
  public var number: Double? {
    switch self {
    case .value(let number), .partial(let number, _, _, _): number
    case .undefined: nil
    }
  }

  /// Why it, or a class of it, has no value.
  public var reason: Undefined? {
    switch self {
    case .value: nil
    case .partial(_, _, _, let reason), .undefined(let reason): reason
    }
  }

  /// A quotient that may be nothing over nothing.
  static func of(_ number: Double?, else reason: @autoclosure () -> Undefined) -> MetricValue {
    number.map(MetricValue.value) ?? .undefined(reason())
  }

  /// The mean over the classes, each with its weight, that have a value. The reason is that of a class which rows are of, if there
  /// is one.
  static func mean(
    _ values: [(value: Double?, weight: Double)], else reason: (_ place: Int) -> Undefined
  ) -> MetricValue {
    var (sum, weights, count) = (0.0, 0.0, 0)
    var lacking: Undefined?
    for (place, entry) in values.enumerated() {
      if let value = entry.value {
        sum += value * entry.weight
        weights += entry.weight
        count += 1
      } else if lacking?.isOfTheRows ?? true {
        let found = reason(place)
        if lacking == nil || !found.isOfTheRows { lacking = found }
      }
    }
    guard let lacking else { return .value(sum / weights) }
    return count == 0 ? .undefined(lacking) : .partial(sum / weights, classes: count, of: values.count, lacking)
  }
}
