import Diagnostics
import Language

extension FlowWalker {
  // MARK: define

  mutating func declare(_ declaration: DefineDeclaration) {
    let name = declaration.name
    if vocabulary[name.text] != nil {
      sink.report(
        .reservedName, "'\(name.text)' is a verb of the language", at: name.range, label: "choose another name")
      return
    }
    if environment.scope[name.text] != nil {
      sink.report(.reservedName, "'\(name.text)' is a value already", at: name.range, label: "choose another name")
      return
    }
    guard areDistinct(declaration.parameters.map(\.name)) else { return }
    if source.name != Checker.preludeName { checkVerbs(of: declaration) }
    environment.define(declaration, home: usePath.last ?? source.name)
  }

  /// Finds verbs in the body that are not there; all else shows where it is used.
  private mutating func checkVerbs(of declaration: DefineDeclaration) {
    for case .pipeline(let pipeline) in declaration.body.map(\.kind) {
      for case .stage(let stage) in pipeline.elements {
        let name = stage.verb.text
        let isParameter = declaration.parameters.contains { $0.name.text == name }
        if vocabulary[name] != nil || environment.definedVerb(name) != nil || isParameter || stage.isBare { continue }
        if name == declaration.name.text {
          sink.report(.recursion, "'\(name)' uses itself", at: stage.verb.range, label: "a script always ends")
        } else {
          let known = vocabulary.names + environment.definedVerbs.map(\.name)
          let other = vocabulary.help.verb(otherwiseCalled: name).map { "here it is '\($0.name)'" }
          sink.report(
            .unknownVerb, "no verb '\(name)'", at: stage.verb.range,
            label: PlannedWords.hint(name, .verb) ?? other ?? NearestName.hint(name, in: known),
            help: ["`help` lists the verbs"])
        }
      }
    }
  }

  // MARK: use

  mutating func declare(_ use: UseDeclaration) {
    if usePath.contains(use.path) {
      let path = (usePath + [use.path]).joined(separator: " → ")
      sink.report(.badUse, "these files use each other: \(path)", at: use.pathRange)
      return
    }
    guard usePath.count < 32 else {
      sink.report(.badUse, "files use each other more than 32 deep", at: use.pathRange)
      return
    }
    guard environment.usedFiles.insert(use.path).inserted else { return }
    let text: String
    do throws(ScriptReadFailure) {
      text = try readScript(use.path)
    } catch {
      sink.report(
        .badUse, "cannot read '\(use.path)'", at: use.pathRange, label: NearFile.hint(use.path), help: [error.words])
      return
    }
    take(SourceFile(name: use.path, text: text), use)
  }

  /// Takes up another file's lets and defines. What is wrong in it is told with its own place, at the `use`.
  private mutating func take(_ file: SourceFile, _ use: UseDeclaration) {
    var parsing = DiagnosticSink()
    let program = Parser.parse(file, &parsing)
    var walker = FlowWalker(vocabulary, file, readScript, environment, performer)
    walker.usePath = usePath + [use.path]
    for statement in program.statements {
      switch statement.kind {
      case .let(let declaration): walker.declare(declaration)
      case .define(let declaration): walker.declare(declaration)
      case .use(let inner): walker.declare(inner)
      case .param, .pipeline:
        walker.sink.report(.badUse, "a file that is used holds lets and defines only", at: statement.range)
      case .error: break
      }
    }
    environment = walker.environment
    let problems = parsing.diagnostics + walker.sink.diagnostics
    if problems.isEmpty { return }
    let lines = problems.prefix(5).map { problem in
      let place = file.position(of: problem.range?.start ?? 0)
      return "\(file.name):\(place.line):\(place.column): \(problem.message)"
    }
    sink.report(.badUse, "'\(use.path)' has errors", at: use.pathRange, help: lines)
  }
}
