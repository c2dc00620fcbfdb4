import Descriptions
import Diagnostics
import Display
import Expressions
import Interpreter
import Language
import Learners
import Plan
import Tables
import Training

/// `label survived` or `label outcome = if score > 3 then "good" else missing`
enum LabelVerb: Verb {
  static let positive = Parameter<RawValue>(
    "positive", "The class that counts as positive", otherwise: "true, 1 or \"yes\", else the rarer class",
    meaning: .valueOfColumn)
  static let fallback = Parameter<RawValue>(
    "default", "The label of rows for which the expression is missing", otherwise: "they have no label")
  static let task = Parameter<String>(
    "task", "Whether an int label is classes or a number to predict",
    otherwise: "text, bool and ints of at most 20 values are classes",
    .oneOf(["classification", "regression"]))

  static let ask = Parameter<Int>(
    "ask", "At the prompt asks for the labels of at most so many rows, of which a model is least sure",
    otherwise: "nothing is asked", .within(1, 100_000))
  static let answers = Parameter<String>(
    "answers", "A file of labels given by hand, which `ask` adds to", otherwise: "with `ask` NAME.answers.csv",
    .notEmpty, meaning: .file(.rows))
  static let classes = Parameter<RawValue>(
    "classes", "Of labels given by hand the classes, as [\"spam\", \"ham\"]", otherwise: "those that the column has")
  static let key = Parameter<String>(
    "key", "The column that tells rows apart in the file of answers",
    otherwise: "rows are told by their number, from 1 in a column `row`", meaning: .column)
  static let columns = Parameter<[String]>(
    "columns", "The columns to show of a row that is asked about", otherwise: "all of them", meaning: .column)

  static let description = Description(
    name: "label", summary: "Choose or make what is to be learned", group: "Label", signature: "Table → Table",
    details: [
      "Rows without a label are left out when the parts are drawn, and `split` counts them. The columns that a made label reads are no features: drop them, or `train` refuses with `label-leak`.",
      "Labelling functions are expressions that give a class or abstain with `missing`. `vote(f, g, …)` takes the class that most of them give, and `weigh(f, g, …)` weighs what each says, or does not say, of the rows of each class, which a label model estimates from where they agree and conflict; where the model makes held-out votes no likelier, it votes. A row without a say, or with a tie, has the `default:`, else no label. What each function covers, where it overlaps with others and where it conflicts with them is shown. The label is settled on the rows at hand, from what the functions say alone.",
      "`label kind, ask: 20, classes: [\"spam\", \"ham\"]` shows rows without a label one after the other, at the prompt, and takes the class that is typed, by its number or its name; `s` skips a row, `u` takes the last answer back and `q` ends. Rows come by chance until each class has a label. From then on a logistic regression learns anew from every answer, its guess is shown, and the row comes next for which its two likeliest classes are nearest to each other. It ends after `ask` answers, or when no row is left; when three guesses in a row agree on all but all rows, that is said.",
      "Each answer is in the file on the disk before the next question, so that an interrupt loses none, and the same line goes on from there. A script asks nothing and reads the file: `answers: \"kinds.csv\"`. Labels given by hand go before those in the column, and stand before `split` and before what is fitted.",
    ],
    positionals: [
      Positional("column", .derivation, "a column, or `name = expression`", minimum: 1)
    ],
    parameters: [positive, fallback, task, ask, answers, classes, key, columns],
    examples: [
      Example("a column", "load titanic\nlabel survived, positive: \"yes\"\nshow"),
      Example(
        "an expression",
        "load wine\nlabel strong = alcohol > 13, positive: true\ndrop alcohol\nprofile"),
      Example(
        "by labelling functions",
        "load penguins\nlet long_billed(x) = if x > 46 then \"Gentoo\" else if x < 40 then \"Adelie\" else missing\nlabel kind = weigh(long_billed(bill_length_mm), if flipper_length_mm > 205 then \"Gentoo\" else \"Adelie\", if bill_depth_mm < 16.5 then \"Gentoo\" else missing), default: \"Adelie\"\nshow"
      ),
    ],
    otherNames: ["target", "set_target", "outcome", "annotate"],
    otherOptions: ["pos_label": "positive", "n": "ask", "id": "key"],
    references: [
      "Settles 2009, Active Learning Literature Survey",
      "Dawid & Skene 1979, Maximum likelihood estimation of observer error-rates using the EM algorithm",
      "Ratner et al. 2016, Data Programming: Creating Large Training Sets, Quickly",
    ])
  static let subjects: Set<SubjectKind> = [.table]

