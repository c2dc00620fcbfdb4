import Notation

/// Writes a syntax tree as the text that parses to it, on one line a statement.
///
/// What the source had in parentheses keeps them; others are added only where the tree needs them.
public enum SyntaxPrinter {
  /// Words that begin a statement of their own; as a verb they stand in back quotes.
  static let statementWords: Set<String> = ["mlp", "param", "let", "define", "use", "as"]

  public static func text(_ program: Program) -> String {
    let edition = program.edition.map { ["mlp \($0.number)"] } ?? []
    return (edition + program.statements.map(text)).map { $0 + "\n" }.joined()
  }

  /// An empty text for `.error`.
  public static func text(_ statement: Statement) -> String {
    switch statement.kind {
    case .param(let param): "param \(name(param.name.text)) = \(text(param.value))"
    case .let(let declaration): text(declaration)
    case .define(let definition): text(definition)
    case .use(let use): "use \(text(.text(use.path)))"
    case .pipeline(let pipeline): text(pipeline)
    case .error: ""
    }
  }

  private static func text(_ declaration: LetDeclaration) -> String {
    let parameters = declaration.parameters.map { "(" + $0.map { name($0.text) }.joined(separator: ", ") + ")" } ?? ""
    return "let \(name(declaration.name.text))\(parameters) = \(text(declaration.value))"
  }

  private static func text(_ definition: DefineDeclaration) -> String {
    let parameters = definition.parameters.map { parameter in
      ", " + name(parameter.name.text) + (parameter.defaultValue.map { ": " + text($0) } ?? "")
    }
    let body = definition.body.map { "    " + text($0) + "\n" }
    return "define \(name(definition.name.text))\(parameters.joined()) {\n\(body.joined())}"
  }

  public static func text(_ pipeline: Pipeline) -> String {
    let elements = pipeline.elements.enumerated().map { text($0.element, isFirst: $0.offset == 0) }
    return (pipeline.leadingPipe ? "|> " : "") + elements.joined(separator: " |> ")
  }

  private static func text(_ element: PipelineElement, isFirst: Bool) -> String {
    switch element {
    case .expression(let expression): statement(expression)
    case .stage(let stage): text(stage, isFirst: isFirst)
    case .naming(let naming): "as \(name(naming.name.text))"
    }
  }

  /// An expression at the start of a statement. A name alone would read back as a stage, and a name that is a word of
  /// the grammar as a declaration.
  private static func statement(_ expression: Expr) -> String {
    let written = text(expression)
    if case .name = expression.kind, !expression.isParenthesised { return "(" + written + ")" }
    let first = String(written.prefix { $0 == "_" || $0.isLetter || $0.isNumber })
    return statementWords.contains(first) ? ScriptText.quoted(first) + written.dropFirst(first.count) : written
  }

  public static func text(_ stage: Stage) -> String { text(stage, isFirst: true) }

  private static func text(_ stage: Stage, isFirst: Bool) -> String {
    var arguments = stage.arguments.map(text)
    // After the first name of a statement a minus sign would be an operator.
    if isFirst, let first = stage.arguments.first, case .positional(let value) = first.kind, arguments[0].hasPrefix("-")
    {
      arguments[0] = "(\(text(value)))"
    }
    let verb = statementWords.contains(stage.verb.text) ? ScriptText.quoted(stage.verb.text) : name(stage.verb.text)
    return arguments.isEmpty ? verb : verb + " " + arguments.joined(separator: ", ")
  }

  public static func text(_ argument: Argument) -> String {
    switch argument.kind {
    case .positional(let value): text(value)
    case .assignment(let target, let value): text(target) + " = " + text(value)
    case .option(let option, let value): word(option.text) + ": " + text(value)
    }
  }

  public static func text(_ target: Target) -> String {
    switch target.kind {
    case .name(let column): name(column)
    case .selector(let call): ExpressionPrinter.text(call)
    case .names(let names): "[" + names.map { name($0.text) }.joined(separator: ", ") + "]"
    }
  }

  public static func text(_ expression: Expr) -> String { ExpressionPrinter.text(expression) }

  public static func text(_ literal: Literal) -> String { LiteralPrinter.text(literal) }

  /// A name as an expression can hold it: in back quotes if it is not a plain name, or has another meaning.
  public static func name(_ text: String) -> String { ScriptText.name(text) }

  /// A name where any word may stand: an option, a key, a member.
  public static func word(_ text: String) -> String { ScriptText.key(text) }
}
