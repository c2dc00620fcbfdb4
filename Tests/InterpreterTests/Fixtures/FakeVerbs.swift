import Descriptions
import Diagnostics
import Display
import Expressions
import Interpreter
import Kernels
import Language
import Plan
import Tables

/// Verbs with no more in them than checker and session need to be tried.
let fakeVocabulary = Vocabulary(
  [
    FakeLoad.self, FakeFilter.self, FakeDerive.self, FakeImpute.self, FakeDrop.self, FakeProfile.self, FakeSplit.self,
    FakeTrain.self, FakeFail.self, FakeRequire.self, FakeShow.self, FakeExport.self,
  ],
  families: [HelpCatalogue.Family("algorithms", singular: "algorithm", fakeAlgorithms)])

let fakeAlgorithms = [
  Description(
    name: "boost", summary: "Trees, each fitted on the errors of those before it", group: "Trees",
    parameters: [
      Parameter<Tunable<Int>>("depth", "levels of a tree", default: .fixed(6), .within(1, 30)),
      Parameter<Tunable<Double>>("learning_rate", "share of each tree", default: .fixed(0.1), .between(0, 1)),
    ], otherNames: ["xgboost"], otherOptions: ["max_depth": "depth"]),
  Description(
    name: "logistic", summary: "A linear model of the log-odds", group: "Linear",
    parameters: [Parameter<Tunable<Double>>("c", "inverse of the penalty", default: .fixed(1), .above(0))]),
]

/// An executor that no fake verb asks.
struct NoExecutor: Executor {
  func rows(_ relation: Relation, _ progress: Progress) throws(EngineError) -> Collected {
    Collected(table: try base(relation, progress), notes: [])
  }

  func table(_ relation: Relation, columns: Set<String>?, _ progress: Progress) throws(EngineError) -> Table {
    try rows(relation, progress).rows.table(columns, progress)
  }

  func baseRows(_ relation: Relation, _ progress: Progress) throws(EngineError) -> Rows {
    .whole(try base(relation, progress))
  }

  func collect(
    _ progress: Progress, _ make: (_ keep: (Table) throws(EngineError) -> Void) throws(EngineError) -> Void
  ) throws(EngineError) -> Rows {
    throw EngineError(.subject(.wrong(.table)))
  }

  func base(_ relation: Relation, _ progress: Progress) throws(EngineError) -> Table {
    guard case .source(let source, _, _) = relation.origin else {
      throw EngineError(.subject(.wrong(.table)))
    }
    do throws(SourceError) { return try source.read(columns: nil, progress).table } catch {
      throw EngineError(error)
    }
  }
}

func relation(_ table: Table, named name: String) throws(EngineError) -> Relation {
  let source = MemorySource(name: name, table: table)
  return Relation(source: source, declared: source.declaredSchema())
}

func table(of value: Value?) throws(EngineError) -> Table {
  guard case .table(let relation)? = value else { throw EngineError(.subject(.wrong(.table))) }
  return try NoExecutor().base(relation, Progress())
}

struct FakeLoad: Verb {
  static let description = Description(
    name: "load", summary: "Read a table", group: "Get", signature: "→ Table",
    positionals: [Positional("source", .source, "where it is", minimum: 1)],
    parameters: [
      Parameter<String>("delimiter", "between fields", default: ","),
      Parameter<RawValue>("types", "types by column", otherwise: "what a sample tells"),
    ], otherNames: ["read_csv"])
  static let subjects: Set<SubjectKind> = [.nothing]

  static func recovered(_ arguments: [Argument], _ subject: ValueType) -> ValueType { .unknown }

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard let name = call.text(at: 0, &sink) else { return nil }
    if name == "later" {
      return PlannedStage(result: .table(RelationSchema(name: name, isOpen: true))) { (_, _) throws(EngineError) in
        Outcome(.table(try relation(People.table, named: name)))
      }
    }
    guard name == "people" else {
      sink.report(.fileNotFound, "cannot read '\(name)'", at: call.positionals.first?.range)
      return nil
    }
    return PlannedStage(result: .table(People.schema)) { (_, _) throws(EngineError) in
      Outcome(.table(try relation(People.table, named: name)), [.note("3 rows")])
    }
  }
}

