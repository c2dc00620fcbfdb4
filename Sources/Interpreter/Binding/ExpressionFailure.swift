import Diagnostics
import Expressions

extension Binder {
  /// Reports what is wrong with an expression whatever the rows: its patterns, units and parts that must be literal.
  mutating func check(_ expression: Expression, at range: SourceRange) {
    do throws(ExpressionError) { try expression.check() } catch { _ = fail(error, at: range) }
  }

  mutating func fail(_ error: ExpressionError, at range: SourceRange) -> Term {
    switch error {
    case .wrongTypes(let function, let types):
      return fail(
        .wrongType, "'\(function.rawValue)' does not take \(types.map(\.rawValue).joined(separator: " and "))",
        at: range)
    case .badPattern(let pattern, let offset, let message):
      return fail(
        .badPattern, "the pattern r\"\(pattern.prefix(60))\" goes wrong at character \(offset + 1): \(message)",
        at: range)
    case .noSuchGroup(let pattern, let group):
      return fail(.badPattern, "the pattern r\"\(pattern.prefix(60))\" has no group \(group)", at: range)
    case .notLiteral(let function, let argument):
      return fail(
        .wrongType, "argument \(argument + 1) of '\(function.rawValue)' has to be a literal", at: range,
        label: function.description.signature)
    case .badUnit(let unit):
      return fail(
        .badOption, "'\(unit)' is no unit here", at: range,
        label: "\"year\", \"quarter\", \"month\", \"week\", \"day\", \"hour\", \"minute\" or \"second\"")
    case .badFormat(let format):
      return fail(.badOption, "the date format \"\(format)\" has a part that is not known", at: range)
    case .badZone(let zone):
      return fail(
        .badOption, "\"\(zone)\" is no offset from UTC", at: range, label: "as in \"+01:00\", all year round")
    case .badConvention(let decimal, let group):
      return fail(
        .badOption, "no number is written with decimal \"\(decimal)\" and group \"\(group)\"", at: range,
        label: "decimal is \".\" or \",\"; group another of them, a blank, \"'\" or \"_\"")
    case .notFitted(let aggregate):
      return fail(.wrongType, "'\(aggregate.rawValue)' is a statistic over rows and needs a table", at: range)
    case .badAggregate(let aggregate):
      return fail(
        .wrongType, "'\(aggregate.rawValue)' does not take these arguments", at: range,
        label: aggregate.description.signature)
    case .notOrdered(let function): return fail(aroundRows: function, at: range)
    case .badWindow(let function):
      return fail(
        .wrongType, "'\(function.rawValue)' does not take these arguments", at: range,
        label: function.description.signature)
    case .conflictingColumn(let name):
      return fail(.wrongType, "'\(name)' is read with two types", at: range)
    case .tooLarge: return tooLarge(at: range)
    }
  }

  /// A function of the rows around where a row stands alone.
  mutating func fail(aroundRows function: WindowFunction, at range: SourceRange) -> Term {
    fail(
      .unsupported, "'\(function.rawValue)' reads the rows around, and here each row stands alone", at: range,
      label: "make a column of it first",
      help: ["`derive NAME = \(function.description.signature), order: COLUMN` before this stage"])
  }
}
