import Diagnostics
import Expressions
import Tables

extension Binder {
  /// Says why an expression without columns is missing, where a computation in it has no value.
  mutating func tellOfNoValue(_ expression: Expression, at range: SourceRange) {
    guard let part = Settled(expression).withoutValue else { return }
    sink.report(.noValue, severity: .warning, "\(part.words), so it is missing", at: range)
  }
}

/// A computation whose operands all have a value, and which has none.
private struct WithoutValue {
  let function: Function
  let operands: [Cell]
  let expression: Expression

  var words: String {
    let shown = expression.display
    switch function {
    case .divide, .floorDivide, .mod: return "\(shown) divides by zero"
    case .log, .log2, .log10: return "\(shown): a logarithm is of a number above 0"
    case .log1p: return "\(shown): the logarithm of 1 + x is of a number above -1"
    case .sqrt: return "\(shown): a square root is of a number from 0 up"
    case .asin, .acos: return "\(shown): it is of a number from -1 to 1"
    case .number, .int, .float, .bool, .date, .datetime:
      if case .text? = operands.first { return "\(shown): the text is no \(expression.type.rawValue)" }
      return beyond(shown)
    case .add, .subtract, .multiply, .negate, .abs, .exp, .expm1, .sinh, .cosh, .round, .floor, .ceil, .trunc, .epoch:
      return beyond(shown)
    case .power, .pow: return isTooLarge ? beyond(shown) : "\(shown) is no real number"
    default: return "\(shown) has no value"
    }
  }

  private var isTooLarge: Bool {
    guard operands.count == 2, let base = operands[0].number, let exponent = operands[1].number else { return true }
    return base >= 0 || exponent == exponent.rounded()
  }

  private func beyond(_ shown: String) -> String {
    switch expression.type {
    case .int: "\(shown) is beyond the whole numbers, which end at \(Int64.max)"
    case .float: "\(shown) is beyond the largest number, \(Double.greatestFiniteMagnitude)"
    default: "\(shown) is beyond the calendar"
    }
  }
}

/// An expression computed part by part.
private struct Settled {
  private var cell = Cell.missing
  /// The innermost computation that has no value, and made the whole missing.
  private(set) var withoutValue: WithoutValue?

  init(_ expression: Expression) {
    switch expression {
    case .literal(let cell): self.cell = cell
    case .call(let function, let arguments): compute(function, arguments)
    case .column, .missing, .aggregate, .window: break
    }
  }

  private mutating func compute(_ function: Function, _ arguments: [Expression]) {
    let parts = arguments.map { Settled($0) }
    let literals = zip(parts, arguments).map { part, argument in
      part.cell == .missing ? Expression.missing(argument.type) : .literal(part.cell)
    }
    let expression = Expression.call(function, literals)
    do throws(ExpressionError) {
      let compiled = try CompiledExpression(expression)
      cell = compiled.evaluate(row: [], compiled.makeScratch())
    } catch {
      return
    }
    guard cell == .missing else { return }
    if function == .ifElse, parts.count == 3 {
      withoutValue = parts[0].withoutValue ?? parts[parts[0].cell == .bool(true) ? 1 : 2].withoutValue
    } else if let inner = parts.lazy.compactMap(\.withoutValue).first {
      withoutValue = inner
    } else if parts.allSatisfy({ $0.cell != .missing }) {
      withoutValue = WithoutValue(function: function, operands: parts.map(\.cell), expression: expression)
    }
  }
}
