import Diagnostics
import Expressions
import Language

extension FlowWalker {
  /// `age.isna()` typed alone, which reads as the value `age` and a stage: where `age` is a column, taken as the condition or the value
  /// that the method gives. False for any other flow.
  mutating func walk(methodOfColumn pipeline: Pipeline) -> Bool {
    guard pipeline.elements.count == 2, case .stage(let base) = pipeline.elements[0], base.isBare,
      case .stage(let method) = pipeline.elements[1], vocabulary[base.verb.text] == nil,
      environment.scope[base.verb.text] == nil, environment.last.schema?.facts(of: base.verb.text) != nil
    else { return false }
    let values = method.arguments.compactMap { if case .positional(let value) = $0.kind { value } else { nil } }
    guard values.count == method.arguments.count else { return false }
    let call = Call(method.verb, [Expr(.name(base.verb.text), at: base.range)] + values)
    let isFunction = Callable.named(call.function.text, arity: call.arguments.count) != nil
    guard let kind = ForeignCall.mended(call) ?? (isFunction ? .call(call) : nil),
      let stage = stage(overColumns: Expr(kind))
    else { return false }
    let range = base.range.union(method.range)
    sink.report(
      .otherLanguage, "'\(base.verb.text)' is a column, and values have no methods", at: range,
      rewrite: Rewrite(range, stage))
    return true
  }
}
