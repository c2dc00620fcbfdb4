import Diagnostics
import Language
import Plan

/// Goes through a script statement by statement: declares its names, plans each stage on the type that reaches it, and has
/// it performed. Checking and running are this one walk with different performers, so they cannot disagree.
struct FlowWalker<Performer: StagePerformer> {
  let vocabulary: Vocabulary
  let source: SourceFile
  let readScript: ScriptReader
  /// `name=value` of the command line.
  var overrides: [String: String] = [:]
  var environment: Environment
  var performer: Performer
  var sink = DiagnosticSink()
  /// The defined verbs whose bodies are being walked, outermost first.
  var callers: [DefinedVerb] = []
  /// How many stages of defined verbs the statement may still have written out.
  var stagesLeft = 0
  /// Whether the source is one statement, of which nobody has to be told where it stands.
  var standsAlone = false
  /// The files that `use` is in the middle of.
  var usePath: [String] = []

  init(
    _ vocabulary: Vocabulary, _ source: SourceFile, _ readScript: @escaping ScriptReader, _ environment: Environment,
    _ performer: Performer
  ) {
    self.vocabulary = vocabulary
    self.source = source
    self.readScript = readScript
    self.environment = environment
    self.performer = performer
  }

  /// Walks one statement; false after a failure.
  mutating func walk(_ statement: Statement) -> Bool {
    stagesLeft = 1000
    let before = sink.errorCount
    if performer.writesReportsOnly {
      walkForReports(statement)
      return sink.errorCount == before
    }
    switch statement.kind {
    case .param(let param): declare(param)
    case .let(let declaration):
      if !walk(verbIn: declaration, at: statement.range) { declare(declaration) }
    case .define(let declaration): declare(declaration)
    case .use(let use): declare(use)
    case .pipeline(let pipeline):
      walk(pipeline)
      return sink.errorCount == before
    case .error: environment.setLast(recovered(statement))
    }
    if sink.errorCount == before { performer.declared(statement) }
    return sink.errorCount == before
  }

  /// What a statement that does not parse would have given, as far as the verb that begins it tells: which names a `derive` would have
  /// made is not known, and neither is what a flow of several stages gives.
  private func recovered(_ statement: Statement) -> ValueType {
    let text = source[statement.range]
    let word = String(text.prefix { $0 == "_" || $0.isLetter || $0.isNumber })
    guard !text.contains("|>"), let verb = vocabulary[word],
      !verb.description.positionals.contains(where: { $0.kind == .derivation })
    else { return .unknown }
    return verb.recovered([], environment.last.subject)
  }

  mutating func walk(_ pipeline: Pipeline) {
    if pipeline.leadingPipe, callers.isEmpty, !performer.writesReportsOnly { checkLeadingPipe(pipeline) }
    if walk(methodOfColumn: pipeline) { return }
    let skipped = isWithoutValue(pipeline) ? 1 : 0
    for (place, element) in pipeline.elements.enumerated().dropFirst(skipped) {
      let before = sink.errorCount
      let isAlone = pipeline.elements.count == 1
      if performer.writesReportsOnly {
        walkForReports(element, isFirst: place == 0 && !pipeline.leadingPipe, isAlone: isAlone)
        continue
      }
      switch element {
      case .expression(let expression): walk(expression, isAlone: isAlone)
      case .stage(let stage): walk(stage, isFirst: place == 0 && !pipeline.leadingPipe, isAlone: isAlone)
      case .naming(let naming): walk(naming)
      }
      if performer.hasStopped || isOver(before) { return }
    }
  }

  /// Whether there was a failure since, after which nothing is performed.
  func isOver(_ errorsBefore: Int) -> Bool {
    sink.errorCount > errorsBefore && !Performer.goesOnAfterFailure && !performer.writesReportsOnly
  }

