import Diagnostics
import Language

extension FlowWalker {
  /// Writes a defined verb's body out for one call and walks it.
  mutating func expand(_ verb: DefinedVerb, _ stage: Language.Stage) {
    guard let arguments = arguments(verb, stage) else {
      environment.setLast(.unknown)
      return
    }
    let substitution = Substitution(
      arguments: arguments, renamed: Self.ownNames(verb), callRange: callers.isEmpty ? stage.range : stage.verb.range)
    if callers.isEmpty { countCall(stage) }
    callers.append(verb)
    defer { callers.removeLast() }
    for statement in verb.declaration.body {
      guard spendStage(stage) else { return }
      let before = sink.errorCount
      switch statement.kind {
      case .let(let declaration): declare(substitution(declaration))
      case .pipeline(let pipeline): walk(bounded: substitution(pipeline), stage)
      default: break
      }
      if performer.hasStopped || sink.errorCount > before && !performer.writesReportsOnly { return }
    }
  }

  private mutating func countCall(_ stage: Language.Stage) {
    if environment.flow == nil {
      environment.flow = Environment.Flow(line: source.position(of: stage.range.start).line, stages: 1)
    } else {
      environment.flow?.stages += 1
    }
  }

  private mutating func spendStage(_ stage: Language.Stage) -> Bool {
    stagesLeft -= 1
    if stagesLeft >= 0 { return true }
    sink.report(.tooDeep, "'\(stage.verb.text)' writes out to more than 1000 stages", at: stage.verb.range)
    environment.setLast(.unknown)
    return false
  }

  /// Arguments put into arguments grow the tree; past the parser's own bound a walk over it could end the stack.
  private mutating func walk(bounded pipeline: Pipeline, _ stage: Language.Stage) {
    let heights = pipeline.elements.map(\.height)
    guard (heights.max() ?? 0) <= Parser.maximumDepth else {
      sink.report(.tooDeep, "'\(stage.verb.text)' writes out too deep", at: stage.verb.range)
      environment.setLast(.unknown)
      return
    }
    walk(pipeline)
  }

  /// The lets and names of a body live under names that no script can write.
  private static func ownNames(_ verb: DefinedVerb) -> [String: String] {
    var own: [String: String] = [:]
    for statement in verb.declaration.body {
      switch statement.kind {
      case .let(let declaration): own[declaration.name.text] = "\(verb.name)\u{2192}\(declaration.name.text)"
      case .pipeline(let pipeline):
        for case .naming(let naming) in pipeline.elements {
          own[naming.name.text] = "\(verb.name)\u{2192}\(naming.name.text)"
        }
      default: break
      }
    }
    return own
  }

  // MARK: Arguments

  /// What each parameter stands for; nil after reporting.
  private mutating func arguments(_ verb: DefinedVerb, _ stage: Language.Stage) -> [String: Expr]? {
    let parameters = verb.declaration.parameters
    var given: [String: Expr] = [:]
    var isSound = true
    var positionals: [Expr] = []
    for argument in stage.arguments {
      switch argument.kind {
      case .positional(let value): positionals.append(value)
      case .option(let name, let value):
        isSound = take(name, value, parameters, verb, &given) && isSound
      case .assignment(let target, _):
        sink.report(
          .unexpectedArgument, "'\(verb.name)' gives no column a value", at: argument.range,
          label: "write \(SyntaxPrinter.text(target)): …", help: ["as in \(verb.usage)"])
        isSound = false
      }
    }
    let open = parameters.filter { given[$0.name.text] == nil }
    for (parameter, value) in zip(open, positionals) { given[parameter.name.text] = value }
    if positionals.count > open.count {
      sink.report(
        .unexpectedArgument, "'\(verb.name)' takes \(counted(parameters.count, "argument"))",
        at: positionals[open.count].range, label: "write \(verb.usage)")
      isSound = false
    }
    return complete(given, verb, stage) && isSound ? filled(given, verb) : nil
  }

  private mutating func take(
    _ name: Name, _ value: Expr, _ parameters: [DefineParameter], _ verb: DefinedVerb, _ given: inout [String: Expr]
  ) -> Bool {
    guard parameters.contains(where: { $0.name.text == name.text }) else {
      sink.report(
        .unknownOption, "'\(verb.name)' has no option '\(name.text)'", at: name.range,
        label: NearestName.hint(name.text, in: parameters.map(\.name.text)), help: ["write \(verb.usage)"])
      return false
    }
    guard given[name.text] == nil else {
      sink.report(.duplicateName, "'\(name.text)' is given twice", at: name.range)
      return false
    }
    given[name.text] = value
    return true
  }

  private mutating func complete(_ given: [String: Expr], _ verb: DefinedVerb, _ stage: Language.Stage) -> Bool {
    let missing = verb.declaration.parameters.filter { given[$0.name.text] == nil && $0.defaultValue == nil }
    guard let first = missing.first else { return true }
    sink.report(
      .missingArgument, "'\(verb.name)' needs '\(first.name.text)'", at: stage.verb.range, label: "write \(verb.usage)")
    return false
  }

  private func filled(_ given: [String: Expr], _ verb: DefinedVerb) -> [String: Expr] {
    var all = given
    for parameter in verb.declaration.parameters where all[parameter.name.text] == nil {
      all[parameter.name.text] = parameter.defaultValue
    }
    return all
  }
}

extension PipelineElement {
  /// The height of the highest expression in it.
  var height: Int {
    switch self {
    case .expression(let value): value.height
    case .naming: 0
    case .stage(let stage):
      stage.arguments.map { argument in
        switch argument.kind {
        case .positional(let value), .option(_, let value): value.height
        case .assignment(_, let value): value.height
        }
      }.max() ?? 0
    }
  }
}
