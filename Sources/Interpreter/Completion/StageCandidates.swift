import Descriptions
import Language
import Notation
import Plan

extension Completer {
  /// What may stand at the cursor.
  func candidates(_ context: CursorContext, _ environment: Environment) -> [Completion] {
    guard let first = context.stage.first else { return stageStarts(context, environment) }
    if let figures = figures(context, environment) { return figures }
    if context.stage.last?.endsValue == true, context.stage.count > 1 { return [] }
    switch first.name {
    case "as"?, "define"?: return []
    case "let"?, "param"?: return expressionNames(environment, columns: nil)
    case let name?:
      if let verb = vocabulary[name] {
        return (values(context, environment) ?? []) + arguments(verb, context, environment)
      }
      if let defined = environment.definedVerb(name) { return arguments(defined, context, environment) }
      return expressionNames(environment, columns: nil)
    default: return expressionNames(environment, columns: nil)
    }
  }

  // MARK: The start of a stage

  private func stageStarts(_ context: CursorContext, _ environment: Environment) -> [Completion] {
    let subject = environment.last.subjectKind
    let isKnown = if case .unknown = environment.last.subject { false } else { true }
    let fitting = vocabulary.verbs.filter {
      !isKnown || $0.subjects.contains(subject) || $0.subjects.contains(.nothing)
    }
    let others = vocabulary.verbs.filter { verb in !fitting.contains { $0 == verb } }
    let verbs = (fitting + others).map { Completion($0.description.name, .verb, $0.description.summary) }
    let defined = environment.definedVerbs.map { Completion($0.name, .verb, "made by define: \($0.usage)") }
    let naming = [Completion("as", .word, "name the last value")]
    guard context.isStatementStart else { return verbs + defined + naming }
    let words = [
      Completion("let", .word, "name a value or make a function"), Completion("param", .word, "a value to be set"),
      Completion("define", .word, "make a verb"), Completion("use", .word, "another file's lets and defines"),
    ]
    return verbs + defined + namedValues(environment) + naming + words
  }

  func namedValues(_ environment: Environment, where suits: (ValueType) -> Bool = { _ in true }) -> [Completion] {
    let named = environment.namedTypes.filter { $0.key != "_" && !$0.key.contains("\u{2192}") && suits($0.value) }
    return named.sorted { $0.key < $1.key }.map { Completion(SyntaxPrinter.name($0.key), .value, $0.value.word) }
  }

  // MARK: Arguments

  private func arguments(
    _ verb: any Verb.Type, _ context: CursorContext, _ environment: Environment
  ) -> [Completion] {
    let description = verb.description
    let companions = self.companions(verb, context)
    let open = context.openBrackets
    if let bracket = open.last { return inside(bracket, of: description, companions, context, environment) }
    let argument = context.argument(after: 0)
    if argument.count == 2, argument[1].is(.colon), let option = argument[0].name {
      return optionValues(option, [description] + companions, environment)
    }
    if let assign = argument.lastIndex(where: { $0.is(.assign) }) {
      return assigned(description, argument.count - assign - 1, environment)
    }
    let written = writtenArguments(context)
    let own = options([description], context).filter {
      verb.suits(option: String($0.text.dropLast()), after: written, environment.last.subject)
    }
    // An option has its place behind what the verb cannot do without.
    let isReady = context.stage.count > 1 || description.positionals.allSatisfy { $0.minimum == 0 }
    let options = argument.isEmpty && isReady ? own + options(companions, context) : []
    let all =
      positionals(
        verb, isAtStart: argument.isEmpty, isFirst: context.stage.count == 1, environment) + options
    // Functions are many, and seldom what a stage begins with.
    return all.filter { $0.kind != .function } + all.filter { $0.kind == .function }
  }

  /// Whose options a stage may give by what has been named so far: algorithms, and files by the format that they tell.
  func companions(_ verb: any Verb.Type, _ context: CursorContext) -> [Description] {
    verb.companions(of: writtenArguments(context))
  }