  private mutating func checkLeadingPipe(_ pipeline: Pipeline) {
    let range = pipeline.elements.first?.range ?? .nowhere
    if environment.isAfterFailure {
      sink.report(
        .afterFailure, "the last line failed, so '|>' would take the value from before it", at: range,
        label: "without '|>' it takes that value")
    } else if case .nothing = environment.last {
      sink.report(.noSubject, "there is no last value for '|>' to take", at: range, label: "begin with load or a name")
    }
  }

  // MARK: Values

  private mutating func walk(_ expression: Expr, isAlone: Bool) {
    if case .name(let name) = expression.kind, environment.namedTypes[name] != nil {
      recall(name, isAlone: isAlone, at: expression.range)
      return
    }
    if walk(verbIn: expression, isAlone: isAlone) || isAlone && walk(memberOfFrame: expression) { return }
    var own = DiagnosticSink()
    let scalar = expression.scalar(environment.scope, &own)
    if case .failed = scalar, isAlone, let stage = stage(overColumns: expression) {
      sink.report(
        .unknownName, "a line alone sees no columns", at: expression.range,
        help: ["in a stage they are seen, a row at a time"], rewrite: Rewrite(expression.range, stage))
      return
    }
    report(own.diagnostics)
    if case .failed = scalar { return }
    guard isAlone else {
      reportScalarSubject(scalar, at: expression.range)
      return
    }
    performer.show(scalar, at: expression.range)
  }

  /// The stage that an expression over the columns of the last value was probably meant as; nil where it is no such expression.
  func stage(overColumns expression: Expr) -> String? {
    guard let schema = environment.last.schema, case .table = environment.last.subject else { return nil }
    var unread = DiagnosticSink()
    let bound = expression.bound(over: ColumnScope(schema), environment.scope, &unread)
    guard case .known(let value) = bound, !value.columns.isEmpty else { return nil }
    let written = SyntaxPrinter.text(expression)
    return value.type == .bool ? "filter \(written)" : "derive result = \(written)"
  }

  private mutating func reportScalarSubject(_ scalar: BoundScalar, at range: SourceRange) {
    let word = if case .known(let known) = scalar { known.typeName } else { "value" }
    sink.report(
      .wrongSubject, "a flow starts from a table, a split, a model or a service, not from a \(word)", at: range)
    environment.setLast(.unknown)
  }

  mutating func recall(_ name: String, isAlone: Bool, at range: SourceRange) {
    if isAlone, !mayShow(name, at: range) { return }
    performer.recall(name, isShown: isAlone, at: range, &sink)
    environment.setLast(environment.namedTypes[name] ?? .unknown, performer.lastMeaning)
    environment.flow = Environment.Flow(line: source.position(of: range.start).line, stages: 0)
  }

  private mutating func walk(_ naming: Naming) {
    let name = naming.name.text
    if case .nothing = environment.last {
      sink.report(.noSubject, "there is no value to name", at: naming.range, label: "begin with load or a name")
      return
    }
    guard mayName(naming.name) else { return }
    let type = performer.name(name, Self.renamed(environment.last, name))
    environment.setLast(type, performer.lastMeaning)
    environment.name(name, type, performer.lastMeaning)
  }

  /// A table carries its name into messages and the prompt.
  private static func renamed(_ type: ValueType, _ name: String) -> ValueType {
    guard case .table(var schema) = type else { return type }
    schema.name = name
    return .table(schema)
  }

  // MARK: Reporting

  /// Takes up what a stage reported, with its place in the flow and in the defined verb whose body it stands in.
  mutating func report(_ diagnostics: [Diagnostic], stage: String? = nil, words: String? = nil) {
    for diagnostic in diagnostics {
      var placed = diagnostic
      placed.stage = placed.stage ?? stage
      if let caller = callers.first {
        // The place told is that of the call, which is not what would be written anew.
        placed.rewrite = nil
        if let words { placed.help.append("in \(caller.name): \(words)") }
      }
      sink.report(placed)
    }
  }
}

extension DiagnosticSink {
  var errorCount: Int { diagnostics.reduce(0) { $0 + ($1.severity == .error ? 1 : 0) } }
}
