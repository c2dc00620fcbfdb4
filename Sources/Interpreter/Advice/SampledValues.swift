import Descriptions
import Diagnostics
import Language
import Notation
import Plan

/// Tells of a text that a column is compared with and that a sample of the source does not hold, where it holds one that is nearly the
/// same. A sample need not have all: it is a note, and none is given without a near text.
struct SampledValues {
  private let schema: RelationSchema

  init(_ schema: RelationSchema) { self.schema = schema }

  /// Of every comparison of a column with texts in an expression.
  func note(_ written: Expr, _ sink: inout DiagnosticSink) {
    if case .binary(let sign, let left, let right) = written.kind, sign.comparesTexts {
      if case .name(let column) = left.kind { noteTexts(in: right, of: column, sign, &sink) }
      if case .name(let column) = right.kind { noteTexts(in: left, of: column, sign, &sink) }
    }
    for part in written.kind.children { note(part, &sink) }
  }

  private func noteTexts(in written: Expr, of column: String, _ sign: BinaryOperator, _ sink: inout DiagnosticSink) {
    let items = if case .list(let items) = written.kind { items } else { [written] }
    for item in items {
      guard case .literal(.text(let text)) = item.kind else { continue }
      if sign == .matches {
        guard let whole = Self.wholeText(text) else { continue }
        note(whole, of: column, at: item.range, pattern: true, &sink)
      } else {
        note(text, of: column, at: item.range, &sink)
      }
    }
  }

  /// The one text that a pattern without signs matches, as in `^gold$`.
  private static func wholeText(_ pattern: String) -> String? {
    guard pattern.hasPrefix("^"), pattern.hasSuffix("$"), pattern.count > 2 else { return nil }
    let inner = String(pattern.dropFirst().dropLast())
    return inner.contains { "\\.[]{}()*+?|^$".contains($0) } ? nil : inner
  }

  /// Of one text that stands for a value of a column.
  func note(
    _ text: String, of column: String, at range: SourceRange, pattern: Bool = false, _ sink: inout DiagnosticSink
  ) {
    let known = schema.sampled[column]
    guard !Discretion.isOn, !known.isEmpty, !known.contains(text), let near = didYouMean(text, among: known) else {
      return
    }
    let written = RawValue.text(pattern ? "^\(near)$" : near).description
    sink.report(
      .nearValue, severity: .note, "no '\(column)' among the first rows is \(RawValue.text(text))", at: range,
      label: "did you mean \(written)?", rewrite: Rewrite(range, written))
  }
}

extension VerbCall {
  /// The same of a text that stands for a value of a column, at its place.
  public func note(
    _ text: String, of column: String, at range: SourceRange, in schema: RelationSchema, _ sink: inout DiagnosticSink
  ) {
    SampledValues(schema).note(text, of: column, at: range, &sink)
  }

  /// The same of an option's text, as in `positive: "yes"`.
  public func note(option: String, of column: String, in schema: RelationSchema, _ sink: inout DiagnosticSink) {
    guard case .text(let text)? = options.values[option], let range = optionRanges[option] else { return }
    SampledValues(schema).note(text, of: column, at: range, &sink)
  }
}

extension BinaryOperator {
  fileprivate var comparesTexts: Bool { self == .equal || self == .notEqual || self == .contains || self == .matches }
}
