import Descriptions
import Diagnostics
import Interpreter
import Language
import Notation
import Plan
import Relational
import Tables

/// What a call of `join` asks for, its columns found in both tables.
struct JoinRequest {
  private let kind: JoinKind
  private let keys: [JoinKey]
  private let nearest: NearestKey?
  private let suffix: String
  private let expectation: JoinExpectation
  private let words: String
  private let call: VerbCall

  /// nil after an error, which is reported.
  init?(_ call: VerbCall, _ own: RelationSchema, _ other: RelationSchema, _ sink: inout DiagnosticSink) {
    self.call = call
    kind = call.options.value(JoinVerb.how, else: .left)
    suffix = call.options.value(JoinVerb.suffix, else: "_right")
    expectation = call.options.value(JoinVerb.expect, else: .manyToMany)
    guard Self.optionsSuit(kind, call, &sink) else { return nil }
    let reader = JoinKeyReader(call: call, own: own, other: other)
    guard let on = reader.keys(JoinVerb.on.name, &sink) else { return nil }
    guard !on.isEmpty else {
      reader.reportNoKeys(&sink)
      return nil
    }
    guard kind == .asof else {
      (keys, nearest) = (on, nil)
      words = Self.words(call)
      return
    }
    guard on.count == 1 else {
      sink.report(
        .badOption, "'on' of how: asof is one column, in whose order the nearest row is looked for",
        at: call.optionRanges[JoinVerb.on.name], help: ["columns that have to be equal are named by `by`"])
      return nil
    }
    guard let by = reader.keys(JoinVerb.by.name, &sink) else { return nil }
    keys = by
    nearest = NearestKey(
      own: on[0].own, other: on[0].other, call.options.value(JoinVerb.direction, else: .backward),
      tolerance: call.options[JoinVerb.tolerance])
    words = Self.words(call)
  }

  /// Whether the options are for this kind of join; reports one that is not.
  private static func optionsSuit(_ kind: JoinKind, _ call: VerbCall, _ sink: inout DiagnosticSink) -> Bool {
    let unsuited = kind == .asof ? [JoinVerb.expect.name] : JoinVerb.ofNearest.map(\.name)
    guard let option = unsuited.first(where: { call.optionRanges[$0] != nil }) else { return true }
    sink.report(
      .badOption,
      kind == .asof
        ? "'\(option)' is for keys that are equal, and how: asof takes one row for each"
        : "'\(option)' is for how: asof",
      at: call.optionRanges[option])
    return false
  }

  /// As notes call it: `join weather, on: date, how: inner`.
  private static func words(_ call: VerbCall) -> String {
    let table = call.positionals.first.map(SyntaxPrinter.text) ?? ""
    let options = [JoinVerb.on.name, JoinVerb.how.name, JoinVerb.by.name].compactMap { name in
      call.optionExpressions[name].map { "\(name): \(SyntaxPrinter.text($0))" }
    }
    return (["\(call.verb.text) \(table)"] + options).joined(separator: ", ")
  }

  func join(_ own: RelationSchema, _ other: RelationSchema) -> Join {
    Join(
      kind, on: keys, nearest: nearest, of: own, with: other, suffix: suffix, expecting: expectation, words: words)
  }

  /// Where a refusal of the columns is told.
  func place(of error: EngineError) -> SourceRange {
    let keyRange = call.optionRanges[JoinVerb.on.name]
    switch error.problem {
    case .join(.takenName):
      return call.optionRanges[JoinVerb.suffix.name] ?? call.positionals.first?.range ?? call.range
    case .join(.unlikeKeys), .join(.noKey), .join(.noOrder): return keyRange ?? call.range
    default: return call.range
    }
  }
}

/// Reads `on: date`, `on: [date, station]`, `on: {day: date}`.
struct JoinKeyReader {
  let call: VerbCall
  let own: RelationSchema
  let other: RelationSchema

