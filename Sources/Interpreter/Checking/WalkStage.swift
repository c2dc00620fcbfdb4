import Diagnostics
import Language
import Notation
import Plan

extension FlowWalker {
  /// A verb with its arguments, a verb made by `define`, or, standing bare, a value.
  mutating func walk(_ stage: Language.Stage, isFirst: Bool, isAlone: Bool) {
    let name = stage.verb.text
    if let verb = vocabulary[name] {
      plan(stage, verb)
    } else if let defined = environment.definedVerb(name, before: callers.last?.order ?? .max) {
      expand(defined, stage)
    } else if stage.isBare, isFirst, environment.namedTypes[name] != nil {
      recall(name, isAlone: isAlone, at: stage.range)
    } else if stage.isBare, isAlone, showDefinition(name, at: stage.range) {
      return
    } else {
      walk(unknown: stage)
    }
  }

  private mutating func showDefinition(_ name: String, at range: SourceRange) -> Bool {
    if let function = environment.scope.function(named: name), environment.scope[name] == nil {
      performer.show(
        definition: "let \(function.signature) = \(ExpressionPrinter.text(function.body))", at: range)
      return true
    }
    guard environment.scope[name] != nil else { return false }
    var own = DiagnosticSink()
    performer.show(Expr(.name(name), at: range).scalar(environment.scope, &own), at: range)
    report(own.diagnostics)
    return true
  }

  // MARK: Planning

  private mutating func plan(_ stage: Language.Stage, _ verb: any Verb.Type) {
    let place = enter(verb, stage)
    var own = DiagnosticSink()
    let (ready, recovered) = ready(stage, verb, place, &own)
    report(own.diagnostics, stage: place, words: SyntaxPrinter.text(stage))
    if let ready { finish(ready, stage) } else { environment.setLast(recovered) }
  }

  /// The stage, planned on what reaches it: nil where it is not sound, with the type of what it would have given.
  mutating func ready(
    _ stage: Language.Stage, _ verb: any Verb.Type, _ place: String?, _ own: inout DiagnosticSink
  ) -> (stage: ReadyStage?, recovered: ValueType) {
    let arguments = StageArguments(
      verb.description, companions: verb.companions(of: stage.arguments), scope: environment.scope,
      namedTypes: environment.namedTypes, promisedFiles: environment.promisedFiles)
    let call = arguments.read(stage, &own)
    let subject = subject(of: verb, stage, &own)
    var planned: PlannedStage?
    if let call, let subject { planned = verb.plan(call, subject.type, &own) }
    if let call, subject == nil { reportMethods(of: call, verb, &own) }
    var ready: ReadyStage?
    if let call, let subject, let planned, !subject.isAssumed, !own.hasErrors, mayWrite(planned, &own) {
      var checked = ReadyStage(
        verb: verb, call: call, planned: planned, subject: subject.type, takesSubject: subject.isLast, place: place,
        number: environment.flow?.stages)
      if let exposed = exposed(checked, words: SyntaxPrinter.text(stage), &own) {
        checked.exposes = exposed
        ready = checked
      }
      for warning in planned.warnings { own.report(warning) }
    }
    return (ready, subject?.recovered(verb, stage, planned) ?? verb.recovered(stage.arguments, .unknown))
  }

  /// What is wrong with the algorithms of a stage that has nothing to work on: told in the same round.
  private func reportMethods(of call: VerbCall, _ verb: any Verb.Type, _ own: inout DiagnosticSink) {
    var trial = DiagnosticSink()
    _ = verb.plan(call, .assumed(for: verb.subjects), &trial)
    for told in trial.diagnostics where told.code == .unknownMethod { own.report(told) }
  }

  /// Has a stage performed.
  mutating func finish(_ ready: ReadyStage, _ stage: Language.Stage) {
    var own = DiagnosticSink()
    environment.note(ready.planned)
    let places = ready.planned.writes.compactMap { WorkingFolder.place(of: $0.path) }
    let written = environment.writtenFiles
    let type = written.noting(places) { performer.perform(ready, &own) }
    if Swift.type(of: performer).goesOnAfterFailure { environment.promisedFiles.formUnion(places) }
    report(own.diagnostics, stage: ready.place, words: SyntaxPrinter.text(stage))
    if case .scalar? = type { return }
    environment.setLast(type ?? .unknown, performer.lastMeaning, by: SyntaxPrinter.text(stage))
  }

  /// Counts the stage into its flow, and gives its place there.
  mutating func enter(_ verb: any Verb.Type, _ stage: Language.Stage) -> String? {
    let line = source.position(of: stage.range.start).line
    let begins = !verb.subjects.contains(environment.last.subjectKind) && verb.subjects.contains(.nothing)
    if begins || environment.flow == nil {
      environment.flow = Environment.Flow(line: line, stages: 1)
    } else if callers.isEmpty {
      environment.flow?.stages += 1
    }
    if standsAlone { return nil }
    return environment.flow.map { "stage \($0.stages) of the flow that starts at line \($0.line)" }
  }

