import Descriptions
import Diagnostics
import Expressions
import Language
import Notation

extension FlowWalker {
  /// A stage whose verb is not there: tells what is written here, and goes on with what that would give, so that the rest of the
  /// script is checked.
  mutating func walk(unknown stage: Language.Stage) {
    let meant = reportUnknownVerb(stage)
    environment.setLast(meant.map(result) ?? .unknown)
  }

  /// The type that elements would give where the stage stands; nothing is told of them.
  private func result(of elements: [PipelineElement]) -> ValueType {
    guard Performer.goesOnAfterFailure else { return .unknown }
    var trial = self
    trial.sink = DiagnosticSink()
    trial.walk(Pipeline(elements))
    return trial.environment.last
  }

  /// Gives what was probably meant.
  private mutating func reportUnknownVerb(_ stage: Language.Stage) -> [PipelineElement]? {
    let name = stage.verb.text
    if callers.last?.name == name {
      sink.report(.recursion, "'\(name)' uses itself", at: stage.verb.range, label: "a script always ends")
      return nil
    }
    let message = (stage.isBare ? "no verb or value '\(name)'" : "no verb '\(name)'") + notYet(name)
    if stage.isBare, environment.last.schema?.name == name {
      let text = "as \(SyntaxPrinter.name(name))"
      sink.report(
        .unknownVerb, message, at: stage.range, label: "the last value has no name yet: write \(text)",
        rewrite: Rewrite(stage.range, text))
      return [.naming(Naming(stage.verb, at: stage.range))]
    }
    if let mended = habit(of: stage, on: environment.last.subject) {
      sink.report(
        .unknownVerb, message, at: stage.verb.range, label: "here it is \(ScriptText.code(mended.text))",
        rewrite: Rewrite(stage.range, mended.text))
      return mended.elements
    }
    return reportUnknown(stage, message)
  }

  private mutating func reportUnknown(_ stage: Language.Stage, _ message: String) -> [PipelineElement]? {
    let name = stage.verb.text
    // 'summarize' and its like may mean a verb that is there.
    let planned = verb(otherwiseCalled: name) == nil ? PlannedWords.hint(name, .verb) : nil
    let known = vocabulary.names + environment.definedVerbs.map(\.name) + (stage.isBare ? valueNames : [])
    let other = planned == nil ? verb(otherwiseCalled: name)?.name : nil
    let near = planned == nil ? other ?? didYouMean(name, among: known) : nil
    sink.report(
      .unknownVerb, message, at: stage.verb.range,
      label: planned ?? other.map { "here it is '\($0)'" } ?? near.map(NearestName.question) ?? missingQuotes(stage),
      help: ["`help` lists the verbs"],
      rewrite: near.map { Rewrite(stage.verb.range, SyntaxPrinter.name($0)) })
    return near.map { verb in
      var mended = stage
      mended.verb = Name(verb, at: stage.verb.range)
      return [.stage(mended)]
    }
  }

  private var valueNames: [String] { environment.scope.valueNames.filter { $0 != "_" } }

  private func missingQuotes(_ stage: Language.Stage) -> String? {
    if case .unknown? = environment.scope[stage.verb.text] { return nil }
    return environment.scope[stage.verb.text] == nil ? nil : "it is a value; a verb begins a stage"
  }

  /// What is written here for another tool's word, with the columns at hand.
  private func habit(
    of stage: Language.Stage, on subject: ValueType
  ) -> (text: String, elements: [PipelineElement])? {
    guard let habit = HabitCatalogue.habit(stage.verb.text) else { return nil }
    let text = habit.write(HabitUse(arguments: stage.arguments, subject: subject))
    var unread = DiagnosticSink()
    let program = Parser.parse(SourceFile(name: source.name, text: text), &unread)
    guard !unread.hasErrors, case .pipeline(let pipeline)? = program.statements.first?.kind else { return nil }
    return (text, pipeline.elements)
  }

  // MARK: Verbs in expressions

  /// `sort -age`, read as a difference because a verb's name begins it: taken as the stage that it must be. False for any other
  /// expression.
  mutating func walk(verbIn expression: Expr, isAlone: Bool) -> Bool {
    if let stage = stage(subtractedFrom: expression) {
      let before = sink.errorCount
      walk(stage, isFirst: true, isAlone: isAlone)
      guard sink.errorCount == before else { return true }
      let text = SyntaxPrinter.text(stage)
      sink.report(
        .otherLanguage, "'\(stage.verb.text)' is a verb, and a minus sign after it is an operator",
        at: expression.range,
        rewrite: Rewrite(expression.range, text))
      return true
    }
    guard let stage = stage(called: expression) else { return false }
    let mended = mended(stage)
    sink.report(
      .otherLanguage, "'\(stage.verb.text)' is no function\(notYet(stage.verb.text))", at: expression.range,
      rewrite: Rewrite(expression.range, mended.text))
    environment.setLast(result(of: mended.elements))
    return true
  }

