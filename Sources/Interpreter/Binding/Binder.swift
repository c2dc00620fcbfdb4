import Diagnostics
import Expressions
import Language
import Notation
import Tables

/// Resolves the names and types of an expression, in one pass over its tree.
///
/// A failure is reported once, at its place, and binds as *unknown*, about which everything above it stays silent.
struct Binder {
  /// A function made by `let` whose body is being read.
  struct Frame {
    let function: Scope.Function
    let arguments: [String: Term]
    /// Where the outermost such function is called: the place in the script that has to change. Nil while the function
    /// itself is checked where it is made.
    let callSite: SourceRange?
  }

  /// How deep functions made by `let` may call each other.
  static let deepestCalls = 60
  /// How deep an expression may be once they are written out, so that neither this walk nor a later one ends the stack.
  static let deepestTree = 400
  /// How many parts of expressions one may look at: functions that call others twice double with every level.
  static let mostSteps = 100_000

  let scope: Scope
  /// Nil where no columns are in sight: lets, params, options and the top of a script.
  let columns: ColumnScope?
  var sink: DiagnosticSink
  var frames: [Frame] = []
  private var depth = 0
  private var steps = 0

  init(_ scope: Scope, columns: ColumnScope?, _ sink: DiagnosticSink) {
    self.scope = scope
    self.columns = columns
    self.sink = sink
  }

  mutating func bind(_ expression: Expr) -> Term {
    guard depth < Self.deepestTree, steps < Self.mostSteps else { return tooLarge(at: expression.range) }
    depth += 1
    steps += 1
    defer { depth -= 1 }
    return bindForm(expression)
  }

  private mutating func bindForm(_ expression: Expr) -> Term {
    switch expression.kind {
    case .literal(let literal): bind(literal)
    case .name(let name): bind(name: name, at: expression.range)
    case .list(let items): .list(items.map { bind($0) })
    case .record(let entries): .record(entries.map { ($0.key.text, bind($0.value)) })
    case .unary(let sign, let operand): bind(sign, operand, at: expression.range)
    case .binary(let sign, let left, let right): bind(sign, left, right, at: expression.range)
    case .range(let low, let high): bindRange(low, high)
    case .call(let call): bind(call, at: expression.range)
    case .member(let base, let member): bind(member, of: base)
    case .conditional(let condition, let then, let otherwise):
      bindConditional(condition, then, otherwise, at: expression.range)
    }
  }

  private func bind(_ literal: Literal) -> Term {
    switch literal {
    case .int(let value): .literal(.int(value))
    case .float(let value): value.isFinite ? .literal(.float(value)) : .missing
    case .text(let value): .literal(.text(value))
    case .bool(let value): .literal(.bool(value))
    case .missing: .missing
    case .date(let days): .literal(.date(Int32(clamping: days)))
    case .datetime(let microseconds): .literal(.datetime(microseconds))
    }
  }

  private mutating func bindRange(_ low: Expr, _ high: Expr) -> Term {
    let (lowTerm, highTerm) = (bind(low), bind(high))
    return lowTerm.isUnknown || highTerm.isUnknown ? .unknown : .range(lowTerm, highTerm)
  }

  // MARK: Reporting

  /// Reports an error with what to write instead, if that is known, at the outermost call if it is inside a function made by `let`:
  /// that function may stand in another file, and its arguments are what can be changed here.
  mutating func fail(
    _ code: DiagnosticCode, _ message: String, at range: SourceRange, label: String? = nil, help: [String] = [],
    rewrite: Rewrite? = nil
  ) -> Term {
    guard let site = frames.first?.callSite, let inner = frames.last else {
      sink.report(code, message, at: range, label: label, help: help, rewrite: rewrite)
      return .unknown
    }
    let body = "in \(inner.function.signature) = \(Self.shown(inner.function.body, limit: 80))"
    let own = label.map { [$0] } ?? []
    sink.report(code, message, at: site, help: [body] + own + help)
    return .unknown
  }

  /// The expression as it was written, cut for a message.
  static func shown(_ expression: Expr, limit: Int = 40) -> String {
    // Masked before it is cut: of half an address nobody knows where the password stands.
    let text = Secrets.masked(ExpressionPrinter.text(expression))
    return text.count <= limit ? text : text.prefix(limit - 1) + "…"
  }

  /// Gives the term back unless it has grown past what later walks can bear.
  mutating func bounded(_ row: RowTerm, at range: SourceRange) -> Term {
    row.size <= 50_000 && row.height <= Self.deepestTree ? .row(row) : tooLarge(at: range)
  }

  mutating func tooLarge(at range: SourceRange) -> Term {
    fail(.tooDeep, "this expression grows too large once its lets are written out", at: range)
  }
}
