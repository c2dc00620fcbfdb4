import Diagnostics
import Language

/// What is still done after a requirement that was not met: names are taken up, and the reports that follow are written, of what there
/// was until then. Everything else is passed over.
extension FlowWalker {
  mutating func walkForReports(_ statement: Statement) {
    if case .pipeline(let pipeline) = statement.kind {
      walk(pipeline)
      return
    }
    // What is wrong with a name now is only that something before it was passed over.
    let told = sink
    switch statement.kind {
    case .param(let param): declare(param)
    case .let(let declaration): declare(declaration)
    case .define(let declaration): declare(declaration)
    case .use(let use): declare(use)
    case .pipeline, .error: break
    }
    sink = told
  }

  mutating func walkForReports(_ element: PipelineElement, isFirst: Bool, isAlone: Bool) {
    switch element {
    case .expression(let expression):
      if case .name(let name) = expression.kind, environment.namedTypes[name] != nil {
        recall(name, isAlone: false, at: expression.range)
      } else if !isAlone {
        environment.setLast(.nothing)
      }
    case .stage(let stage): walkForReports(stage, isFirst: isFirst, isAlone: isAlone)
    case .naming: break
    }
  }

  private mutating func walkForReports(_ stage: Language.Stage, isFirst: Bool, isAlone: Bool) {
    let name = stage.verb.text
    if let verb = vocabulary[name] {
      let place = enter(verb, stage)
      if verb.writesReports { report(stage, verb, place) }
      // Another flow begins, and there is nothing to report of it.
      if verb.subjects == [.nothing] { environment.setLast(.nothing) }
    } else if let defined = environment.definedVerb(name, before: callers.last?.order ?? .max) {
      expand(defined, stage)
    } else if stage.isBare, isFirst {
      if environment.namedTypes[name] != nil {
        recall(name, isAlone: false, at: stage.range)
      } else if !isAlone {
        environment.setLast(.nothing)
      }
    }
  }

  private mutating func report(_ stage: Language.Stage, _ verb: any Verb.Type, _ place: String?) {
    if case .nothing = environment.last { return }
    var own = DiagnosticSink()
    guard let ready = ready(stage, verb, place, &own).stage, ready.planned.telling == .flow else { return }
    finish(ready, stage)
  }
}