  /// The names and literals before the cursor that are arguments by themselves.
  private func writtenArguments(_ context: CursorContext) -> [Argument] {
    let tokens = context.stage.dropFirst()
    return tokens.indices.compactMap { place -> Argument? in
      guard let written = tokens[place].written else { return nil }
      guard place > tokens.startIndex + 1, tokens[place - 1].is(.colon), let option = tokens[place - 2].name else {
        let isOption = place + 1 < tokens.endIndex && tokens[place + 1].is(.colon)
        return isOption ? nil : Argument(.positional(written))
      }
      return Argument(.option(Name(option), written))
    }
  }

  private func options(_ descriptions: [Description], _ context: CursorContext) -> [Completion] {
    let given = context.givenOptions
    return descriptions.flatMap(\.parameters).filter { !given.contains($0.name) }.map {
      Completion("\($0.name):", .option, "\($0.summary) (\(Usage.fallback($0)))")
    }
  }

  private func optionValues(
    _ option: String, _ descriptions: [Description], _ environment: Environment
  ) -> [Completion] {
    let lets = environment.scope.entries.filter { $0.entry.origin != .named }.map {
      Completion(SyntaxPrinter.name($0.name), .value, $0.entry.origin.rawValue)
    }
    guard let parameter = descriptions.lazy.compactMap({ $0.parameter(option) }).first else { return lets }
    if let choices = parameter.choices { return choices.map { Completion($0, .choice, parameter.summary) } + lets }
    switch parameter.meaning {
    case .column, .columnPairs, .condition: return columnNames(environment) + lets
    case .file(let use): return quotedPaths(use) + lets
    case .plain, .valueOfColumn:
      return (parameter.fallbackWritten.map { [Completion($0, .choice, "the default")] } ?? []) + lets
    }
  }

  /// Right of `=`: methods, or an expression.
  private func assigned(_ description: Description, _ typed: Int, _ environment: Environment) -> [Completion] {
    for positional in description.positionals {
      if case .method(let methods) = positional.kind, typed == 0 {
        return methods.map { Completion($0, .method, "\(description.name) method") }
      }
      if positional.kind == .recoding { return [] }
    }
    return expressionNames(environment, columns: environment.last.schema, in: description)
  }

  private func positionals(
    _ verb: any Verb.Type, isAtStart: Bool, isFirst: Bool, _ environment: Environment
  ) -> [Completion] {
    verb.description.positionals.flatMap { positional -> [Completion] in
      switch positional.kind {
      case .columns:
        return verb.takesColumns(of: environment.last.subject) ? columnNames(environment) + selectors : []
      case .method, .derivation, .recoding: return isAtStart ? columnNames(environment) + selectors : []
      case .condition: return expressionNames(environment, columns: environment.last.schema)
      case .rule(let forms):
        let names = expressionNames(environment, columns: environment.last.schema)
        // Behind the columns, before the many functions of all expressions.
        let first = names.firstIndex { $0.kind == .function } ?? names.endIndex
        let calls = forms.map { Completion("\($0.name)(", .function, "\($0.signature): \($0.summary)") }
        return Array(names[..<first]) + calls + names[first...]
      case .algorithm: return members("algorithms", .algorithm)
      case .metricCondition: return members("metrics", .figure)
      case .value: return namedValues(environment)
      case .source: return sources(environment, isAtStart: isAtStart)
      case .table:
        let tables = namedValues(environment) { $0.subjectKind == .table }
        return tables + sources(environment, isAtStart: isAtStart)
      case .path(let use): return isAtStart ? quotedPaths(use, of: environment.last) : []
      case .scalar: return expressionNames(environment, columns: nil)
      case .name: return []
      case .word(let words):
        guard isFirst else { return [] }
        return verb.suiting(words, environment.last.subject).map { Completion($0, .choice, positional.summary) }
      }
    }
  }

  private func sources(_ environment: Environment, isAtStart: Bool) -> [Completion] {
    let sets = dataSets.map { Completion($0, .value, "a built-in data set") }
    return namedTexts(environment) + sets + (isAtStart ? quotedPaths(.read) : [])
  }

  private func namedTexts(_ environment: Environment) -> [Completion] {
    environment.scope.entries.compactMap { name, entry in
      guard case .scalar(.cell(.text(let text))) = entry.meaning else { return nil }
      return Completion(SyntaxPrinter.name(name), .value, text)
    }
  }