  /// What the verb works on; nil after reporting that it does not work on what there is.
  private func subject(
    of verb: any Verb.Type, _ stage: Language.Stage, _ sink: inout DiagnosticSink
  ) -> StageSubject? {
    let last = environment.last.subject
    if case .unknown = last, verb.subjects != [.nothing] {
      return StageSubject(type: .assumed(for: verb.subjects), isLast: true, isAssumed: true)
    }
    if verb.subjects.contains(last.subjectKind) {
      if case .nothing = last { return StageSubject(type: .nothing, isLast: false) }
      return StageSubject(type: last, isLast: true)
    }
    if verb.subjects.contains(.nothing) { return StageSubject(type: .nothing, isLast: false) }
    reportSubject(verb, stage, &sink)
    return nil
  }

  private func reportSubject(_ verb: any Verb.Type, _ stage: Language.Stage, _ sink: inout DiagnosticSink) {
    let name = verb.description.name
    let kinds = SubjectKind.allCases.filter(verb.subjects.contains)
    let words = kinds.map(\.withArticle).joined(separator: " or ")
    let makers = kinds.compactMap(\.maker).filter { vocabulary[$0] != nil && $0 != name }
    let isUnlabelled = environment.last.schema.map { $0.label == nil } ?? true
    let first = makers == ["split"] && isUnlabelled ? ", after `label`," : ""
    let made = makers.isEmpty ? [] : ["\(makers.map { "`\($0)`" }.joined(separator: " or "))\(first) gives one"]
    if case .nothing = environment.last {
      sink.report(.noSubject, "'\(name)' takes \(words), and there is no value yet", at: stage.verb.range, help: made)
    } else {
      let earlier = kinds.compactMap(environment.wayBack) + named(kinds, for: stage)
      sink.report(
        .wrongSubject, "'\(name)' takes \(words), and the last value is \(environment.last.subject.word)",
        at: stage.verb.range, help: earlier.isEmpty ? made : earlier)
    }
  }

  /// The named values that the verb works on. Behind a model that has learned, a table from before its label is not what is split.
  private func named(_ kinds: [SubjectKind], for stage: Language.Stage) -> [String] {
    let isModel = environment.last.subjectKind == .model
    let names = environment.namedTypes.filter { name, type in
      name != "_" && kinds.contains(type.subjectKind)
        && !(isModel && stage.verb.text == "split" && type.schema?.label == nil)
    }.keys.sorted()
    return names.prefix(3).map {
      ScriptText.code("\(SyntaxPrinter.name($0)) |> \(words(of: stage, on: $0))") + " takes that value"
    }
  }

  /// The stage as it is written, on a named value: that value as its argument gives way to the table at hand.
  private func words(of stage: Language.Stage, on name: String) -> String {
    var stage = stage
    if case .positional(let value)? = stage.arguments.first?.kind, case .name(name) = value.kind {
      let table = environment.namedTypes.keys.sorted().first { environment.namedTypes[$0]?.subjectKind == .table }
      let source = environment.last.schema?.name ?? table
      guard environment.last.subjectKind == .table, let source, source != name else {
        stage.arguments.removeFirst()
        return SyntaxPrinter.text(stage)
      }
      stage.arguments[0] = Argument(.positional(Expr(.name(source))))
    }
    return SyntaxPrinter.text(stage)
  }
}

extension Environment {
  /// Where the last value of a kind is to be had; nil where there was none before the one at hand.
  fileprivate func wayBack(_ kind: SubjectKind) -> String? {
    guard let stage = takenBy[kind] else { return nil }
    let before = "the last \(kind.rawValue) is from before \(ScriptText.code(stage))"
    return keepsFiles
      ? "\(before), and `:undo` goes back to it" : "\(before): this stage stands there, or `as` names it there"
  }
}

extension ValueType {
  /// The kind that a verb's `subjects` name; a look is what it looked at, and an unknown value is nothing.
  public var subjectKind: SubjectKind {
    switch subject {
    case .nothing, .unknown, .look: .nothing
    case .table: .table
    case .split: .split
    case .model: .model
    case .service: .service
    case .scalar: .scalar
    }
  }
}

extension SubjectKind {
  var withArticle: String { self == .nothing ? "nothing" : "a \(rawValue)" }

  /// The verb that makes one.
  fileprivate var maker: String? {
    switch self {
    case .table: "load"
    case .split: "split"
    case .model: "train"
    case .service: "serve"
    case .nothing, .scalar: nil
    }
  }
}