  /// The keys that an option names, none where it was not given; nil after an error, which is reported.
  func keys(_ option: String, _ sink: inout DiagnosticSink) -> [JoinKey]? {
    guard let written = call.optionExpressions[option] else { return [] }
    let errors = sink.diagnostics.count
    var keys: [JoinKey] = []
    for (own, other) in pairs(written, &sink) {
      guard let key = key(own, other, &sink) else { continue }
      if keys.contains(where: { $0.own == key.own || $0.other == key.other }) {
        sink.report(.duplicateName, "'\(own.text)' is a key twice", at: own.range)
      }
      keys.append(key)
    }
    return sink.diagnostics.count == errors ? keys : nil
  }

  /// The names that are written: of a column of each table.
  private func pairs(_ written: Expr, _ sink: inout DiagnosticSink) -> [(own: Name, other: Name)] {
    switch written.kind {
    case .list(let items): return items.flatMap { pairs($0, &sink) }
    case .record(let entries):
      return entries.compactMap { entry in
        if case .name(let name) = entry.value.kind { return (entry.key, Name(name, at: entry.value.range)) }
        report(entry.value, &sink)
        return nil
      }
    case .binary(.equal, let left, let right):
      guard case .name(let first) = left.kind, case .name(let second) = right.kind else { break }
      sink.report(
        .otherLanguage, "columns of two tables are paired by ':'", at: written.range,
        rewrite: Rewrite(written.range, "{\(ScriptText.key(first)): \(SyntaxPrinter.name(second))}"))
      return []
    default: break
    }
    guard let names = call.columns(written, in: own, &sink) else { return [] }
    return names.map { (Name($0, at: written.range), Name($0, at: written.range)) }
  }

  private func report(_ value: Expr, _ sink: inout DiagnosticSink) {
    if case .literal(.text(let name)) = value.kind, !name.isEmpty {
      sink.report(
        .otherLanguage, "a column stands without quotes", at: value.range,
        rewrite: Rewrite(value.range, SyntaxPrinter.name(name)))
      return
    }
    sink.report(.wrongType, "'\(SyntaxPrinter.text(value))' is no column of \(other.name)", at: value.range)
  }

  private func key(_ own: Name, _ other: Name, _ sink: inout DiagnosticSink) -> JoinKey? {
    let errors = sink.diagnostics.count
    let left = call.column(own, in: self.own, &sink)
    let right = call.column(other, in: self.other, &sink)
    guard sink.diagnostics.count == errors, let left, let right else { return nil }
    if tellsLabel(left) {
      sink.report(
        .labelLeak, "'\(left)' is what the label is made of, and columns that are joined by it would tell the label",
        at: own.range, label: "join before `label`, by a column that is no part of it")
    }
    return JoinKey(own: left, other: right)
  }

  private func tellsLabel(_ column: String) -> Bool {
    guard let label = own.label else { return false }
    return column == label.name || !(own.facts(of: column)?.origins.isDisjoint(with: label.origins) ?? true)
  }

  /// Says that keys are needed, and which there might be.
  func reportNoKeys(_ sink: inout DiagnosticSink) {
    let option = JoinVerb.on.name
    let common = own.names.filter { name in
      guard let one = own.facts(of: name), let second = other.facts(of: name), name != own.label?.name else {
        return false
      }
      guard let type = one.type, let otherType = second.type else { return true }
      return type == otherType || type.isNumeric && otherType.isNumeric
    }
    let names = common.map(SyntaxPrinter.name)
    let written = names.count == 1 ? names[0] : "[" + names.joined(separator: ", ") + "]"
    let table = call.positionals[0]
    sink.report(
      .missingArgument, "'\(call.verb.text)' needs '\(option)': the columns whose cells are equal in both tables",
      at: call.optionRanges[option] ?? call.verb.range,
      help: common.isEmpty
        ? ["\(option): {OWN: OTHER} pairs columns of different names"] : ["both have \(ProblemWords.listed(common))"],
      rewrite: common.isEmpty || call.optionRanges[option] != nil
        ? nil : Rewrite(table.range, "\(SyntaxPrinter.text(table)), \(option): \(written)"))
  }
}