  private func members(_ family: String, _ kind: Completion.Kind) -> [Completion] {
    vocabulary.help.family(family)?.members.map { Completion($0.name, kind, $0.summary) } ?? []
  }

  /// In brackets: the options of an algorithm, the arguments of a function, or the elements of a list.
  private func inside(
    _ bracket: Int, of description: Description, _ companions: [Description], _ context: CursorContext,
    _ environment: Environment
  ) -> [Completion] {
    let argument = context.argument(after: bracket)
    if context.stage[bracket].is(.openParenthesis), bracket > 0, let name = context.stage[bracket - 1].name,
      let algorithm = vocabulary.help.family("algorithms")?.members.first(where: { $0.name == name })
    {
      if argument.count == 2, argument[1].is(.colon), let option = argument[0].name {
        return optionValues(option, [algorithm], environment)
      }
      return argument.isEmpty ? options([algorithm], context) : []
    }
    if let form = form(calledAt: bracket, of: description, context) {
      let said = argument.isEmpty ? form.options.map { Completion("\($0):", .option, form.signature) } : []
      return expressionNames(environment, columns: environment.last.schema) + said
    }
    if context.stage[bracket].is(.openBrace), description.positionals.contains(where: { $0.kind == .recoding }) {
      return [Completion("missing", .choice, "no value")]
    }
    if context.stage[bracket].is(.openBrace) {
      if let pairs = columnPairs(description, context, environment) { return pairs }
      let types = ["bool", "int", "float", "text", "date", "datetime"].map { Completion($0, .choice, "a type") }
      return argument.last?.is(.colon) == true
        ? types : columnNames(environment).map { Completion("\($0.text):", .option, $0.summary) }
    }
    if let option = context.optionName { return optionValues(option, [description] + companions, environment) }
    if description.positionals.contains(where: { $0.kind == .algorithm }) { return members("algorithms", .algorithm) }
    return expressionNames(environment, columns: environment.last.schema, in: description)
  }

  /// The word with the parenthesis at `bracket`, where the verb takes it called.
  private func form(calledAt bracket: Int, of description: Description, _ context: CursorContext) -> CallForm? {
    guard context.stage[bracket].is(.openParenthesis), bracket > 0, let name = context.stage[bracket - 1].name else {
      return nil
    }
    for positional in description.positionals {
      if case .rule(let forms) = positional.kind, let form = forms.first(where: { $0.name == name }) { return form }
    }
    return nil
  }

  /// In the record of an option whose keys are columns of the table at hand and whose values are those of another; nil in any other.
  private func columnPairs(
    _ description: Description, _ context: CursorContext, _ environment: Environment
  ) -> [Completion]? {
    guard let option = context.recordOption, let parameter = description.parameter(option),
      case .columnPairs = parameter.meaning, let bracket = context.openBrackets.last
    else { return nil }
    guard context.argument(after: bracket).last?.is(.colon) == true else {
      return columnNames(environment).map { Completion("\($0.text):", .option, $0.summary) }
    }
    let other = vocabulary[description.name]?.otherTable(writtenArguments(context), environment.namedTypes)
    return other.map(columnNames) ?? []
  }

  private func arguments(
    _ verb: DefinedVerb, _ context: CursorContext, _ environment: Environment
  ) -> [Completion] {
    let given = context.givenOptions
    let isAtStart = context.openBrackets.isEmpty && context.argument(after: 0).isEmpty
    let options = verb.declaration.parameters.filter { !given.contains($0.name.text) }.map { parameter in
      Completion(
        "\(parameter.name.text):", .option,
        parameter.defaultValue.map { Secrets.masked(ExpressionPrinter.text($0)) } ?? "has no default")
    }
    return columnNames(environment) + selectors + (isAtStart ? options : [])
  }
}

extension Token {
  /// A name or a literal as the expression that it is alone.
  fileprivate var written: Expr? {
    switch kind {
    case .name(let text, _): Expr(.name(text))
    case .literal(let value): Expr(.literal(value))
    case .keyword(.missing): Expr(.literal(.missing))
    default: nil
    }
  }
}
