import Diagnostics
import Language

extension Expr {
  /// The column that `Lot.Frontage`, which reads as a figure of a value, is the name of; nil where there is none.
  func dottedColumn(_ columns: ColumnScope) -> String? {
    guard case .member = kind, let name = dottedName, case .known = columns[name] else { return nil }
    return name
  }
}

extension DiagnosticSink {
  /// A column's name that has to stand in back quotes.
  mutating func report(dotted name: String, at range: SourceRange) {
    report(
      .otherLanguage, "a name with a dot stands in back quotes", at: range,
      rewrite: Rewrite(range, SyntaxPrinter.name(name)))
  }
}