struct FakeFilter: Verb {
  static let description = Description(
    name: "filter", summary: "Keep rows", group: "Shape", signature: "Table → Table",
    positionals: [Positional("condition", .condition, "true for rows to keep", minimum: 1)], otherNames: ["where"])
  static let subjects: Set<SubjectKind> = [.table, .split]

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard let schema = subject.schema, call.conditions(in: schema, &sink) != nil else { return nil }
    return PlannedStage(result: subject) { (value, _) throws(EngineError) in
      Outcome(try require(value))
    }
  }
}

/// A typed stand-in for the testing macro of that name.
private func require(_ value: Value?) throws(EngineError) -> Value {
  guard let value else { throw EngineError(.subject(.wrong(.look))) }
  return value
}

struct FakeDerive: Verb {
  static let description = Description(
    name: "derive", summary: "Make columns", group: "Shape", signature: "Table → Table",
    positionals: [Positional("column", .derivation, "made or changed", minimum: 1, maximum: nil)])
  static let subjects: Set<SubjectKind> = [.table]

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard var schema = subject.schema, let made = call.derivations(in: schema, &sink) else { return nil }
    for one in made { schema.set(one.name.text, ColumnFacts(type: one.expression?.type, origins: [one.name.text])) }
    let name = schema.name
    return PlannedStage(result: .table(schema)) { (value, _) throws(EngineError) in
      var rows = try table(of: value)
      for one in made {
        guard let expression = one.expression, let compiled = try? CompiledExpression(expression),
          let run = try? compiled.evaluate(
            compiled.inputs.compactMap { rows[$0.name] }, rowCount: rows.rowCount, Progress())
        else { throw EngineError(.column(.unknown(one.name.text))) }
        rows = rows.with(one.name.text, run.column)
      }
      return Outcome(.table(try relation(rows, named: name)))
    }
  }
}

struct FakeImpute: Verb {
  static let methods = ["mean", "median", "mode", "knn"]
  static let description = Description(
    name: "impute", summary: "Fill missing cells", group: "Features", signature: "Table → Table",
    positionals: [Positional("target", .method(methods), "what to fill", minimum: 1, maximum: nil)],
    parameters: [Parameter<Bool>("flag", "whether to add a column that tells", default: false)],
    examples: [Example("the median of numbers", "load people\nimpute numeric() = median\n")], otherNames: ["fillna"])
  static let subjects: Set<SubjectKind> = [.table, .split]

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard let schema = subject.schema,
      call.methods(methods, allowsValues: true, usual: .numeric, in: schema, &sink) != nil
    else { return nil }
    return PlannedStage(result: subject, words: call.wordsInFull(description)) { (value, _) throws(EngineError) in
      Outcome(try require(value))
    }
  }
}

struct FakeDrop: Verb {
  static let description = Description(
    name: "drop", summary: "Forget columns", group: "Shape", signature: "Table → Table",
    positionals: [Positional("columns", .columns, "to forget", minimum: 1, maximum: nil)])
  static let subjects: Set<SubjectKind> = [.table]

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard var schema = subject.schema, let names = call.columns(in: schema, &sink) else { return nil }
    for column in names { schema.remove(column) }
    let name = schema.name
    return PlannedStage(result: .table(schema)) { (value, _) throws(EngineError) in
      let rows = try table(of: value)
      return Outcome(.table(try relation(rows.select(rows.names.filter { !names.contains($0) }), named: name)))
    }
  }
}

struct FakeProfile: Verb {
  static let description = Description(
    name: "profile", summary: "Look at columns", group: "Look", signature: "Table → Look")
  static let subjects: Set<SubjectKind> = [.table]
  static let onlyLooks = true

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    let type = LookType(kind: "profile", figures: ["rows"], subject: subject)
    return PlannedStage(result: .look(type)) { (value, _) throws(EngineError) in
      let rows = try table(of: value).rowCount
      let look = Look(
        kind: "profile", subject: try require(value), display: .note("\(rows) rows"),
        figures: [Look.Figure("rows", .cell(.int(Int64(rows))))])
      return Outcome(.look(look), [look.display])
    }
  }
}

struct FakeSplit: Verb {
  static let description = Description(
    name: "split", summary: "Draw parts", group: "Split", signature: "Table → Split",
    parameters: [
      Parameter<Double>("train", "share", default: 0.8, .between(0, 1)),
      Parameter<String>("stratify", "a column", otherwise: "none", meaning: .column),
    ])
  static let subjects: Set<SubjectKind> = [.table]

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard let schema = subject.schema else { return nil }
    if call.options.values["stratify"] != nil, call.column(option: "stratify", in: schema, &sink) == nil { return nil }
    let type = SplitType(schema: schema, hasValid: false, hasTest: true, foldCount: 0)
    return PlannedStage(result: .split(type)) { (_, _) throws(EngineError) in
      throw EngineError(.rows(.emptyPart("test", .row, share: 0.2)))
    }
  }
}

