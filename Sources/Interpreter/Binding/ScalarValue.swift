import Diagnostics
import Expressions
import Tables

extension Binder {
  /// The value of a term without columns, computed by the evaluator that computes rows; nil after a failure, or while a
  /// part of it is unknown.
  mutating func scalar(_ term: Term, at range: SourceRange) -> Scalar? {
    switch term {
    case .row(let row): return value(of: row, at: range).map(Scalar.cell)
    case .missing: return .cell(.missing)
    case .list(let items):
      let scalars = items.compactMap { scalar($0, at: range) }
      return scalars.count == items.count ? .list(scalars) : nil
    case .record(let fields):
      let scalars = fields.compactMap { field in scalar(field.value, at: range).map { Scalar.Field(field.name, $0) } }
      return scalars.count == fields.count ? .record(scalars) : nil
    case .range(let low, let high):
      guard let low = scalar(low, at: range), let high = scalar(high, at: range) else { return nil }
      return .range(low, high)
    case .function(let name): return .function(name)
    case .value(let value):
      _ = fail(.wrongType, "\(value.kind) is no number, text or list", at: range)
      return nil
    case .unknown: return nil
    }
  }

  private mutating func value(of row: RowTerm, at range: SourceRange) -> Tables.Cell? {
    if case .literal(let cell) = row.expression { return cell }
    if row.expression.isFitted {
      _ = fail(
        .wrongType, "a statistic over rows needs a table", at: range, label: "it stands in derive, filter or validate")
      return nil
    }
    do throws(ExpressionError) {
      let compiled = try CompiledExpression(row.expression)
      let cell = compiled.evaluate(row: [], compiled.makeScratch())
      if cell == .missing { tellOfNoValue(row.expression, at: range) }
      return cell
    } catch {
      _ = fail(error, at: range)
      return nil
    }
  }
}
