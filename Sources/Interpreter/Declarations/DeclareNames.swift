import Diagnostics
import Expressions
import Language
import Tables

extension FlowWalker {
  // MARK: Names that may be given

  /// Whether a let, a param or a value may have this name; reports why not.
  mutating func mayName(_ name: Name) -> Bool {
    if name.text == "_" {
      sink.report(.reservedName, "'_' is the last value", at: name.range)
      return false
    }
    let isDefined = callers.isEmpty && environment.definedVerb(name.text) != nil
    guard vocabulary[name.text] != nil || isDefined else { return true }
    sink.report(
      .reservedName, "'\(name.text)' is a verb, and values may not take a verb's name", at: name.range,
      label: "choose another name")
    return false
  }

  // MARK: param

  mutating func declare(_ param: ParamDeclaration) {
    guard mayName(param.name) else { return }
    let name = param.name.text
    if case .param? = environment.scope.value(name)?.origin, isBatch {
      sink.report(.duplicateName, "there is a param '\(name)' already", at: param.name.range)
      return
    }
    let written = param.value.scalar(environment.scope, &sink)
    guard case .known(let fallback) = written else {
      environment.scope.define(name, .unknown, .param)
      if case .open = written {
        sink.report(.wrongType, "a param's value stands in the script, not in a result", at: param.value.range)
      }
      return
    }
    let value = overrides[name].map { read($0, like: fallback, param) } ?? fallback
    environment.scope.define(name, value.map(Scope.Meaning.scalar) ?? .unknown, .param)
  }

  /// A script that is run as a whole names each param once; at a prompt a line may be entered again.
  private var isBatch: Bool { !source.name.hasPrefix("<") }

  /// The value that the command line gives: text where the script has text, else an expression of the same type.
  private mutating func read(_ text: String, like fallback: Scalar, _ param: ParamDeclaration) -> Scalar? {
    if case .cell(.text) = fallback { return .cell(.text(text)) }
    var own = DiagnosticSink()
    let written = Parser.expression(SourceFile(name: "<\(param.name.text)>", text: text), &own)
    if case .known(let scalar)? = written?.scalar(environment.scope, &own), fits(scalar, fallback) { return scalar }
    if case .cell(.missing) = fallback, !text.isEmpty { return .cell(.text(text)) }
    sink.report(
      .wrongType, "param '\(param.name.text)' is \(fallback.typeName), and '\(text)' is not", at: param.name.range,
      label: "its default is \(fallback)")
    return nil
  }

  private func fits(_ scalar: Scalar, _ fallback: Scalar) -> Bool {
    if case .cell(.missing) = fallback { return true }
    if case .cell(.float) = fallback, case .cell(.int) = scalar { return true }
    return scalar.typeName == fallback.typeName
  }

  // MARK: let

  mutating func declare(_ declaration: LetDeclaration) {
    guard mayName(declaration.name) else { return }
    guard let parameters = declaration.parameters else {
      switch declaration.value.scalar(environment.scope, &sink) {
      case .known(let scalar): environment.scope.define(declaration.name.text, .scalar(scalar), .let)
      case .open, .failed: environment.scope.define(declaration.name.text, .unknown, .let)
      }
      return
    }
    guard mayCall(declaration.name), areDistinct(parameters) else { return }
    environment.scope.define(
      function: declaration.name.text, parameters: parameters.map(\.text), body: declaration.value,
      home: usePath.last ?? source.name)
    if isCheckedAtOnce { checkBody(declaration.name.text) }
  }

  /// The prelude was checked when it was made; its functions are bound where they are used.
  private var isCheckedAtOnce: Bool { source.name != Checker.preludeName }

  private mutating func mayCall(_ name: Name) -> Bool {
    guard Callable.named(name.text, arity: 1) != nil else { return true }
    sink.report(
      .reservedName, "'\(name.text)' is a function of the language", at: name.range, label: "choose another name")
    return false
  }

  mutating func areDistinct(_ names: [Name]) -> Bool {
    var seen: Set<String> = []
    guard let twice = names.first(where: { !seen.insert($0.text).inserted }) else { return true }
    sink.report(.duplicateName, "two parameters are called '\(twice.text)'", at: twice.range)
    return false
  }

  /// Finds what is wrong with a function whatever it is called with: names that are not there, types that never fit.
  private mutating func checkBody(_ name: String) {
    guard let function = environment.scope.function(named: name) else { return }
    var binder = Binder(environment.scope, columns: nil, DiagnosticSink())
    let arguments = Dictionary(function.parameters.map { ($0, Term.unknown) }, uniquingKeysWith: { first, _ in first })
    binder.frames = [Binder.Frame(function: function, arguments: arguments, callSite: nil)]
    _ = binder.bind(function.body)
    report(binder.sink.diagnostics)
  }
}
