import Descriptions
import Diagnostics
import Language
import Notation

/// Reads a stage's arguments against what its verb says of itself; every error of the stage is reported.
public struct StageArguments {
  /// The verb's own description.
  let description: Description
  /// Others whose options the call may give too: the algorithms of `train`, the format of `load`.
  let companions: [Description]
  let scope: Scope
  let namedTypes: [String: ValueType]
  let promisedFiles: Set<String>

  public init(
    _ description: Description, companions: [Description] = [], scope: Scope, namedTypes: [String: ValueType] = [:],
    promisedFiles: Set<String> = []
  ) {
    self.description = description
    self.companions = companions
    self.scope = scope
    self.namedTypes = namedTypes
    self.promisedFiles = promisedFiles
  }

  /// The call with its options read; nil if its other arguments are not as many and of the form that the verb takes. An
  /// option that was refused is left out, so that the verb can find what else is wrong with the stage.
  public func read(_ stage: Language.Stage, _ sink: inout DiagnosticSink) -> VerbCall? {
    var own = DiagnosticSink()
    var reader = OptionReader(scope: scope, sink: DiagnosticSink())
    var options = Options()
    var ranges: [String: SourceRange] = [:]
    var expressions: [String: Expr] = [:]
    var positionals: [Argument] = []
    for argument in stage.arguments {
      guard case .option(let name, let value) = argument.kind else {
        positionals.append(argument)
        continue
      }
      if ranges[name.text] != nil {
        own.report(.duplicateName, "'\(name.text)' is given twice", at: argument.range)
        continue
      }
      ranges[name.text] = value.range
      expressions[name.text] = value
      guard let parameters = parameters(name, in: stage, argument, &own) else { continue }
      if parameters.allSatisfy({ $0.meaning == .condition }) {
        options.set(name.text, .word(SyntaxPrinter.text(value)))
        continue
      }
      if case .value(let raw) = reader.read(name, value, for: parameters) { options.set(name.text, raw) }
    }
    for diagnostic in own.diagnostics + reader.sink.diagnostics { sink.report(diagnostic) }
    // What was given as an option may be the argument that is missing.
    let isTold = own.diagnostics.contains { $0.rewrite != nil }
    guard checkPositionals(positionals, of: stage, isTold: isTold, &sink) else { return nil }
    return VerbCall(
      verb: stage.verb, range: stage.range, arguments: positionals, options: options, optionRanges: ranges,
      optionExpressions: expressions, scope: scope, namedTypes: namedTypes, promisedFiles: promisedFiles)
  }

  // MARK: Options

  /// The parameters that the option may be: the verb's own, else those of the companions that have it.
  private func parameters(
    _ name: Name, in stage: Language.Stage, _ argument: Argument, _ sink: inout DiagnosticSink
  ) -> [any AnyParameter]? {
    if let own = description.parameter(name.text) { return [own] }
    let theirs = companions.compactMap { $0.parameter(name.text) }
    if !theirs.isEmpty { return theirs }
    let others = companions.isEmpty ? "" : " with \(listed(companions.map(\.name), limit: 4))"
    let known = ([description] + companions).flatMap { $0.parameters.map(\.name) }
    let (label, rewrite) = advice(name, known, stage, argument)
    sink.report(
      .unknownOption, "'\(description.name)'\(others) has no option '\(name.text)'", at: name.range, label: label,
      help: known.isEmpty
        ? ["it has no options"] : ["options: \(listed(known, limit: 12)); `help \(description.name)` tells of each"],
      rewrite: rewrite)
    return nil
  }

  private func advice(
    _ name: Name, _ known: [String], _ stage: Language.Stage, _ argument: Argument
  ) -> (label: String?, rewrite: Rewrite?) {
    if let word = ([description] + companions).lazy.compactMap({ $0.otherOptions[name.text] }).first {
      return ("here it is '\(word)'", Rewrite(name.range, word))
    }
    if let columns = ColumnsByOption(description, stage, argument) { return (nil, columns.rewrite) }
    if let near = didYouMean(name.text, among: known) {
      return (NearestName.question(near), Rewrite(name.range, SyntaxPrinter.word(near)))
    }
    guard takesTargets, case .option(_, let value) = argument.kind else { return (nil, nil) }
    let written = "\(SyntaxPrinter.name(name.text)) = \(SyntaxPrinter.text(value))"
    return ("a column gets its value with '=', not ':'", Rewrite(argument.range, written))
  }

