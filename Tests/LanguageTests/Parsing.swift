import Diagnostics
import Language

/// A text parsed, with what was reported.
struct Parsed {
  let source: SourceFile
  let program: Program
  let diagnostics: [Diagnostic]

  init(_ text: String) {
    source = SourceFile(name: "test.mlp", text: text)
    var sink = DiagnosticSink()
    program = Parser.parse(source, &sink)
    diagnostics = sink.diagnostics
  }

  var codes: [String] { diagnostics.map(\.code.rawValue) }

  /// Each diagnostic as `code line:column label`.
  var summaries: [String] {
    diagnostics.map { diagnostic in
      let place = diagnostic.range.map { source.position(of: $0.start) } ?? (line: 0, column: 0)
      return "\(diagnostic.code.rawValue) \(place.line):\(place.column)"
    }
  }
}

/// The expression that a text holds, fully parenthesised by `SyntaxShape`; nil if it does not parse.
func shape(_ text: String) -> String? {
  var sink = DiagnosticSink()
  return Parser.expression(SourceFile(name: "", text: text), &sink).map(shape)
}

/// An expression as nested parentheses, so that a test sees how it was grouped.
func shape(_ expression: Expr) -> String {
  switch expression.kind {
  case .literal(let literal): SyntaxPrinter.text(literal)
  case .name(let name): name
  case .list(let items): "[" + items.map(shape).joined(separator: " ") + "]"
  case .record(let entries): "{" + entries.map { $0.key.text + ":" + shape($0.value) }.joined(separator: " ") + "}"
  case .unary(let sign, let operand): "(\(sign.rawValue) \(shape(operand)))"
  case .binary(let sign, let left, let right): "(\(sign.rawValue) \(shape(left)) \(shape(right)))"
  case .range(let low, let high): "(.. \(shape(low)) \(shape(high)))"
  case .call(let call):
    call.function.text + "("
      + (call.arguments.map(shape) + call.options.map { $0.key.text + ":" + shape($0.value) }).joined(separator: " ")
      + ")"
  case .member(let base, let member): "(. \(shape(base)) \(member.text))"
  case .conditional(let condition, let then, let otherwise):
    "(if \(shape(condition)) \(shape(then)) \(shape(otherwise)))"
  }
}