struct FakeTrain: Verb {
  static let description = Description(
    name: "train", summary: "Fit an algorithm", group: "Train", signature: "Split → Model",
    positionals: [Positional("algorithm", .algorithm, "to fit", minimum: 1)],
    parameters: [Parameter<Int>("trials", "of the search", default: 20, .atLeast(1))], otherNames: ["fit"])
  static let subjects: Set<SubjectKind> = [.split]

  static func companions(of arguments: [Argument]) -> [Description] {
    let names = VerbCall.algorithmNames(arguments).map(\.text)
    return fakeAlgorithms.filter { names.contains($0.name) }
  }

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard call.algorithms(fakeAlgorithms, &sink) != nil, case .split(let split) = subject else { return nil }
    let type = ModelType(name: "m", labelName: "member", task: .binary, inputs: nil, split: split)
    return PlannedStage(result: .model(type), additions: ["impute numeric() = median"]) { (_, _) throws(EngineError) in
      throw EngineError(.fitting(.noFeature([])))
    }
  }
}

struct FakeFail: Verb {
  static let description = Description(
    name: "fail", summary: "Fail while running", group: "Look", signature: "Table → Table",
    parameters: [Parameter<Bool>("cell", "whether at a cell", default: false)])
  static let subjects: Set<SubjectKind> = [.table]

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    let atCell = call.options.values["cell"] == .bool(true)
    return PlannedStage(result: subject) { (_, _) throws(EngineError) in
      if atCell {
        let reason = SourceError.Reason.badCell(row: 10_480, column: "age", text: "forty", type: .int, others: 2)
        throw EngineError(SourceError(source: "customers.csv", reason: reason, line: 10_482))
      }
      throw EngineError(.rows(.tooFewForFoldCount(3, .row, folds: 5)))
    }
  }
}

struct FakeRequire: Verb {
  static let description = Description(
    name: "require", summary: "Hold figures to a bound", group: "Judge", signature: "Table → Look",
    positionals: [Positional("condition", .metricCondition, "to be met", minimum: 1, maximum: nil)])
  static let subjects: Set<SubjectKind> = [.table]

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard let conditions = call.metricConditions(["rows"], &sink) else { return nil }
    return PlannedStage(result: subject) { (value, _) throws(EngineError) in
      let rows = try table(of: value).rowCount
      let failed = conditions.first { !$0.holds(Double(rows)) }
      return Outcome(
        try require(value), [.note("checked")],
        failure: failed.map { condition in
          let requirement = Requirement(
            metric: condition.metric, comparison: condition.comparison.rawValue, bound: condition.bound)
          return EngineError(
            .scoring(.unmet([UnmetRequirement(requirement, .value(Double(rows)))], onTest: false)))
        })
    }
  }
}

struct FakeShow: Verb {
  static let description = Description(name: "show", summary: "Show a value", group: "Look", signature: "any → Look")
  static let subjects: Set<SubjectKind> = [.table, .split, .model, .service]
  static let onlyLooks = true

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    PlannedStage(result: subject) { (value, _) throws(EngineError) in
      let subject = try require(value)
      return Outcome(subject, [.text("shown " + subject.summary)])
    }
  }
}

struct FakeExport: Verb {
  static let description = Description(
    name: "export", summary: "Write a file", group: "Deliver", signature: "Table → Table",
    positionals: [Positional("path", .path(.write), "the file", minimum: 1)])
  static let subjects: Set<SubjectKind> = [.table]
  static let writesReports = true

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard let path = call.text(at: 0, &sink) else { return nil }
    let isReport = path.hasSuffix(".html")
    return PlannedStage(result: subject, telling: isReport ? .flow : .nothing) { (value, context) throws(EngineError) in
      let told = context.flow.stages.map { "\($0.place.verb ?? "name") \($0.displays.count)" }
      let look = context.look.map { "\($0.kind) of " } ?? ""
      let report = isReport ? [Display.text(look + told.joined(separator: ", "))] : []
      return Outcome(try require(value), [.note("wrote \(path)")] + report)
    }
  }
}