  // MARK: Positional arguments and targets

  private func checkPositionals(
    _ arguments: [Argument], of stage: Language.Stage, isTold: Bool, _ outer: inout DiagnosticSink
  ) -> Bool {
    var sink = DiagnosticSink()
    defer { for diagnostic in sink.diagnostics { outer.report(diagnostic) } }
    for argument in arguments { checkForm(argument, &sink) }
    // An option written with '=' is no argument too many as well.
    if sink.hasErrors { return false }
    let least = description.positionals.reduce(0) { $0 + $1.minimum }
    if arguments.count < least {
      if isTold { return false }
      let missing = description.positionals.first { $0.minimum > 0 }
      sink.report(
        .missingArgument, "'\(description.name)' needs \(missing.map { "\($0.name): \($0.summary)" } ?? "an argument")",
        at: stage.verb.range, label: "write \(Usage.line(description))")
    }
    guard description.positionals.allSatisfy({ $0.maximum != nil }) else { return !sink.hasErrors }
    let most = description.positionals.reduce(0) { $0 + ($1.maximum ?? 0) }
    if arguments.count > most, case let extra = arguments[most] {
      let rewrite = option(for: extra).map { Rewrite(extra.range, $0) }
      sink.report(
        .unexpectedArgument,
        most == 0
          ? "'\(description.name)' takes no arguments but options"
          : "'\(description.name)' takes \(counted(most, "argument")), not \(arguments.count)", at: extra.range,
        label: rewrite == nil ? "write \(Usage.line(description))" : nil, rewrite: rewrite)
    }
    return !sink.hasErrors
  }

  /// `rows: 5` for a literal that stands alone where only options do: the first option that takes it.
  private func option(for argument: Argument) -> String? {
    guard case .positional(let value) = argument.kind else { return nil }
    if let shares = SharesAdvice(value, for: description) { return shares.text }
    guard case .literal = value.kind else { return nil }
    var unread = DiagnosticSink()
    guard case .known(let scalar) = value.scalar(scope, &unread),
      let option = description.parameters.first(where: { $0.complaint(scalar.raw) == nil })
    else { return nil }
    return "\(option.name): \(SyntaxPrinter.text(value))"
  }

  /// `name = value` where an option is meant, or where the verb takes no targets; `name: value` is an option by its form.
  private func checkForm(_ argument: Argument, _ sink: inout DiagnosticSink) {
    guard case .assignment(let target, let value) = argument.kind, !takesTargets else { return }
    let written = Binder.shown(value)
    if case .name(let name) = target.kind, ([description] + companions).contains(where: { $0.parameter(name) != nil }) {
      sink.report(
        .unexpectedArgument, "an option is set with ':'", at: argument.range,
        rewrite: Rewrite(argument.range, "\(SyntaxPrinter.word(name)): \(SyntaxPrinter.text(value))"))
      return
    }
    let takesConditions = description.positionals.contains { $0.takesConditions }
    sink.report(
      .assignmentInExpression, "'\(description.name)' gives no column a value", at: argument.range,
      label: takesConditions ? "compare with '==': \(SyntaxPrinter.text(target)) == \(written)" : nil,
      rewrite: takesConditions
        ? Rewrite(argument.range, "\(SyntaxPrinter.text(target)) == \(SyntaxPrinter.text(value))") : nil)
  }

  private var takesTargets: Bool {
    description.positionals.contains { positional in
      switch positional.kind {
      case .derivation, .method, .recoding: true
      default: false
      }
    }
  }
}

extension Positional {
  /// Whether something that is true or false stands there.
  fileprivate var takesConditions: Bool {
    switch kind {
    case .condition, .metricCondition, .rule: true
    default: false
    }
  }
}
