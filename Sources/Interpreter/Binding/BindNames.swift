import Diagnostics
import Expressions
import Language
import Notation
import Tables

extension Binder {
  /// A name that is not called: inside a let its parameters and the lets before it, in a row expression a column, a let,
  /// a param or a named value.
  mutating func bind(name: String, at range: SourceRange) -> Term {
    if let frame = frames.last { return bind(name: name, inside: frame, at: range) }
    let entry = scope.value(name)
    switch columns?[name] ?? .absent {
    case .known(let type):
      guard let entry else { return .row(RowTerm(.column(name, type), type)) }
      return fail(
        .ambiguousName, "'\(name)' is a column and a \(Self.word(entry.origin))", at: range,
        label: "which one is meant?", help: ["give the \(Self.word(entry.origin)) another name"])
    case .open: return entry.map { term($0.meaning) } ?? .unknown
    case .absent: return entry.map { term($0.meaning) } ?? functionOrFailure(name, at: range)
    }
  }

  private mutating func bind(name: String, inside frame: Frame, at range: SourceRange) -> Term {
    if let argument = frame.arguments[name] { return argument }
    if let entry = scope.value(name, before: frame.function.order) { return term(entry.meaning) }
    if scope.function(name, before: frame.function.order) != nil { return .function(name) }
    let known = frame.function.parameters + scope.valueNames
    return fail(
      .unknownName, "no parameter or let '\(name)' in \(frame.function.signature)", at: range,
      label: NearestName.hint(name, in: known),
      help: ["a let sees its parameters and the lets before it, never columns: hand the column over as an argument"])
  }

  private static func word(_ origin: Scope.Origin) -> String { origin == .named ? "named value" : origin.rawValue }

  func term(_ meaning: Scope.Meaning) -> Term {
    switch meaning {
    case .scalar(let scalar): Term(scalar)
    case .value(let value): .value(value)
    case .unknown: .unknown
    }
  }

  private mutating func functionOrFailure(_ name: String, at range: SourceRange) -> Term {
    if scope.function(name) != nil { return .function(name) }
    let text = "a text stands in double quotes: \"\(name)\""
    guard let columns else {
      let hint = NearestName.hint(name, in: scope.valueNames) ?? callHint(name)
      return fail(
        .unknownName, "no let, param or value '\(name)'", at: range, label: hint,
        help: ["no columns are in sight here: only lets, params and named values"] + (hint == nil ? [text] : []))
    }
    let vector = Self.vectorHint(name, columns)
    let near = vector == nil ? didYouMean(name, among: columns.names + scope.valueNames) : nil
    return fail(
      .unknownColumn, "no column '\(name)' in \(columns.tableName)", at: range,
      label: vector ?? near.map(NearestName.question),
      help: columnHelp(columns) + (vector == nil && near == nil ? [text] : []),
      rewrite: near.map { Rewrite(range, SyntaxPrinter.name($0)) })
  }

  /// A function that is not called.
  private func callHint(_ name: String) -> String? {
    Callable.named(name, arity: 1).map { "a function is called: \($0.description.signature)" }
  }

  /// `plan_gold`, where `plan` is a vector column shown as one column for each of its words.
  static func vectorHint(_ name: String, _ columns: ColumnScope) -> String? {
    for column in columns.names where columns[column] == .known(.vector) && name.hasPrefix(column + "_") {
      let word = name.dropFirst(column.count + 1)
      return "'\(column)' is one vector column: before encoding it, derive \(word) = \(column) == \"\(word)\""
    }
    return nil
  }

  private func columnHelp(_ columns: ColumnScope) -> [String] {
    columns.names.isEmpty ? [] : ["columns: \(listed(columns.names)); `schema` lists them"]
  }

  // MARK: Members

  /// `report.auc`, or a key of a record.
  mutating func bind(_ member: Name, of base: Expr) -> Term {
    if frames.isEmpty, let columns, let first = base.firstName, scope[first] == nil,
      let dotted = Expr(.member(base, member)).dottedColumn(columns)
    {
      sink.report(dotted: dotted, at: base.range.union(member.range))
      return .unknown
    }
    if case .name(let name) = base.kind, let hint = columnHint(name, member) {
      let range = base.range.union(member.range)
      let column = SyntaxPrinter.name(member.text)
      return fail(
        .otherLanguage, hint, at: range, label: "write '\(column)'", rewrite: Rewrite(range, column))
    }
    switch bind(base) {
    case .record(let fields):
      if let field = fields.first(where: { $0.name == member.text }) { return field.value }
      return unknownMember(member, of: "this record", among: fields.map(\.name))
    case .value(let value):
      if let figure = value.figures?[member.text] { return Term(figure) }
      guard let names = value.figureNames, !names.contains(member.text) else { return .unknown }
      return unknownMember(member, of: value.kind, among: names)
    case .unknown: return .unknown
    case let other:
      return fail(
        .unknownMember, "\(other.kind) has no figures", at: member.range,
        label: "'.' reads a figure of a named result, as in report.auc")
    }
  }

  private mutating func unknownMember(_ member: Name, of owner: String, among names: [String]) -> Term {
    fail(
      .unknownMember, "no '\(member.text)' in \(owner)", at: member.range,
      label: NearestName.hint(member.text, in: names), help: names.isEmpty ? [] : ["it has \(listed(names, limit: 12))"]
    )
  }

  /// `df.age`: the habit of naming the table before its column.
  private func columnHint(_ name: String, _ member: Name) -> String? {
    guard frames.isEmpty, let columns, columns[member.text] != .absent, columns[name] == .absent else { return nil }
    switch scope[name] {
    case nil: return "no value '\(name)'; a column stands alone"
    case .value(let value)? where value.figures?[member.text] == nil && value.kind.hasSuffix("table"):
      return "a column stands alone, without its table's name"
    default: return nil
    }
  }
}
