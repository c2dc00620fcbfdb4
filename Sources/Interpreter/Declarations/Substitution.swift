import Diagnostics
import Language

/// Writes a defined verb's body out for one call: parameters become the call's arguments, and what is the body's own gets
/// the call's place, so that every diagnostic points at what the caller wrote.
struct Substitution {
  /// What each parameter stands for.
  let arguments: [String: Expr]
  /// The body's own lets and names, under names that no caller can see.
  let renamed: [String: String]
  let callRange: SourceRange

  func callAsFunction(_ pipeline: Pipeline) -> Pipeline {
    Pipeline(leadingPipe: pipeline.leadingPipe, pipeline.elements.map(element))
  }

  func callAsFunction(_ declaration: LetDeclaration) -> LetDeclaration {
    let own = Set((declaration.parameters ?? []).map(\.text))
    let inner = Substitution(
      arguments: arguments.filter { !own.contains($0.key) }, renamed: renamed.filter { !own.contains($0.key) },
      callRange: callRange)
    return LetDeclaration(
      name(declaration.name), parameters: declaration.parameters, inner.expression(declaration.value))
  }

  private func element(_ element: PipelineElement) -> PipelineElement {
    switch element {
    case .expression(let value): .expression(expression(value))
    case .stage(let stage): .stage(self.stage(stage))
    case .naming(let naming): .naming(Naming(name(naming.name), at: callRange))
    }
  }

  private func stage(_ stage: Language.Stage) -> Language.Stage {
    Language.Stage(
      stage.isBare ? name(stage.verb) : Name(stage.verb.text, at: callRange), stage.arguments.map(argument),
      isBare: stage.isBare, at: callRange)
  }

  private func argument(_ argument: Argument) -> Argument {
    switch argument.kind {
    case .positional(let value): Argument(.positional(expression(value)), at: callRange)
    case .assignment(let target, let value):
      Argument(.assignment(self.target(target), expression(value)), at: callRange)
    case .option(let option, let value):
      Argument(.option(Name(option.text, at: callRange), expression(value)), at: callRange)
    }
  }

  /// A parameter that stands for a name, in a place where only a name can stand.
  private func name(_ name: Name) -> Name {
    if case .name(let text)? = arguments[name.text]?.kind { return Name(text, at: callRange) }
    return Name(renamed[name.text] ?? name.text, at: callRange)
  }

  private func target(_ target: Target) -> Target {
    switch target.kind {
    case .name(let name):
      guard let argument = arguments[name] else { return Target(.name(name), at: callRange) }
      return Self.target(argument) ?? Target(.name(name), at: callRange)
    case .selector(let call): return Target(.selector(self.call(call)), at: callRange)
    case .names(let names):
      return Target(.names(names.flatMap { Self.names(arguments[$0.text]) ?? [self.name($0)] }), at: callRange)
    }
  }

  private static func target(_ argument: Expr) -> Target? {
    switch argument.kind {
    case .name(let name): Target(.name(name), at: argument.range)
    case .call(let call): Target(.selector(call), at: argument.range)
    case .list: names(argument).map { Target(.names($0), at: argument.range) }
    default: nil
    }
  }

  private static func names(_ argument: Expr?) -> [Name]? {
    guard let argument else { return nil }
    switch argument.kind {
    case .name(let name): return [Name(name, at: argument.range)]
    case .list(let items):
      let found = items.flatMap { names($0) ?? [] }
      return found.count == items.count ? found : nil
    default: return nil
    }
  }

  // MARK: Expressions

  func expression(_ value: Expr) -> Expr {
    if case .name(let name) = value.kind {
      if let argument = arguments[name] { return argument }
      return Expr(.name(renamed[name] ?? name), at: callRange)
    }
    return Expr(kind(value.kind), at: callRange, isParenthesised: value.isParenthesised)
  }

  private func kind(_ kind: Expr.Kind) -> Expr.Kind {
    switch kind {
    case .literal, .name: kind
    case .list(let items): .list(items.map(expression))
    case .record(let entries): .record(entries.map(entry))
    case .unary(let sign, let operand): .unary(sign, expression(operand))
    case .binary(let sign, let left, let right): .binary(sign, expression(left), expression(right))
    case .range(let low, let high): .range(expression(low), expression(high))
    case .call(let call): .call(self.call(call))
    case .member(let base, let member): .member(expression(base), Name(member.text, at: callRange))
    case .conditional(let condition, let then, let otherwise):
      .conditional(condition: expression(condition), then: expression(then), otherwise: expression(otherwise))
    }
  }

  private func entry(_ entry: RecordEntry) -> RecordEntry {
    let value = expression(entry.value)
    return entry.literal.map { RecordEntry($0, at: callRange, value) }
      ?? RecordEntry(Name(entry.key.text, at: callRange), value)
  }

  private func call(_ call: Language.Call) -> Language.Call {
    Language.Call(
      Name(renamed[call.function.text] ?? call.function.text, at: callRange), call.arguments.map(expression),
      options: call.options.map(entry))
  }
}