  static func showing(_ call: VerbCall, _ planned: PlannedStage) -> ColumnNeeds {
    guard call.options.has(ask), let columns = call.options[columns] else { return planned.needs }
    return .columns(Set(columns + [call.options[key]].compactMap { $0 }))
  }

  /// A label of that name, whatever it is made of.
  static func recovered(_ arguments: [Argument], _ subject: ValueType) -> ValueType {
    guard case .table(var schema) = subject else { return .unknown }
    var name = "label"
    for argument in arguments {
      switch argument.kind {
      case .positional(let value): if case .name(let column) = value.kind { name = column }
      case .assignment(let target, _): if case .name(let column) = target.kind { name = column }
      case .option: break
      }
    }
    schema.set(name, ColumnFacts(type: nil, origins: []))
    schema.label = LabelSpec(name: name, positive: nil, origins: [])
    return .table(schema)
  }

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard let schema = subject.schema, let argument = call.arguments.first else { return nil }
    guard optionsSuit(argument, call, &sink) else { return nil }
    switch argument.kind {
    case .positional(let value):
      if AnsweredLabel.isAsked(call), case .name(let name) = value.kind {
        return AnsweredLabel.plan(Name(name, at: value.range), schema, call, &sink)
      }
      return plan(column: value, schema, subject, call, &sink)
    case .assignment(let target, let value):
      guard case .name(let name) = target.kind else {
        sink.report(.unexpectedArgument, "'label' makes one column", at: argument.range)
        return nil
      }
      return plan(name, made: value, schema, subject, call, &sink)
    case .option: return nil
    }
  }

  /// Whether what is said of labels given by hand is said of such.
  private static func optionsSuit(_ argument: Argument, _ call: VerbCall, _ sink: inout DiagnosticSink) -> Bool {
    let isMade = if case .assignment = argument.kind { true } else { false }
    let own: [any AnyParameter] = [ask, answers, classes, key, columns]
    let given = own.filter { call.options.values[$0.name] != nil }.map(\.name)
    guard let first = given.first, isMade || !AnsweredLabel.isAsked(call) else { return true }
    sink.report(
      .badOption, "'\(first)' is of labels given by hand" + (isMade ? ", and this one is made" : ""),
      at: call.optionRanges[first],
      label: isMade ? "`label NAME, \(first): …` on a line of its own" : "it goes with `ask` or `answers`")
    return false
  }

  private static func plan(
    column value: Expr, _ schema: RelationSchema, _ subject: ValueType, _ call: VerbCall, _ sink: inout DiagnosticSink
  ) -> PlannedStage? {
    switch value.kind {
    case .member, .literal(.text): if call.columns(value, in: schema, &sink) == nil { return nil }
    default: break
    }
    guard case .name(let name) = value.kind else {
      sink.report(
        .unexpectedArgument, "'label' takes a column, or a name for an expression", at: value.range,
        label: "write label outcome = \(SyntaxPrinter.text(value))")
      return nil
    }
    guard call.column(Name(name, at: value.range), in: schema, &sink) != nil else { return nil }
    call.note(option: positive.name, of: name, in: schema, &sink)
    let origins = schema.facts(of: name)?.origins ?? [name]
    return recording([], spec(name, origins, call), subject, call, &sink)
  }

  private static func plan(
    _ name: String, made value: Expr, _ schema: RelationSchema, _ subject: ValueType, _ call: VerbCall,
    _ sink: inout DiagnosticSink
  ) -> PlannedStage? {
    if let (way, written) = CombineFunctions.way(value, call.scope) {
      return plan(name, way, written, schema, subject, call, &sink)
    }
    switch call.expression(value, in: schema, &sink) {
    case .failed: return nil
    case .open: return open(name, schema, call)
    case .known(let expression):
      guard let settled = withDefault(expression, call, &sink) else { return nil }
      let facts = schema.facts(reading: settled.columns, type: settled.type)
      let derive = Derive(name, settled, words: "label \(name) = \(SyntaxPrinter.text(value))")
      // A label that replaces a column of its own name stands for that column's origin.
      return recording(
        [.feature(derive)], spec(name, facts.origins.union(schema.facts(of: name)?.origins ?? []), call), subject, call,
        &sink)
    }
  }

  /// A label of columns that are not known before the script runs.
  private static func open(_ name: String, _ schema: RelationSchema, _ call: VerbCall) -> PlannedStage {
    var next = schema
    next.set(name, ColumnFacts(type: nil, origins: [name]))
    next.label = spec(name, [name], call)
    return call.open(.table(next))
  }

  /// A label that labelling functions make.
  private static func plan(
    _ name: String, _ way: CombineFunctions.Way, _ written: Call, _ schema: RelationSchema, _ subject: ValueType,
    _ call: VerbCall, _ sink: inout DiagnosticSink
  ) -> PlannedStage? {
    switch CombineFunctions.read(name, way, written, call, schema, otherwise: call.options[fallback]?.cell, &sink) {
    case .failed: return nil
    case .open: return open(name, schema, call)
    case .known(let functions):
      let facts = schema.facts(reading: functions.step.reads, type: nil)
      let spec = spec(name, facts.origins.union(schema.facts(of: name)?.origins ?? []), call)
      let planned = PlannedStage.settling([.feature(functions.step), .label(spec)], on: subject, call, &sink) {
        relation, context throws(EngineError) in
        let (step, shown) = try functions.settled(relation, context)
        return ([.feature(step), .label(spec)], shown)
      }
      return planned.map { told($0, spec) }
    }
  }

  private static func withDefault(
    _ expression: Expressions.Expression, _ call: VerbCall, _ sink: inout DiagnosticSink
  ) -> Expressions.Expression? {
    guard let raw = call.options[fallback], let cell = raw.cell else { return expression }
    let filled = Expressions.Expression.call(.coalesce, [expression, .literal(cell)])
    guard Function.coalesce.result([expression.type, cell.type ?? expression.type]) != nil else {
      sink.report(
        .wrongType, "the label is \(expression.type) and its default is \(raw)", at: call.optionRanges["default"])
      return nil
    }
    return filled
  }

  private static func spec(_ name: String, _ origins: Set<String>, _ call: VerbCall) -> LabelSpec {
    LabelSpec(
      name: name, positive: call.options[positive]?.cell, origins: origins,
      task: call.options[task].flatMap(LabelTask.init(rawValue:)) ?? .auto)
  }

  private static func recording(
    _ steps: [Step], _ spec: LabelSpec, _ subject: ValueType, _ call: VerbCall, _ sink: inout DiagnosticSink
  ) -> PlannedStage? {
    guard let planned = PlannedStage.recording(steps + [.label(spec)], on: subject, call, &sink) else { return nil }
    return told(planned, spec)
  }

  /// The stage with what there is to say of the label that it gives.
  private static func told(_ planned: PlannedStage, _ spec: LabelSpec) -> PlannedStage {
    PlannedStage(result: planned.result, needs: planned.needs.union(.columns([spec.name]))) {
      value, context throws(EngineError) in
      let outcome = try planned.run(value, context)
      guard case .table(let relation) = outcome.value else { return outcome }
      let notes = try notes(relation, spec, context)
      return notes.isEmpty ? outcome : Outcome(outcome.value, outcome.displays + [.notes(notes)])
    }
  }

  /// What there is to say of a label. Throws where it cannot be learned.
  static func notes(
    _ relation: Relation, _ spec: LabelSpec, _ context: RunContext
  ) throws(EngineError) -> [Note] {
    guard let column = try relation.statistics(of: spec.name, context) else { return [] }
    let encoding = try LabelEncoding(column, spec)
    let missing = column.column.missingCount
    return [Note(encoding.note.words(for: encoding.label.name))]
      + (missing == 0 ? [] : [Note(missing == 1 ? "1 row has no label" : "\(missing) rows have no label")])
  }
}
