/// What a parameter's value must meet. Bounds word their own complaint and give a value outside them for tests.
public enum Bounds: Sendable, Hashable {
  case any
  /// low … high, both allowed.
  case within(Double, Double)
  case atLeast(Double)
  case above(Double)
  /// low < value < high.
  case between(Double, Double)
  case oneOf([String])
  case notEmpty

  /// Why the value does not fit, as the end of a sentence that starts with the parameter's name; nil when it fits.
  ///
  /// Of a range to be searched both ends must fit, of a list every element.
  public func complaint(_ value: RawValue) -> String? {
    switch value {
    case .list(let values):
      if case .notEmpty = self { return values.isEmpty ? "must not be empty" : nil }
      return values.lazy.compactMap(complaint).first
    case .range(let low, let high, _): return numberComplaint(low) ?? numberComplaint(high)
    case .call(_, let values, _): return values.lazy.compactMap(complaint).first
    case .int, .float: return value.number.flatMap(numberComplaint)
    case .text(let text), .word(let text): return textComplaint(text)
    default: return nil
    }
  }

  private func numberComplaint(_ value: Double) -> String? {
    let fits =
      switch self {
      case .any, .oneOf, .notEmpty: true
      case .within(let low, let high): low <= value && value <= high
      case .atLeast(let low): value >= low
      case .above(let low): value > low
      case .between(let low, let high): low < value && value < high
      }
    return fits ? nil : "must be \(words), not \(number(value))"
  }

  private func textComplaint(_ text: String) -> String? {
    switch self {
    case .oneOf(let choices): choices.contains(text) ? nil : "must be \(words), not \(text)"
    case .notEmpty: text.isEmpty ? "must not be empty" : nil
    default: nil
    }
  }

  /// The bounds in words: `from 0 to 1`, `at least 1`, `one of gini, entropy`.
  public var words: String {
    switch self {
    case .any: "any value"
    case .within(let low, let high): "from \(number(low)) to \(number(high))"
    case .atLeast(let low): "at least \(number(low))"
    case .above(let low): "above \(number(low))"
    case .between(let low, let high): "between \(number(low)) and \(number(high))"
    case .oneOf(let choices): "one of " + choices.joined(separator: ", ")
    case .notEmpty: "not empty"
    }
  }

  /// A value of the right kind that these bounds refuse; nil when they refuse none.
  public var badValue: RawValue? {
    switch self {
    case .any: nil
    case .within(let low, _), .atLeast(let low): low.isFinite ? whole(low - 1) : nil
    case .above(let low), .between(let low, _): whole(low)
    case .oneOf: .word("no_such_choice")
    case .notEmpty: .text("")
    }
  }

  private func whole(_ value: Double) -> RawValue { Int64(exactly: value).map(RawValue.int) ?? .float(value) }

  private func number(_ value: Double) -> String { Int64(exactly: value).map { "\($0)" } ?? "\(value)" }
}
