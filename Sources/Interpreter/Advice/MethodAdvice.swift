import Language
import Plan

/// What to write where `impute median` or `impute age` gives a method without columns, or columns without a method.
struct MethodAdvice {
  let methods: [String]
  private let usual: ColumnSelector
  private let schema: RelationSchema

  init(_ methods: [String], _ usual: ColumnSelector, _ schema: RelationSchema) {
    self.methods = methods
    self.usual = usual
    self.schema = schema
  }

  /// Whether what stands alone is a method, or a value to fill in, and no column.
  func isMethod(_ written: Expr) -> Bool {
    switch written.kind {
    case .name(let name): methods.contains(name) && schema.facts(of: name) == nil
    case .literal: true
    default: false
    }
  }

  func text(_ written: Expr) -> String {
    let text = SyntaxPrinter.text(written)
    guard isMethod(written) else { return "\(text) = \(method(for: written))" }
    if case .literal(.text) = written.kind { return "\(ColumnSelector.text.written) = \(text)" }
    return "\(usual.written) = \(text)"
  }

  /// The first method that suits the column: only the most frequent value, where there is that method, does for a text.
  private func method(for written: Expr) -> String {
    if case .name(let name) = written.kind, let type = schema.facts(of: name)?.type, !type.isNumeric,
      methods.contains("mode")
    {
      return "mode"
    }
    return methods.first ?? "…"
  }
}
