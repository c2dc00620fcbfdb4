import Expressions
import Tables

/// What an expression of the language stands for once its names are resolved.
indirect enum Term: Sendable {
  /// One value a row.
  case row(RowTerm)
  /// A bare `missing`, whose type its neighbours give.
  case missing
  case list([Term])
  case record([(name: String, value: Term)])
  case range(Term, Term)
  /// A let with parameters that is named and not called.
  case function(String)
  case value(Scope.NamedValue)
  /// Failed and reported, or not known before it runs: nothing more is said about it.
  case unknown

  /// With its article, for messages.
  var kind: String {
    switch self {
    case .row(let row): row.type.rawValue
    case .missing: "missing"
    case .list: "a list"
    case .record: "a record"
    case .range: "a range"
    case .function: "a function"
    case .value(let value): value.kind
    case .unknown: "unknown"
    }
  }

  var isUnknown: Bool { if case .unknown = self { true } else { false } }

  /// The type of one value a row; nil for a bare missing and for what is no such value.
  var type: ColumnType? { if case .row(let row) = self { row.type } else { nil } }

  /// The cell, if it is a literal.
  var literal: Tables.Cell? {
    guard case .row(let row) = self, case .literal(let cell) = row.expression else { return nil }
    return cell
  }

  static func literal(_ cell: Tables.Cell) -> Term {
    cell == .missing ? .missing : .row(RowTerm(.literal(cell), cell.type ?? .float))
  }

  init(_ scalar: Scalar) {
    switch scalar {
    case .cell(let cell): self = .literal(cell)
    case .list(let items): self = .list(items.map(Term.init))
    case .record(let fields): self = .record(fields.map { ($0.name, Term($0.value)) })
    case .range(let low, let high): self = .range(Term(low), Term(high))
    case .function(let name): self = .function(name)
    }
  }
}

/// A bound expression with what is asked of it often: its type, and its measure, which bounds what functions made by
/// `let` can grow to.
struct RowTerm: Sendable {
  let expression: Expression
  let type: ColumnType
  let size: Int
  let height: Int

  init(_ expression: Expression, _ type: ColumnType) {
    self.expression = expression
    self.type = type
    size = 1
    height = 1
  }

  init(_ expression: Expression, _ type: ColumnType, over parts: [RowTerm]) {
    self.expression = expression
    self.type = type
    size = parts.reduce(1) { $0 + $1.size }
    height = 1 + (parts.map(\.height).max() ?? 0)
  }
}