  /// `let df = read_csv("x.csv")`: a verb called like a function, whose result was to get a name.
  mutating func walk(verbIn declaration: LetDeclaration, at range: SourceRange) -> Bool {
    guard declaration.parameters == nil, let stage = stage(called: declaration.value) else { return false }
    let mended = mended(stage)
    let naming = PipelineElement.naming(Naming(declaration.name, at: declaration.name.range))
    sink.report(
      .otherLanguage, "'\(stage.verb.text)' is no function", at: range,
      rewrite: Rewrite(range, "\(mended.text) |> as \(SyntaxPrinter.name(declaration.name.text))"))
    let type = result(of: mended.elements + [naming])
    environment.setLast(type)
    environment.name(declaration.name.text, type)
    return true
  }

  /// `: 'forest' is not there yet` behind what is told of a word for a planned algorithm.
  private func notYet(_ word: String) -> String {
    let hint = HabitCatalogue.habit(word)?.instead.flatMap { PlannedWords.hint($0, .algorithm) }
    return hint.map { ": \($0)" } ?? ""
  }

  /// The stage as it is written here, behind the value that `summary(df)` names first.
  private func mended(_ written: Language.Stage) -> (text: String, elements: [PipelineElement]) {
    let (frame, stage) = written.withoutFrame(environment)
    guard let frame else { return mendedAlone(stage, environment.last.subject) }
    let rest = mendedAlone(stage, environment.namedTypes[frame.text]?.subject ?? .unknown)
    let first = PipelineElement.stage(Language.Stage(frame, isBare: true, at: frame.range))
    return ("\(SyntaxPrinter.name(frame.text)) |> \(rest.text)", [first] + rest.elements)
  }

  private func mendedAlone(
    _ stage: Language.Stage, _ subject: ValueType
  ) -> (text: String, elements: [PipelineElement]) {
    if let habit = habit(of: stage, on: subject) { return habit }
    var mended = stage
    if let other = verb(otherwiseCalled: stage.verb.text), vocabulary[stage.verb.text] == nil {
      mended.verb = Name(other.name, at: stage.verb.range)
    }
    return (SyntaxPrinter.text(mended), [.stage(mended)])
  }

  /// `head(5)` as the stage that it must be: the name is no function's, and another tool's or this one's word for a verb.
  private func stage(called expression: Expr) -> Language.Stage? {
    guard case .call(let call) = expression.kind, !expression.isParenthesised else { return nil }
    let name = call.function.text
    guard environment.scope.function(named: name) == nil, Callable.named(name, arity: call.arguments.count) == nil,
      vocabulary[name] != nil || HabitCatalogue.habit(name) != nil || isOtherwiseCalled(name)
    else { return nil }
    let arguments =
      call.arguments.map { Argument(.positional($0), at: $0.range) }
      + call.options.map { Argument(.option($0.key, $0.value), at: $0.range) }
    let stage = Language.Stage(call.function, arguments, isBare: arguments.isEmpty, at: expression.range)
    // The length of a text is a function.
    if name.lowercased() == "len", stage.withoutFrame(environment).frame == nil { return nil }
    return stage
  }

  private func stage(subtractedFrom expression: Expr) -> Language.Stage? {
    guard let (verb, argument) = leadingVerb(expression) else { return nil }
    return Language.Stage(verb, [Argument(.positional(argument), at: argument.range)], at: expression.range)
  }

  /// Whether a word where a statement begins is a verb's, of this language or another: values may not take the names of this one's.
  private func isVerb(_ name: String) -> Bool {
    vocabulary[name] != nil
      || environment.scope[name] == nil && (HabitCatalogue.habit(name) != nil || isOtherwiseCalled(name))
  }

  private func isOtherwiseCalled(_ name: String) -> Bool { verb(otherwiseCalled: name) != nil }

  /// The verb that is meant; SQL is often written in capitals.
  private func verb(otherwiseCalled name: String) -> Description? {
    vocabulary.help.verb(otherwiseCalled: name)
      ?? (name == name.uppercased() ? vocabulary.help.verb(otherwiseCalled: name.lowercased()) : nil)
  }

  /// The verb that an expression's leftmost difference begins with, and the rest as its argument.
  private func leadingVerb(_ expression: Expr) -> (Name, Expr)? {
    guard case .binary(let sign, let left, let right) = expression.kind, !expression.isParenthesised else { return nil }
    if sign == .subtract, case .name(let name) = left.kind, !left.isParenthesised, isVerb(name) {
      var start = left.range.end
      while start < right.range.start, source.bytes[start] != UInt8(ascii: "-") { start += 1 }
      let range = SourceRange(start, right.range.end)
      return (Name(name, at: left.range), Expr(.unary(.negate, right), at: range))
    }
    guard let (verb, rest) = leadingVerb(left) else { return nil }
    return (verb, Expr(.binary(sign, rest, right), at: SourceRange(rest.range.start, right.range.end)))
  }
}
