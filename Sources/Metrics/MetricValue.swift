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

/// Why a metric has no value for some answers. Classes are codes.
public enum Undefined: Sendable, Hashable {
  case noRows
  /// The metric is one of another task.
  case otherTask
  case noProbabilities
  /// Rows that got no answer.
  case unanswered(rows: Int)
  /// No row is of the class.
  case noRow(of: Int)
  /// No row was given the class.
  case noneGiven(Int)
  /// No row is of the class and none was given it.
  case neither(Int)
  /// All rows are of one class.
  case oneClass(Int)
  /// All rows were given one class.
  case oneAnswer(Int)
  /// The label is one number throughout.
  case constantLabel
  /// The label is 0 in some rows, and is divided by.
  case zeroLabel(rows: Int)
  /// The number is too large to be one.
  case tooLarge

  /// Whether the rows alone decide it: then no model has a value for them, and leaving them out is fair to all.
  public var isOfTheRows: Bool {
    switch self {
    case .noRows, .otherTask, .noRow, .neither, .oneClass, .constantLabel, .zeroLabel: true
    case .noProbabilities, .unanswered, .noneGiven, .oneAnswer, .tooLarge: false
    }
  }

  /// The reason in words for `rows` judged rows; `classes` are the names of the codes.
  public func words(classes: [String], rows: Int) -> String {
    let all = "\(rows) row\(rows == 1 ? "" : "s")"
    func name(_ code: Int) -> String { classes.indices.contains(code) ? "'\(classes[code])'" : "class \(code)" }
    return switch self {
    case .noRows: "there are no rows"
    case .otherTask: "it is not a figure of this kind of label"
    case .noProbabilities: "the model gives no probabilities"
    case .unanswered(let count): "\(count) of \(all) got no answer"
    case .noRow(let code): "no row of \(name(code)) among \(all)"
    case .noneGiven(let code): "none of \(all) was given \(name(code))"
    case .neither(let code): "no row of \(name(code)) among \(all), and none was given it"
    case .oneClass(let code): rows == 1 ? "the only row is of \(name(code))" : "all \(all) are of \(name(code))"
    case .oneAnswer(let code):
      rows == 1 ? "the only row was given \(name(code))" : "all \(all) were given \(name(code))"
    case .constantLabel: rows == 1 ? "there is only one row" : "the label is the same in all \(all)"
    case .zeroLabel(let count): "the label is 0 in \(count) of \(all)"
    case .tooLarge: "the figure is too large for a number"
    }
  }
}
