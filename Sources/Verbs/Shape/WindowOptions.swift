import Descriptions
import Diagnostics
import Expressions
import Interpreter
import Language
import Notation
import Plan
import Relational

/// `by:` and `order:` of `derive`: with them, or with a function such as `lag`, the stage reads the rows around each row.
struct WindowOptions {
  static let by = Parameter<[String]>(
    "by", "Columns whose rows of equal values are a part of their own", otherwise: "all rows are one part",
    meaning: .column)
  static let order = Parameter<Descriptions.RawValue>(
    "order", "Columns that the rows of a part are in order by, `{column: down}` for the greatest first, or `rows`",
    otherwise: "no order", meaning: .column)

  private let call: VerbCall
  private let schema: RelationSchema

  init(_ call: VerbCall, _ schema: RelationSchema) {
    self.call = call
    self.schema = schema
  }

  /// Whether a stage of these derivations reads other rows.
  static func areAsked(_ call: VerbCall, _ derivations: [Derivation]) -> Bool {
    call.options.has(by) || call.options.has(order) || call.optionRanges[by.name] != nil
      || call.optionRanges[order.name] != nil || derivations.contains { $0.expression?.firstWindow != nil }
  }

  /// The stage; nil after reporting an error.
  func plan(_ derivations: [Derivation], _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard case .table = subject else { return refuseSplit(derivations, &sink) }
    let by = call.columns(option: Self.by.name, in: schema, &sink)
    let order = order(&sink)
    guard let by, let order, isSound(derivations, by, order, &sink) else { return nil }
    let known = derivations.compactMap { derivation in
      derivation.expression.map { WindowDerive.Derivation(derivation.name.text, $0, words: derivation.words) }
    }
    if known.count == derivations.count {
      let transform = WindowDerive(known, by: by, order: order)
      guard readsNoLabel(transform.reads, &sink) else { return nil }
      return .transforming(
        by: transform, needs: .all, of: schema, words: call.wordsInFull(DeriveVerb.description), call, &sink)
    }
    var open = schema
    for derivation in derivations {
      let name = derivation.name.text
      open.set(name, ColumnFacts(type: derivation.expression?.type, origins: [name]))
    }
    return call.open(.table(open))
  }

  private func refuseSplit(_ derivations: [Derivation], _ sink: inout DiagnosticSink) -> PlannedStage? {
    let what =
      derivations.lazy.compactMap { $0.expression?.firstWindow }.first.map { "'\($0.rawValue)'" } ?? "this stage"
    sink.report(
      .wrongSubject, "\(what) reads other rows, which may be in another part", at: call.range,
      label: "put it before `split`")
    return nil
  }

  // MARK: The order

  /// The keys, none for that of the rows, nil where none is given; nil altogether after reporting an error.
  func order(_ sink: inout DiagnosticSink) -> [Sort.Key]?? {
    guard let written = call.optionExpressions[Self.order.name] else { return .some(nil) }
    if case .name("rows") = written.kind, schema["rows"] == .absent { return .some([]) }
    let items = if case .list(let items) = written.kind { items } else { [written] }
    var keys: [Sort.Key] = []
    for item in items {
      guard let more = self.keys(item, &sink) else { return nil }
      keys += more
    }
    return .some(keys)
  }

  private func keys(_ item: Expr, _ sink: inout DiagnosticSink) -> [Sort.Key]? {
    switch item.kind {
    case .name(let name), .literal(.text(let name)):
      return call.column(Name(name, at: item.range), in: schema, &sink).map { [Sort.Key($0)] }
    case .record(let entries):
      var keys: [Sort.Key] = []
      for entry in entries {
        guard let column = call.column(entry.key, in: schema, &sink) else { return nil }
        guard case .name(let way) = entry.value.kind, way == "up" || way == "down" else {
          sink.report(.badOption, "'order' goes up or down", at: entry.value.range, label: "{\(column): down}")
          return nil
        }
        keys.append(Sort.Key(column, isDescending: way == "down"))
      }
      return keys
    default:
      sink.report(
        .badOption, "'order' takes columns, not '\(SyntaxPrinter.text(item))'", at: item.range,
        label: "for example order: day, or order: {day: down}")
      return nil
    }
  }

  // MARK: What hangs together

  private func isSound(
    _ derivations: [Derivation], _ by: [String], _ order: [Sort.Key]?, _ sink: inout DiagnosticSink
  ) -> Bool {
    let expressions = derivations.compactMap(\.expression)
    let window = expressions.lazy.compactMap(\.firstWindow).first?.rawValue
    let statistics = expressions.flatMap(\.statistics)
    if order == nil, let name = window ?? statistics.first(where: \.goesByOrder)?.rawValue {
      reportNoOrder(name, &sink)
      return false
    }
    if by.isEmpty, let statistic = statistics.first {
      sink.report(
        .unsupported,
        "'\(statistic.rawValue)' without 'by:' is fitted on the training part, and this stage reads all rows",
        at: call.range, help: ["derive it in a stage of its own, or of parts of the rows with `by: COLUMN`"])
      return false
    }
    guard expressions.count == derivations.count else { return true }
    if window == nil, statistics.isEmpty || by.isEmpty {
      let option = order == nil ? Self.by.name : Self.order.name
      sink.report(
        .badOption, "'\(option)' says nothing here: no expression reads other rows", at: call.optionRanges[option])
      return false
    }
    return true
  }

  private func reportNoOrder(_ name: String, _ sink: inout DiagnosticSink) {
    let times = schema.columns.filter { $0.facts.type?.isTemporal ?? false }.map(\.name)
    let column = times.first.map(ScriptText.name)
    // The option that is not known may be this one: one mistake, one error.
    guard call.optionRanges.keys.allSatisfy({ DeriveVerb.description.parameter($0) != nil }) else { return }
    let written =
      call.arguments.map(SyntaxPrinter.text)
      + call.optionExpressions.sorted { $0.key < $1.key }
      .map { "\($0.key): \(SyntaxPrinter.text($0.value))" }
    let stage =
      ([call.verb.text + " " + written.joined(separator: ", ")] + [column.map { "order: \($0)" } ?? "order: rows"])
      .joined(separator: ", ")
    sink.report(
      .missingArgument, "'\(name)' goes by the order of the rows, and none is stated", at: call.range,
      label: "state it: order: \(column ?? "COLUMN")", help: ["`order: rows` takes the rows as they stand"],
      rewrite: column == nil ? nil : Rewrite(call.range, stage))
  }

  private func readsNoLabel(_ reads: Set<String>, _ sink: inout DiagnosticSink) -> Bool {
    guard let label = schema.label?.name, reads.contains(label) else { return true }
    sink.report(
      .labelLeak, "'\(label)' is the label, and a feature would be made of it", at: call.range,
      label: "derive it before `label`, if what was before is known when it counts")
    return false
  }
}

extension Expression {
  /// The statistics inside.
  fileprivate var statistics: [Aggregate] {
    switch self {
    case .column, .literal, .missing: []
    case .call(_, let arguments), .window(_, let arguments): arguments.flatMap(\.statistics)
    case .aggregate(let aggregate, let arguments): [aggregate] + arguments.flatMap(\.statistics)
    }
  }
}

extension Aggregate {
  fileprivate var goesByOrder: Bool { self == .first || self == .last }
}
